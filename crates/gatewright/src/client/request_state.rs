//! A request that is being built, and its first error.
//!
//! Nothing here is generic, so that it is compiled once and not for each of a client's hundreds of calls.

use std::fmt;

use bytes::Bytes;
use http::header::{ACCEPT, CONTENT_TYPE};
use http::{HeaderName, HeaderValue, Method, Request};

use super::style::Pair;
use super::url::Url;
use super::{BaseUrl, ParamValue, ParamValues};
use crate::{Body, Operation, Origin, RequestError};

/// The request that a [`RequestBuilder`](super::RequestBuilder) builds and a [`Call`](super::Call) sends.
pub(super) struct RequestState {
    request: Request<Body>,
    /// `None` once it is closed, and for a request that is not built from an operation.
    url: Option<Url>,
    lacks_method: bool,
    fault: Option<RequestError>,
}

impl RequestState {
    /// A request of `operation` to the API at `base`, whose credentials are for the origin of `base`.
    pub(super) fn new(base: &BaseUrl, operation: Operation) -> Box<Self> {
        // Filled in its box, so that it is not moved again.
        let mut state = Box::new(Self {
            request: Request::new(Body::empty()),
            url: Some(Url::new(base, operation.path())),
            lacks_method: true,
            fault: None,
        });
        state.request.extensions_mut().insert(operation);
        state.request.extensions_mut().insert(base.origin());
        if let Some(method) = fixed_method(operation) {
            state.method(method);
        }
        state
    }

    /// A finished request. Its credentials are for the origin of `base`, unless it states another one.
    pub(super) fn of(mut request: Request<Body>, base: &BaseUrl) -> Self {
        let extensions = request.extensions_mut();
        if extensions.get::<Origin>().is_none() {
            extensions.insert(base.origin());
        }
        Self {
            request,
            url: None,
            lacks_method: false,
            fault: None,
        }
    }

    pub(super) fn method(&mut self, method: Method) {
        *self.request.method_mut() = method;
        self.lacks_method = false;
    }

    pub(super) fn path(&mut self, name: &'static str, value: &dyn ParamValue) {
        self.with_url(|url| url.path(name, value));
    }

    pub(super) fn greedy(&mut self, name: &'static str, value: &dyn ParamValue) {
        self.with_url(|url| url.greedy(name, value));
    }

    pub(super) fn query(&mut self, name: &str, value: &dyn ParamValues) {
        self.with_url(|url| {
            url.check_path()?;
            value.write_each(&mut |text| url.push_pair(name, text));
            Ok(())
        });
    }

    /// The value of a path variable, encoded.
    pub(super) fn segment(&mut self, name: &'static str, segment: Result<String, RequestError>) {
        self.with_url(|url| url.segment(name, &segment?));
    }

    /// Pairs of the query, encoded.
    pub(super) fn pairs(&mut self, pairs: Result<Vec<Pair>, RequestError>) {
        self.with_url(|url| {
            url.check_path()?;
            pairs?.iter().for_each(|pair| url.push_encoded_pair(pair));
            Ok(())
        });
    }

    fn with_url(&mut self, write: impl FnOnce(&mut Url) -> Result<(), RequestError>) {
        let outcome = self.url.as_mut().map(write);
        self.keep_fault(outcome.transpose());
    }

    pub(super) fn header(&mut self, name: &'static str, value: &dyn ParamValues) {
        let outcome = self.set_header(name, value);
        self.keep_fault(outcome);
    }

    /// One line for each text. The first replaces the existing lines.
    fn set_header(
        &mut self,
        name: &'static str,
        value: &dyn ParamValues,
    ) -> Result<(), RequestError> {
        let header = HeaderName::from_bytes(name.as_bytes());
        let header = header.map_err(|_| RequestError::header(name))?;
        let (mut outcome, mut is_first) = (Ok(()), true);
        value.write_each(&mut |text| match header_value(text) {
            Some(value) => {
                self.put_header(&header, value, is_first);
                is_first = false;
            }
            None => outcome = Err(RequestError::header(name)),
        });
        outcome
    }

