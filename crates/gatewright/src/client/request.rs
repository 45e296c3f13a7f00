//! Builds a request: arguments become bytes on the wire.

use std::fmt;

use http::{Method, Request};
use serde::Serialize;

use super::json_response::{self, FromJsonResponse};
use super::request_state::RequestState;
use super::{
    Call, CallResult, HeaderStyle, IntoBody, ParamValue, ParamValues, PathStyle, QueryStyle,
    RestClient, style,
};
use crate::error::ErrorBody;
use crate::json::ToJson;
use crate::{Body, Error, Operation, RequestError};

/// Builds one call of an operation, in one chain; [`RestClient`] begins it.
///
/// [`path`](Self::path) and [`greedy`](Self::greedy) supply the values of the variables of the path template, in their
/// order. The text between them comes from the template. A variable without a value is an error, so that no request with a
/// brace in its path is sent.
///
/// The call fails with the first error. It names the operation and the parameter, never the value.
///
/// ```
/// use gatewright::client::RestClient;
/// use gatewright::Auth;
///
/// let rest = RestClient::new((), "https://api.example.com/prod".parse()?);
/// let request = rest
///     .put("putPhoto", "/pets/{petId}/photos/{key+}", Auth::NONE)
///     .path("petId", &"a/b")
///     .greedy("key", &"2024/rex.png")
///     .query("tag", &["dog", "good"])
///     .body(["some", "JSON"])
///     .into_request()?;
/// assert_eq!(
///     request.uri(),
///     "https://api.example.com/prod/pets/a%2Fb/photos/2024/rex.png?tag=dog&tag=good"
/// );
/// assert!(rest.get("getPet", "/pets/{petId}", Auth::NONE).into_request().is_err());
/// # Ok::<(), gatewright::BoxError>(())
/// ```
#[must_use = "a request that is not called is not sent"]
pub struct RequestBuilder<'a, S> {
    rest: &'a RestClient<S>,
    state: Box<RequestState>,
}

impl<'a, S> RequestBuilder<'a, S> {
    pub(super) fn new(rest: &'a RestClient<S>, operation: Operation) -> Self {
        let state = RequestState::new(rest.base(), operation);
        Self { rest, state }
    }

    /// The method, for an operation that takes any.
    pub fn method(mut self, method: Method) -> Self {
        self.state.method(method);
        self
    }

    /// The value of the next path variable, `{name}`, as one segment: `/` and everything else that is not unreserved
    /// (RFC 3986, section 2.3) is encoded.
    ///
    /// A value that is empty, `.` or `..` is an error, because it would change the route.
    pub fn path(mut self, name: &'static str, value: &dyn ParamValue) -> Self {
        self.state.path(name, value);
        self
    }

