//! Gateway responses: what a document of a REST API says of refusals ("Gateway responses in API Gateway").
//!
//! A type without a response of its own has that of `DEFAULT_4XX` or `DEFAULT_5XX`. Templates know `$context.*` and nothing else of the
//! language of mapping templates, as in the service.

use bytes::Bytes;
use gatewright_document::{Document, GatewayResponse};
use http::header::CONTENT_TYPE;
use http::{HeaderName, HeaderValue, Response, StatusCode};
use serde_json::Value;

use super::{Visit, request_id};
use crate::date;
use crate::refusal::Refusal;

/// A refusal and what the gateway knows of its request.
pub(super) struct Refused<'a> {
    pub(super) refusal: &'a Refusal,
    pub(super) visit: &'a Visit,
    pub(super) document: &'a Document,
    pub(super) stage: &'a str,
}

impl Refused<'_> {
    /// Puts what the document says into the built-in response.
    pub(super) fn apply(&self, response: &mut Response<Bytes>) {
        let Some((kind, custom)) = self.custom(response.status()) else {
            return;
        };
        if let Some(Ok(status)) = custom.status.map(StatusCode::from_u16) {
            *response.status_mut() = status;
        }
        for (name, value) in &custom.headers {
            let value = self.header(kind, value);
            let value = value.and_then(|value| HeaderValue::try_from(value).ok());
            if let (Ok(name), Some(value)) = (HeaderName::try_from(name), value) {
                response.headers_mut().insert(name, value);
            }
        }
        let json = custom.templates.get_key_value("application/json");
        if let Some((media_type, template)) = json.or_else(|| custom.templates.first()) {
            *response.body_mut() = Bytes::from(self.fill(kind, template));
            if let Ok(media_type) = HeaderValue::try_from(media_type) {
                response.headers_mut().insert(CONTENT_TYPE, media_type);
            }
        }
    }

    /// The type of the refusal, and the response of the document for it.
    fn custom(&self, status: StatusCode) -> Option<(&'static str, &GatewayResponse)> {
        let kind = self.refusal.error.response_type();
        let responses = &self.document.gateway_responses;
        let default = if status.is_server_error() {
            "DEFAULT_5XX"
        } else {
            "DEFAULT_4XX"
        };
        let custom = responses.get(kind).or_else(|| responses.get(default))?;
        Some((kind, custom))
    }

    /// The value of a header: a text in quotes, or what a name of the request or of the context stands for.
    fn header(&self, kind: &str, value: &str) -> Option<String> {
        let text = value
            .strip_prefix('\'')
            .and_then(|text| text.strip_suffix('\''));
        if let Some(text) = text {
            return Some(text.to_owned());
        }
        let call = self.visit.call();
        if let Some(name) = value.strip_prefix("method.request.header.") {
            return call.header(name).map(str::to_owned);
        }
        if let Some(name) = value.strip_prefix("method.request.querystring.") {
            return call.query(name);
        }
        value
            .strip_prefix("context.")
            .map(|name| self.context(kind, name))
    }

    /// A template with the values of the context in place of `$context.name` and `${context.name}`; one that is not known is empty.
    fn fill(&self, kind: &str, template: &str) -> String {
        let mut filled = String::new();
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('$') {
            filled.push_str(before);
            let is_braced = after.starts_with("{context.");
            let start = if is_braced { "{context." } else { "context." };
            let Some(name) = after.strip_prefix(start) else {
                filled.push('$');
                rest = after;
                continue;
            };
            let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '.' || c == '_';
            let end = name.find(|c| !is_of_name(c)).unwrap_or(name.len());
            // A dot at the end is one of the text.
            let end = name[..end].trim_end_matches('.').len();
            filled.push_str(&self.context(kind, &name[..end]));
            rest = &name[end..];
            if is_braced {
                rest = rest.strip_prefix('}').unwrap_or(rest);
            }
        }
        filled + rest
    }

    fn context(&self, kind: &str, name: &str) -> String {
        let (parts, refusal) = (&self.visit.parts, self.refusal);
        let message = refusal.text();
        let message = message.unwrap_or_default();
        match name {
            "error.message" => message.to_owned(),
            "error.messageString" => Value::from(message).to_string(),
            "error.responseType" => kind.to_owned(),
            // Of a refusal for anything else the reason is for the log alone.
            "error.validationErrorString" if refusal.error.is_of_validation() => {
                format!("[{}]", refusal.reason)
            }
            "requestId" | "extendedRequestId" => request_id(self.document.kind, self.visit.number),
            "stage" => self.stage.to_owned(),
            "httpMethod" => parts.method.to_string(),
            "path" => parts.uri.path().to_owned(),
            "protocol" => format!("{:?}", parts.version),
            "identity.sourceIp" => "127.0.0.1".to_owned(),
            "identity.userAgent" => self
                .visit
                .call()
                .header("user-agent")
                .unwrap_or_default()
                .to_owned(),
            "domainName" => self.visit.call().host().unwrap_or_default().to_owned(),
            "requestTimeEpoch" => (date::unix(self.visit.now) * 1_000).to_string(),
            "requestTime" => date::common_log(self.visit.now),
            _ => String::new(),
        }
    }
}