    fn put_header(&mut self, header: &HeaderName, value: HeaderValue, is_first: bool) {
        let headers = self.request.headers_mut();
        if is_first {
            headers.insert(header, value);
        } else {
            headers.append(header, value);
        }
    }

    /// The text of a header, if there is one to send.
    pub(super) fn header_text(
        &mut self,
        name: &'static str,
        text: Result<Option<String>, RequestError>,
    ) {
        let outcome = text.and_then(|text| self.set_header(name, &text));
        self.keep_fault(outcome);
    }

    pub(super) fn body(&mut self, body: Result<Body, RequestError>) {
        let outcome = body.map(|body| *self.request.body_mut() = body);
        self.keep_fault(outcome);
    }

    /// Another body, with its media type in place of the one before.
    pub(super) fn replace_body(&mut self, body: Result<Body, RequestError>) {
        let media_type = body.as_ref().ok().and_then(Body::content_type).cloned();
        if let Some(media_type) = media_type {
            self.request.headers_mut().insert(CONTENT_TYPE, media_type);
        }
        self.body(body);
    }

    /// Sets `content-type`, unless the request has one.
    pub(super) fn content_type(&mut self, media_type: &'static str) {
        self.default_header(CONTENT_TYPE, media_type);
    }

    fn default_header(&mut self, name: HeaderName, value: &'static str) {
        match HeaderValue::from_maybe_shared(Bytes::from_static(value.as_bytes())) {
            Ok(value) => drop(self.request.headers_mut().entry(name).or_insert(value)),
            Err(_) => self.keep_fault::<()>(Err(RequestError::header(value))),
        }
    }

    pub(super) fn extensions_mut(&mut self) -> &mut http::Extensions {
        self.request.extensions_mut()
    }

    /// Only the first fault is kept.
    fn keep_fault<T>(&mut self, outcome: Result<T, RequestError>) {
        if let Err(fault) = outcome {
            self.fault.get_or_insert(fault);
        }
    }

    /// Ends the URL. Sends `accept` unless the request has that header.
    pub(super) fn close(&mut self, accept: Option<&'static str>) {
        if let Some(accept) = accept {
            self.default_header(ACCEPT, accept);
        }
        if let Some(value) = self.request.body().content_type().cloned() {
            self.request
                .headers_mut()
                .entry(CONTENT_TYPE)
                .or_insert(value);
        }
        if let Some(url) = self.url.take() {
            let outcome = url.into_uri().map(|uri| *self.request.uri_mut() = uri);
            self.keep_fault(outcome);
        }
    }

    fn operation(&self) -> Option<&Operation> {
        self.request.extensions().get()
    }

    /// The request, or the first fault.
    pub(super) fn into_request(mut self) -> Result<Request<Body>, RequestError> {
        if self.lacks_method {
            self.keep_fault::<()>(Err(RequestError::method()));
        }
        match (self.fault.take(), self.operation()) {
            (None, _) => Ok(self.request),
            (Some(fault), None) => Err(fault),
            (Some(fault), Some(operation)) => Err(fault.in_operation(operation.id())),
        }
    }
}

/// A text as the value of a header. A server ignores white space around a value (RFC 9110, section 5.5), so a text with such
/// white space would arrive changed.
fn header_value(text: &str) -> Option<HeaderValue> {
    let is_whole = text.trim_matches([' ', '\t']).len() == text.len();
    HeaderValue::from_str(text).ok().filter(|_| is_whole)
}

/// The method of an operation, unless it takes any method.
fn fixed_method(operation: Operation) -> Option<Method> {
    match operation.method() {
        "ANY" => None,
        method => Method::from_bytes(method.as_bytes()).ok(),
    }
}

impl RequestState {
    /// Shows it as the type `name`, without the arguments, which may be secrets.
    pub(super) fn fmt_as(&self, name: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct(name)
            .field("operation", &self.operation().map(Operation::id))
            .field("body", self.request.body())
            .field("fault", &self.fault)
            .finish_non_exhaustive()
    }
}
