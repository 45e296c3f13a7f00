//! The URL of a request: the path template is read once, and values replace its variables.

use http::Uri;

use super::encode::{push_encoded, push_literal, segment_fault};
use super::style::Pair;
use super::{BaseUrl, ParamValue};
use crate::RequestError;

/// A URL that is being written from its start to its end.
pub(super) struct Url {
    text: String,
    /// The part of the template that is not written yet: empty, or a variable and the text after it.
    rest: &'static str,
    has_query: bool,
}

impl Url {
    /// The capacity that most URLs need besides their base and their template.
    const ROOM: usize = 64;

    /// `base`, and `template` up to its first variable. A template always begins a new segment, so that it cannot become a
    /// part of the host.
    pub(super) fn new(base: &BaseUrl, template: &'static str) -> Self {
        let mut url = Self {
            text: base.to_text(1 + template.len() + Self::ROOM),
            rest: template,
            has_query: false,
        };
        if !template.is_empty() && !template.starts_with('/') {
            url.text.push('/');
        }
        url.walk();
        url
    }

    /// Writes the template up to its next variable.
    fn walk(&mut self) {
        let end = self.rest.find('{').unwrap_or(self.rest.len());
        let (literal, rest) = self.rest.split_at(end);
        push_literal(&mut self.text, literal);
        self.rest = rest;
    }

    /// Puts one segment in the place of `{name}`.
    pub(super) fn path(
        &mut self,
        name: &'static str,
        value: &dyn ParamValue,
    ) -> Result<(), RequestError> {
        self.fill(name, "}", value, Self::push_segment)
    }

    /// Puts any number of segments in the place of `{name+}`.
    pub(super) fn greedy(
        &mut self,
        name: &'static str,
        value: &dyn ParamValue,
    ) -> Result<(), RequestError> {
        self.fill(name, "+}", value, Self::push_segments)
    }

    /// Puts a segment that is encoded already in the place of `{name}`.
    pub(super) fn segment(
        &mut self,
        name: &'static str,
        segment: &str,
    ) -> Result<(), RequestError> {
        self.fill(name, "}", &segment, Self::push_encoded_segment)
    }

    fn fill(
        &mut self,
        name: &'static str,
        end: &str,
        value: &dyn ParamValue,
        push: fn(&mut Self, &str) -> Result<(), &'static str>,
    ) -> Result<(), RequestError> {
        let variable = self.rest.strip_prefix('{');
        let rest = variable.and_then(|rest| rest.strip_prefix(name)?.strip_prefix(end));
        let Some(rest) = rest else {
            let fault = "is not what comes next in the path template";
            return Err(RequestError::path(name, fault));
        };
        let mut outcome = Err("has no text");
        value.write(&mut |text| outcome = push(self, text));
        outcome.map_err(|fault| RequestError::path(name, fault))?;
        self.rest = rest;
        self.walk();
        Ok(())
    }

