//! Building a request: the one place where arguments become bytes on the wire.

use std::fmt;

use http::header::CONTENT_TYPE;
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Uri};
use serde::Serialize;

use super::encode::{push_encoded, segment_fault};
use super::{BaseUrl, ParamValue, ParamValues};
use crate::{Body, Operation, RequestError};

/// Builds the request of one operation.
///
/// Not generic, so that a client of many operations compiles fast. The first fault is kept and returned by
/// [`finish`](Self::finish), so that calls chain.
pub struct RequestBuilder {
    operation: Operation,
    method: Option<Method>,
    url: String,
    has_query: bool,
    headers: HeaderMap,
    extensions: http::Extensions,
    body: Body,
    fault: Option<RequestError>,
}

impl RequestBuilder {
    /// A request of `operation` to the API at `base`.
    pub fn new(base: &BaseUrl, operation: Operation) -> Self {
        let mut extensions = http::Extensions::new();
        extensions.insert(operation);
        Self {
            operation,
            method: None,
            url: base.to_string(),
            has_query: false,
            headers: HeaderMap::new(),
            extensions,
            body: Body::empty(),
            fault: None,
        }
    }

    /// The method, for an operation that takes any.
    pub fn method(&mut self, method: Method) -> &mut Self {
        self.method = Some(method);
        self
    }

    /// Appends to the path as it stands.
    pub fn literal(&mut self, path: &str) -> &mut Self {
        self.url.push_str(path);
        self
    }

    /// Appends a path variable as one segment: `/` and everything else that is not unreserved is encoded.
    ///
    /// A value that is empty, `.` or `..` is a fault, because it would change the route.
    pub fn path(&mut self, name: &'static str, value: &dyn ParamValue) -> &mut Self {
        value.write(&mut |text| self.push_segment(name, text));
        self
    }

    /// Appends the variable that takes the rest of the path (`{proxy+}`): slashes stay, each segment is encoded. A
    /// leading slash makes no difference.
    pub fn greedy(&mut self, name: &'static str, value: &dyn ParamValue) -> &mut Self {
        value.write(&mut |text| self.push_segments(name, text));
        self
    }

    fn push_segments(&mut self, name: &'static str, path: &str) {
        let path = path.strip_prefix('/').unwrap_or(path);
        let (path, slash) = path
            .strip_suffix('/')
            .map_or((path, ""), |path| (path, "/"));
        for (index, segment) in path.split('/').enumerate() {
            if index > 0 {
                self.url.push('/');
            }
            self.push_segment(name, segment);
        }
        self.url.push_str(slash);
    }

    fn push_segment(&mut self, name: &'static str, segment: &str) {
        match segment_fault(segment) {
            Some(fault) => self.fail(|| RequestError::path(name, fault)),
            None => push_encoded(&mut self.url, segment),
        }
    }

    /// Appends a query parameter for each text of `value`, in order, name and value strictly encoded.
    pub fn query(&mut self, name: &str, value: &dyn ParamValues) -> &mut Self {
        value.write_each(&mut |text| self.push_pair(name, text));
        self
    }

    fn push_pair(&mut self, name: &str, text: &str) {
        self.url.push(if self.has_query { '&' } else { '?' });
        self.has_query = true;
        push_encoded(&mut self.url, name);
        self.url.push('=');
        push_encoded(&mut self.url, text);
    }

    /// Sets a header to the texts of `value`, one line each; a header of that name that is there goes, if there is
    /// any text. A text that cannot stand in a header (a line break, say) is a fault.
    pub fn header(&mut self, name: &'static str, value: &dyn ParamValues) -> &mut Self {
        let Ok(header) = HeaderName::from_bytes(name.as_bytes()) else {
            self.fail(|| RequestError::header(name));
            return self;
        };
        let mut first = true;
        value.write_each(&mut |text| {
            self.push_header(name, &header, text, first);
            first = false;
        });
        self
    }

    fn push_header(&mut self, name: &'static str, header: &HeaderName, text: &str, first: bool) {
        match HeaderValue::from_str(text) {
            Ok(value) if first => drop(self.headers.insert(header, value)),
            Ok(value) => drop(self.headers.append(header, value)),
            Err(_) => self.fail(|| RequestError::header(name)),
        }
    }

    /// Sets the body. Its media type is sent as `content-type`, unless the request has one.
    pub fn body(&mut self, body: impl IntoBody) -> &mut Self {
        match body.into_body() {
            Ok(body) => self.body = body,
            Err(fault) => self.fail(|| fault),
        }
        self
    }

    /// Sets the body to the members of `value` as a form ([`Body::form`]); to none for `None`.
    pub fn form<T: Serialize>(&mut self, value: T) -> &mut Self {
        match Body::form(&value) {
            Ok(body) => self.body = body,
            Err(fault) => self.fail(|| fault),
        }
        self
    }

    /// Sets `content-type`, unless the request has one; the media type that the body was made for gives way.
    pub fn content_type(&mut self, media_type: &'static str) -> &mut Self {
        self.headers
            .entry(CONTENT_TYPE)
            .or_insert(HeaderValue::from_static(media_type));
        self
    }

