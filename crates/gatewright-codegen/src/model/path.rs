//! Path templates as API Gateway routes them: `/pets/{petId}`, `/files/{key+}`.

use std::fmt;

/// A parsed path template.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PathTemplate {
    text: String,
    segments: Vec<Segment>,
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Text to send as it stands, slashes included, already percent-encoded.
    Literal(String),
    /// A variable that takes one segment, or a part of one.
    Variable(String),
    /// A variable that takes the rest of the path.
    Greedy(String),
}

/// What is wrong with a template: where in its text, and what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathFault {
    /// The byte at which the fault begins.
    pub at: usize,
    /// The message.
    pub message: String,
}

impl PathTemplate {
    /// Parses a template.
    ///
    /// # Errors
    ///
    /// When it does not begin with `/`, holds `?` or `#`, has unbalanced, empty or repeated variables, or a greedy
    /// variable that is not last.
    pub fn parse(text: &str) -> Result<Self, PathFault> {
        if !text.starts_with('/') {
            return Err(fault(0, "path must start with `/`"));
        }
        if let Some(at) = text.find(['?', '#']) {
            return Err(fault(
                at,
                "path must not contain `?` or `#`; use a query argument",
            ));
        }
        let segments = split(text)?;
        let template = Self {
            text: text.to_owned(),
            segments,
        };
        template.check_repeats()?;
        Ok(template)
    }

    fn check_repeats(&self) -> Result<(), PathFault> {
        let mut seen = Vec::new();
        for name in self.variables() {
            if seen.contains(&name) {
                let at = self.text.rfind(&format!("{{{name}")).unwrap_or_default();
                return Err(fault(
                    at,
                    format!("`{{{name}}}` is used twice in this path"),
                ));
            }
            seen.push(name);
        }
        Ok(())
    }

    /// The template as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Its pieces.
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The names of its variables, in order, without `+`.
    pub fn variables(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().filter_map(|segment| match segment {
            Segment::Variable(name) | Segment::Greedy(name) => Some(name.as_str()),
            Segment::Literal(_) => None,
        })
    }
}

impl fmt::Display for PathTemplate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn fault(at: usize, message: impl Into<String>) -> PathFault {
    PathFault {
        at,
        message: message.into(),
    }
}

fn split(text: &str) -> Result<Vec<Segment>, PathFault> {
    let mut segments = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with('{') {
            let (segment, length) = variable(rest, at)?;
            at += length;
            segments.push(segment);
        } else {
            let length = rest.find(['{', '}']).unwrap_or(rest.len());
            if rest[length..].starts_with('}') {
                return Err(fault(at + length, "unbalanced `}` in path"));
            }
            at += length;
            segments.push(Segment::Literal(encode(&rest[..length])));
        }
    }
    check_neighbours(&segments)?;
    Ok(segments)
}

/// Reads `{name}` or `{name+}` at the start of `rest`.
fn variable(rest: &str, at: usize) -> Result<(Segment, usize), PathFault> {
    let end = rest
        .find('}')
        .ok_or_else(|| fault(at, "unbalanced `{` in path"))?;
    let name = &rest[1..end];
    if name.contains('{') {
        return Err(fault(at, "unbalanced `{` in path"));
    }
    let (name, segment): (&str, fn(String) -> Segment) = match name.strip_suffix('+') {
        Some(name) => (name, Segment::Greedy),
        None => (name, Segment::Variable),
    };
    if name.is_empty() {
        return Err(fault(at, "a path variable needs a name: `{name}`"));
    }
    Ok((segment(name.to_owned()), end + 1))
}

fn check_neighbours(segments: &[Segment]) -> Result<(), PathFault> {
    let is_literal = |segment: &Segment| matches!(segment, Segment::Literal(_));
    if segments
        .windows(2)
        .any(|pair| !is_literal(&pair[0]) && !is_literal(&pair[1]))
    {
        return Err(fault(0, "two path variables need a text between them"));
    }
    let greedy = segments
        .iter()
        .position(|segment| matches!(segment, Segment::Greedy(_)));
    if greedy.is_some_and(|index| index + 1 != segments.len()) {
        return Err(fault(
            0,
            "a greedy variable such as `{proxy+}` must end the path",
        ));
    }
    Ok(())
}

/// Encodes what cannot stand in a path (RFC 3986, section 3.3); an escape that is there already stays.
fn encode(literal: &str) -> String {
    let mut out = String::with_capacity(literal.len());
    for byte in literal.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~%:@,$!*()'+&;=".contains(&byte) {
            out.push(byte.into());
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        PathTemplate::parse(text).unwrap_err().message
    }

    #[test]
    fn templates_are_split_into_literals_and_variables() {
        let template = PathTemplate::parse("/pets/{petId}/photos/{key+}").unwrap();
        let literal = |text: &str| Segment::Literal(text.to_owned());
        assert_eq!(
            template.segments(),
            [
                literal("/pets/"),
                Segment::Variable("petId".to_owned()),
                literal("/photos/"),
                Segment::Greedy("key".to_owned()),
            ]
        );
        assert_eq!(template.variables().collect::<Vec<_>>(), ["petId", "key"]);
    }

    #[test]
    fn literals_are_encoded_once() {
        let template = PathTemplate::parse("/a b/é%2F").unwrap();
        assert_eq!(
            template.segments(),
            [Segment::Literal("/a%20b/%C3%A9%2F".to_owned())]
        );
    }

    #[test]
    fn faulty_templates_say_what_is_wrong() {
        assert_eq!(message("pets"), "path must start with `/`");
        assert!(message("/pets?x=1").contains('?'));
        assert!(message("/{a").contains("unbalanced `{`"));
        assert!(message("/a}").contains("unbalanced `}`"));
        assert!(message("/{}").contains("needs a name"));
        assert!(message("/{a}{b}").contains("between them"));
        assert!(message("/{a+}/b").contains("must end the path"));
        assert!(message("/{a}/{a}").contains("used twice"));
    }
}
