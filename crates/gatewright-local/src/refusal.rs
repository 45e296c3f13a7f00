//! A refused request, and how a REST API and an HTTP API put it to the client.

use bytes::Bytes;
use gatewright_document::ApiKind;
use http::header::{CONTENT_TYPE, HeaderName, WWW_AUTHENTICATE};
use http::{HeaderValue, Response};
use serde_json::json;

use crate::gateway_error::GatewayError;

/// Why a request is not answered, for the client and for the one who reads the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) error: GatewayError,
    /// For the log; tells more than the client learns.
    pub(crate) reason: String,
    /// What a REST API says instead of the error's own message.
    message: Option<String>,
    /// The `www-authenticate` of an HTTP API.
    challenge: Option<String>,
    /// What the caller did, in one line, for who runs both sides.
    pub(crate) why: Option<String>,
}

impl Refusal {
    /// A refusal that keeps its reason from the client.
    pub(crate) fn because(error: GatewayError, reason: impl Into<String>) -> Self {
        Self {
            error,
            reason: reason.into(),
            message: None,
            challenge: None,
            why: None,
        }
    }

    /// A refusal that tells the client of a REST API its reason.
    pub(crate) fn saying(error: GatewayError, message: impl Into<String>) -> Self {
        let message = message.into();
        Self {
            message: Some(message.clone()),
            ..Self::because(error, message)
        }
    }

    /// Adds the challenge of an HTTP API (RFC 6750, section 3).
    pub(crate) fn challenge(self, challenge: impl Into<String>) -> Self {
        Self {
            challenge: Some(challenge.into()),
            ..self
        }
    }

    /// Adds what the caller did. It begins the reason, of which a line of the log shows the beginning.
    pub(crate) fn explained(self, why: String) -> Self {
        Self {
            reason: format!("{why}\n\n{}", self.reason),
            why: Some(why),
            ..self
        }
    }

    /// Adds to the reason what the log alone may tell, for it is of the document.
    pub(crate) fn noting(self, what: &str) -> Self {
        let reason = format!("{}: {what}", self.reason);
        Self { reason, ..self }
    }

    /// The answer, still without date and request ids.
    pub(crate) fn response(&self, kind: ApiKind) -> Response<Bytes> {
        match (self.error, kind) {
            (GatewayError::RequestTooLarge, _) => self.plain(),
            (_, ApiKind::Rest) => self.rest(),
            (_, ApiKind::Http) => self.http(),
        }
    }

    /// The front of the service refuses a body that is too large, not the API: no JSON, no error type.
    fn plain(&self) -> Response<Bytes> {
        let text = self.error.message().unwrap_or_default();
        let mut response = Response::new(Bytes::from_static(text.as_bytes()));
        *response.status_mut() = self.error.status();
        let content_type = HeaderValue::from_static("text; charset=utf-8");
        response.headers_mut().insert(CONTENT_TYPE, content_type);
        response
    }

    /// What a REST API says; `None` is `null`.
    pub(crate) fn text(&self) -> Option<&str> {
        self.message.as_deref().or(self.error.message())
    }

    fn rest(&self) -> Response<Bytes> {
        let message = self.text();
        // The built-in body of this one has a capital letter.
        let key = match self.error {
            GatewayError::AccessDenied => "Message",
            _ => "message",
        };
        let mut response = json_response(&json!({ key: message }));
        *response.status_mut() = self.error.status();
        let error_type = HeaderValue::from_static(self.error.error_type());
        let name = HeaderName::from_static("x-amzn-errortype");
        response.headers_mut().insert(name, error_type);
        response
    }

    fn http(&self) -> Response<Bytes> {
        let mut response = json_response(&json!({ "message": self.error.http_api_message() }));
        *response.status_mut() = self.error.http_api_status();
        if let Some(Ok(challenge)) = self.challenge.as_deref().map(HeaderValue::from_str) {
            response.headers_mut().insert(WWW_AUTHENTICATE, challenge);
        }
        response
    }
}

/// A JSON answer with status 200.
pub(crate) fn json_response(body: &serde_json::Value) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body.to_string()));
    let content_type = HeaderValue::from_static("application/json");
    response.headers_mut().insert(CONTENT_TYPE, content_type);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(refusal: &Refusal, kind: ApiKind) -> (u16, String, String) {
        let response = refusal.response(kind);
        let header = response
            .headers()
            .get("x-amzn-errortype")
            .map(|value| value.to_str().unwrap().to_owned());
        let body = String::from_utf8(response.body().to_vec()).unwrap();
        (response.status().as_u16(), header.unwrap_or_default(), body)
    }

    #[test]
    fn a_rest_api_names_the_type_and_the_reason() {
        let refusal = Refusal::saying(GatewayError::InvalidSignature, "Signature expired: ..");
        let body = r#"{"message":"Signature expired: .."}"#.to_owned();
        assert_eq!(
            sent(&refusal, ApiKind::Rest),
            (403, "InvalidSignatureException".to_owned(), body)
        );
    }

    #[test]
    fn an_http_api_says_only_forbidden() {
        let refusal = Refusal::saying(GatewayError::InvalidSignature, "Signature expired: ..");
        let body = r#"{"message":"Forbidden"}"#.to_owned();
        assert_eq!(sent(&refusal, ApiKind::Http), (403, String::new(), body));
    }

    #[test]
    fn an_unknown_route_is_403_for_rest_and_404_for_http() {
        let refusal = Refusal::because(GatewayError::NoRoute, "no such path");
        assert_eq!(sent(&refusal, ApiKind::Rest).0, 403);
        assert_eq!(
            sent(&refusal, ApiKind::Http),
            (404, String::new(), r#"{"message":"Not Found"}"#.to_owned())
        );
    }

    #[test]
    fn a_deny_has_its_message_under_a_key_of_its_own() {
        let refusal = Refusal::because(GatewayError::AccessDenied, "test");
        let body = r#"{"Message":"User is not authorized to access this resource with an explicit deny in an identity-based policy"}"#;
        assert_eq!(sent(&refusal, ApiKind::Rest).2, body);
        assert_eq!(
            sent(&refusal, ApiKind::Http).2,
            r#"{"message":"Forbidden"}"#
        );
    }

    #[test]
    fn the_challenge_is_for_http_apis() {
        let refusal = Refusal::because(GatewayError::Unauthorized, "none").challenge("Bearer");
        let http = refusal.response(ApiKind::Http);
        assert_eq!(http.headers()[WWW_AUTHENTICATE], "Bearer");
        assert!(
            !refusal
                .response(ApiKind::Rest)
                .headers()
                .contains_key(WWW_AUTHENTICATE)
        );
    }

    #[test]
    fn an_authorizer_that_is_not_set_up_says_null() {
        let refusal = Refusal::because(GatewayError::AuthorizerConfiguration, "test");
        assert_eq!(sent(&refusal, ApiKind::Rest).2, r#"{"message":null}"#);
    }
}