    /// Puts a value into the request's extensions, for a layer to find.
    pub fn extension<T: Clone + Send + Sync + 'static>(&mut self, value: T) -> &mut Self {
        self.extensions.insert(value);
        self
    }

    fn fail(&mut self, fault: impl FnOnce() -> RequestError) {
        self.fault.get_or_insert_with(fault);
    }

    /// The request, or the first fault.
    ///
    /// # Errors
    ///
    /// When a value cannot be sent where it belongs. The error names the parameter, not the value.
    pub fn finish(&mut self) -> Result<Request<Body>, RequestError> {
        if let Some(fault) = self.fault.take() {
            return Err(fault.in_operation(self.operation.id()));
        }
        let mut request = Request::new(std::mem::take(&mut self.body));
        *request.uri_mut() = self.uri()?;
        *request.method_mut() = self.take_method()?;
        *request.headers_mut() = std::mem::take(&mut self.headers);
        *request.extensions_mut() = std::mem::take(&mut self.extensions);
        if let Some(content_type) = request.body().content_type().cloned() {
            request
                .headers_mut()
                .entry(CONTENT_TYPE)
                .or_insert(content_type);
        }
        Ok(request)
    }

    fn uri(&self) -> Result<Uri, RequestError> {
        self.url
            .parse()
            .map_err(|_| RequestError::url().in_operation(self.operation.id()))
    }

    fn take_method(&mut self) -> Result<Method, RequestError> {
        let fixed = match self.operation.method() {
            "ANY" => None,
            method => Method::from_bytes(method.as_bytes()).ok(),
        };
        let method = self.method.take().or(fixed);
        method.ok_or_else(|| RequestError::method().in_operation(self.operation.id()))
    }
}

impl fmt::Debug for RequestBuilder {
    /// Without the arguments, which may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBuilder")
            .field("operation", &self.operation)
            .field("body", &self.body)
            .field("fault", &self.fault)
            .finish_non_exhaustive()
    }
}

/// What can be sent as a body: a [`Body`] as it is, anything else that serde can serialize as JSON.
///
/// A value that is `null` in JSON (`None`, `()`) is sent as no body at all.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be sent as a body",
    label = "neither `serde::Serialize` nor a `gatewright::Body`",
    note = "derive `serde::Serialize` for it, or make a `gatewright::Body` of it"
)]
pub trait IntoBody {
    /// The body.
    ///
    /// # Errors
    ///
    /// When the value cannot be written as JSON.
    fn into_body(self) -> Result<Body, RequestError>;
}

impl IntoBody for Body {
    fn into_body(self) -> Result<Body, RequestError> {
        Ok(self)
    }
}

impl<T: Serialize> IntoBody for T {
    fn into_body(self) -> Result<Body, RequestError> {
        let body = Body::json(&self)?;
        let is_null = body.as_bytes().is_some_and(|bytes| bytes == "null");
        Ok(if is_null { Body::empty() } else { body })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Auth;

    const ANY: Operation = Operation::new("op", "ANY", "/x", Auth::NONE);
    const GET: Operation = Operation::new("op", "GET", "/x", Auth::NONE);

    fn build(
        operation: Operation,
        with: impl FnOnce(&mut RequestBuilder) -> &mut RequestBuilder,
    ) -> Result<Request<Body>, RequestError> {
        let base = "https://api.example.com/prod".parse().unwrap();
        with(&mut RequestBuilder::new(&base, operation)).finish()
    }

    fn url(with: impl FnOnce(&mut RequestBuilder) -> &mut RequestBuilder) -> String {
        build(GET, with).unwrap().uri().to_string()
    }

    #[test]
    fn path_values_stay_in_their_segment() {
        let url = url(|r| r.literal("/t/").path("id", &"a/b ?#%é").literal("/sub"));
        assert_eq!(
            url,
            "https://api.example.com/prod/t/a%2Fb%20%3F%23%25%C3%A9/sub"
        );
    }

    #[test]
    fn a_value_that_would_change_the_route_is_refused_by_name() {
        for value in ["", ".", ".."] {
            let error = build(GET, |r| r.literal("/t/").path("id", &value))
                .unwrap_err()
                .to_string();
            assert!(error.contains("`id`") && error.contains("`op`"), "{error}");
        }
        for value in ["a/../b", "a//b", "", "/"] {
            assert!(
                build(GET, |r| r.literal("/").greedy("proxy", &value)).is_err(),
                "{value}"
            );
        }
    }

    #[test]
    fn greedy_values_keep_their_slashes() {
        assert_eq!(
            url(|r| r.literal("/").greedy("proxy", &"/a b/c+d/")),
            "https://api.example.com/prod/a%20b/c%2Bd/"
        );
    }

    #[test]
    fn queries_are_strict_and_repeat() {
        let url = url(|r| {
            r.query("q", &"a+b c&d")
                .query("tag", &vec!["x", "y"])
                .query("none", &None::<&str>)
        });
        assert_eq!(
            url,
            "https://api.example.com/prod?q=a%2Bb%20c%26d&tag=x&tag=y"
        );
    }

    #[test]
    fn a_header_cannot_break_out_of_its_line() {
        let error = build(GET, |r| r.header("x-a", &"b\r\nc: hunter2")).unwrap_err();
        assert!(error.to_string().contains("`x-a`") && !error.to_string().contains("hunter2"));
    }

    #[test]
    fn bodies_bring_their_media_type_and_null_is_no_body() {
        let request = build(ANY, |r| r.method(Method::POST).body(["a"])).unwrap();
        assert_eq!(request.headers()[CONTENT_TYPE], "application/json");
        let request = build(ANY, |r| r.method(Method::POST).body(None::<u8>)).unwrap();
        assert!(request.headers().get(CONTENT_TYPE).is_none());
        assert_eq!(request.body().as_bytes().unwrap(), "");
        let raw = build(GET, |r| r.body(Body::text("x")).content_type("text/csv"));
        assert_eq!(raw.unwrap().headers()[CONTENT_TYPE], "text/csv");
    }

    #[test]
    fn the_operation_travels_with_the_request() {
        let request = build(GET, |r| r.extension(7_u8)).unwrap();
        assert_eq!(request.extensions().get::<Operation>(), Some(&GET));
        assert_eq!(request.extensions().get::<u8>(), Some(&7));
    }
}