    /// The value of the next path variable, `{name}`, in a style: a list or an object as one segment.
    ///
    /// As for [`path`](Self::path), a value that would change the route is an error. So is a value that the style cannot
    /// express.
    pub fn path_as<T>(mut self, name: &'static str, value: &T, style: PathStyle) -> Self
    where
        T: Serialize + ?Sized,
    {
        self.state.segment(name, style::segment(style, name, value));
        self
    }

    /// The value of the variable `{name+}`, the rest of the path: slashes stay, each segment is encoded. A leading slash
    /// makes no difference.
    pub fn greedy(mut self, name: &'static str, value: &dyn ParamValue) -> Self {
        self.state.greedy(name, value);
        self
    }

    /// Appends a query parameter for each text of `value`, in order, name and value strictly encoded. Call it after the path
    /// is complete.
    pub fn query(mut self, name: &str, value: &dyn ParamValues) -> Self {
        self.state.query(name, value);
        self
    }

    /// Appends `value` to the query in a style. Call it after the path is complete. A value that the style cannot express is
    /// an error.
    ///
    /// ```
    /// use gatewright::Auth;
    /// use gatewright::client::{QueryStyle, RestClient};
    ///
    /// let rest = RestClient::new((), "https://api.example.com".parse()?);
    /// let find = rest.get("find", "/", Auth::NONE);
    /// let request = find.query_as("color", &["blue", "black"], QueryStyle::COMMA).into_request()?;
    /// assert_eq!(request.uri().query(), Some("color=blue,black"));
    /// # Ok::<(), gatewright::BoxError>(())
    /// ```
    pub fn query_as<T>(mut self, name: &'static str, value: &T, style: QueryStyle) -> Self
    where
        T: Serialize + ?Sized,
    {
        self.state.pairs(style::pairs(style, name, value));
        self
    }

    /// Appends each member of `value`, a map or a struct, to the query as a separate parameter: scalars once, lists once for
    /// each item, null not at all. Call it after the path is complete. A member with members is an error, and so is a
    /// value without members; the error calls the value `name`.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    /// use gatewright::Auth;
    /// use gatewright::client::RestClient;
    ///
    /// let rest = RestClient::new((), "https://api.example.com".parse()?);
    /// let filter = BTreeMap::from([("kind", vec!["cat", "dog"]), ("name", vec!["Tom"])]);
    /// let find = rest.get("find", "/", Auth::NONE).query_members("filter", &filter);
    /// assert_eq!(find.into_request()?.uri().query(), Some("kind=cat&kind=dog&name=Tom"));
    /// # Ok::<(), gatewright::BoxError>(())
    /// ```
    pub fn query_members<T>(mut self, name: &'static str, value: &T) -> Self
    where
        T: Serialize + ?Sized,
    {
        self.state.pairs(style::members(name, value));
        self
    }

    /// Sets a header to the texts of `value`, one line each. It replaces an existing header of that name, unless `value` has
    /// no text. A text that is not a valid header value (because of a line break, for example) is an error.
    pub fn header(mut self, name: &'static str, value: &dyn ParamValues) -> Self {
        self.state.header(name, value);
        self
    }

    /// Sets a header to `value` in a style, in one line. It replaces an existing header of that name, unless there is no text
    /// to send. A value that the style cannot express, or a text that is not a valid header value, is an error.
    pub fn header_as<T>(mut self, name: &'static str, value: &T, style: HeaderStyle) -> Self
    where
        T: Serialize + ?Sized,
    {
        self.state
            .header_text(name, style::text(style, name, value));
        self
    }

    /// Sets the body. Its media type is sent as `content-type`, unless the request has one.
    pub fn body(mut self, body: impl IntoBody) -> Self {
        self.state.body(body.into_body());
        self
    }

    /// Sets the body to the members of `value` as a form ([`Body::form`]).
    pub fn form<T: Serialize>(mut self, value: T) -> Self {
        self.state.body(Body::form(&value));
        self
    }

    /// Sets the body to the members of `value` as a form; `styles` sets the style of the members that it names
    /// ([`Body::form_as`]).
    pub fn form_as<T: Serialize>(mut self, value: T, styles: &[(&str, QueryStyle)]) -> Self {
        self.state.body(Body::form_as(&value, styles));
        self
    }

    /// Sets the body to a text ([`Body::text`]). `None` is an empty body.
    pub fn text<'t>(mut self, text: impl Into<Option<&'t str>>) -> Self {
        let body = text.into().map_or_else(Body::empty, Body::text);
        self.state.body(Ok(body));
        self
    }

    /// Sets `content-type`, unless the request has one. It overrides the media type of the body.
    pub fn content_type(mut self, media_type: &'static str) -> Self {
        self.state.content_type(media_type);
        self
    }

    /// Puts a value into the request's extensions, for layers to read.
    pub fn extension<T: Clone + Send + Sync + 'static>(mut self, value: T) -> Self {
        self.state.extensions_mut().insert(value);
        self
    }

    /// The call, which returns an `R`: a `Result<T, Error<E>>`. Nothing is sent before it is polled.
    ///
    /// Unless the request has one, `accept` is the media type that a `T` is decoded from
    /// ([`FromResponse::ACCEPT`](super::FromResponse::ACCEPT)).
    pub fn call<R: CallResult>(mut self) -> Call<S, R>
    where
        S: Clone,
    {
        self.state.close(R::ACCEPT);
        Call::new(self.rest.service().clone(), self.state)
    }

    /// The body of a generated type.
    #[doc(hidden)]
    pub fn json(mut self, body: &dyn ToJson) -> Self {
        self.state.body(json_response::body(body));
        self
    }

    /// The call, which returns a generated type.
    #[doc(hidden)]
    pub fn call_json<T, E>(mut self) -> Call<S, Result<T, Error<E>>>
    where
        S: Clone,
        T: FromJsonResponse,
        E: ErrorBody,
    {
        self.state.close(Some("application/json"));
        Call::buffered(
            self.rest.service().clone(),
            self.state,
            json_response::result,
        )
    }

    /// The request, without a call.
    ///
    /// # Errors
    ///
    /// When a value cannot be sent in its location, or a path variable has no value.
    pub fn into_request(mut self) -> Result<Request<Body>, RequestError> {
        self.state.close(None);
        self.state.into_request()
    }
}

impl<S> fmt::Debug for RequestBuilder<'_, S> {
    /// Without the arguments, which may be secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.state.fmt_as("RequestBuilder", f)
    }
}

#[cfg(test)]
mod tests;
