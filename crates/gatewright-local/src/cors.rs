//! What the pages of other origins may do with an HTTP API (`x-amazon-apigateway-cors`).
//!
//! The gateway answers a preflight for which there is no route by itself, and puts its own headers in place of those that the
//! integration sends. Source: "Configure CORS for HTTP APIs in API Gateway" in the API Gateway developer guide.

use bytes::Bytes;
use gatewright_document::Cors;
use http::header::{self, HeaderName, ORIGIN};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};

/// Whether a browser asks if it may send another request (Fetch, "CORS-preflight request").
pub(crate) fn is_preflight(request: &Parts) -> bool {
    let asks = |name: HeaderName| request.headers.contains_key(name);
    request.method == Method::OPTIONS && asks(ORIGIN) && asks(header::ACCESS_CONTROL_REQUEST_METHOD)
}

/// The answer to a preflight, still without its headers.
pub(crate) fn preflight() -> Response<Bytes> {
    let mut response = Response::new(Bytes::new());
    *response.status_mut() = StatusCode::NO_CONTENT;
    response
}

/// Puts the headers that the configuration allows the request's origin in place of those that are there.
pub(crate) fn apply(cors: &Cors, request: &Parts, headers: &mut HeaderMap) {
    let sent = headers.keys().cloned().collect::<Vec<_>>();
    for name in sent
        .iter()
        .filter(|name| name.as_str().starts_with("access-control-"))
    {
        headers.remove(name);
    }
    let Some(origin) = request.headers.get(ORIGIN) else {
        return;
    };
    let Some(allowed) = allowed_origin(cors, origin) else {
        return;
    };
    headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, allowed);
    let mut set = |name, values: &[String]| {
        if let Some(value) = joined(values) {
            headers.insert(name, value);
        }
    };
    set(header::ACCESS_CONTROL_EXPOSE_HEADERS, &cors.expose_headers);
    if is_preflight(request) {
        set(header::ACCESS_CONTROL_ALLOW_METHODS, &cors.allow_methods);
        set(header::ACCESS_CONTROL_ALLOW_HEADERS, &cors.allow_headers);
        if let Some(seconds) = cors.max_age {
            headers.insert(header::ACCESS_CONTROL_MAX_AGE, HeaderValue::from(seconds));
        }
    }
    if cors.allow_credentials {
        let allowed = HeaderValue::from_static("true");
        headers.insert(header::ACCESS_CONTROL_ALLOW_CREDENTIALS, allowed);
    }
}

/// What the origin is told: `*` if any may call, else itself. `https://*` and `http://*` stand for all of a scheme.
fn allowed_origin(cors: &Cors, origin: &HeaderValue) -> Option<HeaderValue> {
    let any = cors.allow_origins.iter().any(|allowed| allowed == "*");
    if any {
        return Some(HeaderValue::from_static("*"));
    }
    let text = origin.to_str().ok()?;
    let takes = |allowed: &String| match allowed.strip_suffix('*') {
        Some(scheme) => scheme.ends_with("://") && text.starts_with(scheme),
        None => allowed.eq_ignore_ascii_case(text),
    };
    let is_allowed = cors.allow_origins.iter().any(takes);
    is_allowed.then(|| origin.clone())
}

fn joined(values: &[String]) -> Option<HeaderValue> {
    let text = values.join(",");
    HeaderValue::try_from(text)
        .ok()
        .filter(|value| !value.is_empty())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::{Gateway, LocalGateway};

    fn gateway(kind: &str) -> Gateway {
        let integration = json!({ "type": "mock", "responses": { "default": { "statusCode": "200", "responseParameters": {
            "method.response.header.Access-Control-Allow-Origin": "'https://from.the.integration'" } } } });
        let mut document: Value = json!({
            "openapi": "3.0.1", "info": { "title": "notes", "version": "1" },
            "paths": { "/notes": { "get": {
                "responses": { "200": { "description": "all" } }, "x-amazon-apigateway-integration": integration } } },
            "x-amazon-apigateway-cors": {
                "allowOrigins": ["https://app.example", "http://*"], "allowMethods": ["GET", "PUT"],
                "allowHeaders": ["authorization"], "exposeHeaders": ["etag"], "allowCredentials": true },
        });
        document[kind] = json!("1.0");
        let document = document.to_string();
        let document = gatewright_document::Document::from_slice("notes.json", document.as_bytes());
        LocalGateway::builder(document.unwrap()).build().unwrap()
    }

    /// The status and the headers of CORS, without their common beginning.
    fn told(gateway: &Gateway, method: Method, headers: &[(&str, &str)]) -> (u16, Vec<String>) {
        let mut request = http::Request::builder().method(method).uri("/notes");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let request = request.body(Bytes::new()).unwrap();
        let response = gateway.handle(request, std::time::SystemTime::UNIX_EPOCH);
        let told = response.headers().iter().filter_map(|(name, value)| {
            let name = name.as_str().strip_prefix("access-control-")?;
            Some(format!("{name}: {}", value.to_str().unwrap()))
        });
        let mut told: Vec<_> = told.collect();
        told.sort();
        (response.status().as_u16(), told)
    }

    const HTTP: &str = "x-amazon-apigateway-importexport-version";

    #[test]
    fn a_preflight_without_a_route_is_answered_by_the_gateway() {
        let asks = [
            ("origin", "https://app.example"),
            ("access-control-request-method", "PUT"),
        ];
        let (status, told) = told(&gateway(HTTP), Method::OPTIONS, &asks);
        assert_eq!(status, 204);
        let expected = [
            "allow-credentials: true",
            "allow-headers: authorization",
            "allow-methods: GET,PUT",
            "allow-origin: https://app.example",
            "expose-headers: etag",
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn the_configuration_wins_over_the_integration() {
        let gateway = gateway(HTTP);
        let from = |origin| told(&gateway, Method::GET, &[("origin", origin)]).1;
        let allowed = [
            "allow-credentials: true",
            "allow-origin: http://any.example",
            "expose-headers: etag",
        ];
        assert_eq!(from("http://any.example"), allowed);
        assert_eq!(from("https://other.example"), [""; 0]);
        assert_eq!(told(&gateway, Method::GET, &[]), (200, Vec::new()));
    }

    #[test]
    fn what_is_no_preflight_has_no_route_and_a_rest_api_has_mocks_instead() {
        let origin = ("origin", "https://app.example");
        assert_eq!(
            told(&gateway(HTTP), Method::OPTIONS, &[origin]),
            (404, Vec::new())
        );
        let asks = [origin, ("access-control-request-method", "PUT")];
        assert_eq!(
            told(&gateway("x-other"), Method::OPTIONS, &asks),
            (403, Vec::new())
        );
        let of_mock = ["allow-origin: https://from.the.integration".to_owned()];
        assert_eq!(
            told(&gateway("x-other"), Method::GET, &[origin]),
            (200, of_mock.to_vec())
        );
    }
}