    fn push_segments(&mut self, path: &str) -> Result<(), &'static str> {
        let path = path.strip_prefix('/').unwrap_or(path);
        let (path, slash) = path
            .strip_suffix('/')
            .map_or((path, ""), |path| (path, "/"));
        for (index, segment) in path.split('/').enumerate() {
            if index > 0 {
                self.text.push('/');
            }
            self.push_segment(segment)?;
        }
        self.text.push_str(slash);
        Ok(())
    }

    fn push_segment(&mut self, segment: &str) -> Result<(), &'static str> {
        if let Some(fault) = segment_fault(segment) {
            return Err(fault);
        }
        push_encoded(&mut self.text, segment);
        Ok(())
    }

    /// A segment that would change the route is refused: encoding does not change it.
    fn push_encoded_segment(&mut self, segment: &str) -> Result<(), &'static str> {
        if let Some(fault) = segment_fault(segment) {
            return Err(fault);
        }
        self.text.push_str(segment);
        Ok(())
    }

    /// Appends a pair to the query, both strictly encoded.
    pub(super) fn push_pair(&mut self, name: &str, text: &str) {
        self.push_separator();
        push_encoded(&mut self.text, name);
        self.text.push('=');
        push_encoded(&mut self.text, text);
    }

    /// Appends a pair to the query that is encoded already.
    pub(super) fn push_encoded_pair(&mut self, (name, text): &Pair) {
        self.push_separator();
        self.text.extend([name.as_str(), "=", text.as_str()]);
    }

    fn push_separator(&mut self) {
        self.text.push(if self.has_query { '&' } else { '?' });
        self.has_query = true;
    }

    /// A variable without a value is a fault: braces are never sent, because they would be another route.
    pub(super) fn check_path(&self) -> Result<(), RequestError> {
        let Some(variable) = self.rest.strip_prefix('{') else {
            return Ok(());
        };
        let end = variable.find(['}', '+']).unwrap_or(variable.len());
        Err(RequestError::path(&variable[..end], "has no value"))
    }

    /// The URL, parsed.
    pub(super) fn into_uri(self) -> Result<Uri, RequestError> {
        self.check_path()?;
        Uri::try_from(self.text).map_err(|_| RequestError::url())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(template: &'static str) -> Url {
        Url::new(&"https://api.test/prod".parse().unwrap(), template)
    }

    fn text(url: Url) -> String {
        url.into_uri().unwrap().to_string()
    }

    fn fault(outcome: Result<(), RequestError>) -> String {
        outcome.unwrap_err().to_string()
    }

    #[test]
    fn literals_come_out_of_the_template_encoded_once() {
        assert_eq!(
            text(url("/a b/é%2F")),
            "https://api.test/prod/a%20b/%C3%A9%2F"
        );
        assert_eq!(text(url("/")), "https://api.test/prod/");
    }

    #[test]
    fn a_template_without_a_slash_stays_out_of_the_host() {
        for (template, expected) in [
            ("pets", "https://api.test/pets"),
            (".evil.test/x", "https://api.test/.evil.test/x"),
            (":8443/x", "https://api.test/:8443/x"),
            ("", "https://api.test/"),
        ] {
            let url = Url::new(&"https://api.test".parse().unwrap(), template);
            assert_eq!(text(url), expected);
        }
        let mut url = Url::new(&"https://api.test".parse().unwrap(), "{user}@x");
        url.path("user", &"evil.test").unwrap();
        assert_eq!(url.into_uri().unwrap().host(), Some("api.test"));
    }

    #[test]
    fn values_take_the_places_of_the_variables() {
        let mut url = url("/t/{id}/x{n}.json");
        url.path("id", &"a/b ?#%é").unwrap();
        url.path("n", &7).unwrap();
        assert_eq!(
            text(url),
            "https://api.test/prod/t/a%2Fb%20%3F%23%25%C3%A9/x7.json"
        );
    }

    #[test]
    fn a_value_that_would_change_the_route_is_refused_by_name() {
        for value in ["", ".", ".."] {
            let fault = fault(url("/t/{id}").path("id", &value));
            assert!(fault.contains("`id`"), "{fault}");
        }
        for value in ["a/../b", "a//b", "", "/"] {
            assert!(url("/{proxy+}").greedy("proxy", &value).is_err(), "{value}");
        }
    }

    #[test]
    fn greedy_values_keep_their_slashes() {
        let mut url = url("/{proxy+}");
        url.greedy("proxy", &"/a b/c+d/").unwrap();
        assert_eq!(text(url), "https://api.test/prod/a%20b/c%2Bd/");
    }

    #[test]
    fn a_variable_without_a_value_is_never_sent_as_braces() {
        let mut url = url("/t/{id}/{key+}");
        assert!(fault(url.check_path()).contains("`id` has no value"));
        url.path("id", &1).unwrap();
        assert!(fault(url.into_uri().map(drop)).contains("`key` has no value"));
    }

    #[test]
    fn values_come_in_the_order_of_the_template_and_in_its_form() {
        let refused = |outcome| fault(outcome).contains("not what comes next");
        assert!(refused(url("/{a}/{b}").path("b", &1)));
        assert!(refused(url("/{ab}").path("a", &1)));
        assert!(refused(url("/{a+}").path("a", &1)));
        assert!(refused(url("/{a}").greedy("a", &1)));
        assert!(refused(url("/a").path("a", &1)));
    }
}
