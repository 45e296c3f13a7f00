//! What an error prints, whatever a server or a cause says.

use bytes::Bytes;
use http::response::Parts;

use super::*;

/// What a text must not do to a log or a terminal: a second line, an escape sequence, words in another order.
const HOSTILE: [&str; 6] = [
    "\n2026-11-30 INFO root logged in",
    "\u{1b}[2J\u{1b}]0;owned\u{7}",
    "\u{9b}2J\u{85}\u{7f}\u{0}",
    "\u{202e}\u{202d}\u{2066}\u{2069}",
    "\u{2028}\u{2029}\r\t",
    "é",
];

/// One of them, and a mebibyte of them.
fn texts() -> impl Iterator<Item = String> {
    HOSTILE
        .into_iter()
        .flat_map(|text| [text.to_owned(), text.repeat((1 << 20) / text.len())])
}

fn parts(status: u16, headers: &[(&'static str, &str)]) -> Parts {
    let mut response = http::Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    response.body(()).unwrap().into_parts().0
}

fn check(error: &Error<()>) {
    for (shown, longest) in [(format!("{error}"), 5_000), (format!("{error:#}"), 8_000)] {
        let moves = |c: char| {
            c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
        };
        assert!(!shown.contains(moves), "{shown:?}");
        assert!(shown.chars().count() <= longest, "{}", shown.len());
    }
}

#[test]
fn a_message_of_the_gateway_is_safe_to_log() {
    for text in texts() {
        let body = serde_json::json!({ "message": text }).to_string();
        let parts = parts(403, &[("x-amzn-errortype", "ForbiddenException")]);
        let error = GatewayError::named(&parts, body.as_bytes()).unwrap();
        check(&Error::Gateway(Box::new(error)));
    }
}

#[test]
fn headers_of_a_response_are_safe_to_log() {
    let long = "a\tb ".repeat(5_000);
    let headers = [
        ("x-amzn-errortype", &*long),
        ("x-amzn-requestid", &long),
        ("content-type", &long),
        (
            "www-authenticate",
            &format!("Bearer error_description=\"{long}\""),
        ),
    ];
    let parts = || parts(401, &headers);
    let gateway = GatewayError::named(&parts(), br#"{"message": "a\tb"}"#).unwrap();
    check(&Error::Gateway(Box::new(gateway)));
    check(&Error::Api(Box::new(ApiError::new(
        parts(),
        Bytes::new(),
        (),
    ))));
    check(&UnexpectedResponse::new(parts(), Bytes::new(), None).into());
}

#[test]
fn causes_are_safe_to_log() {
    for text in texts() {
        check(&Error::Transport(text.clone().into()));
        check(&Error::Credentials(AuthorizeError::provider_failed(
            &text,
            text.clone(),
        )));
        check(&RequestError::parameter("id", text.clone()).into());
        check(&UnexpectedResponse::new(parts(200, &[]), Bytes::new(), Some(text.into())).into());
    }
}

#[test]
fn names_of_a_document_are_safe_to_log() {
    for text in texts() {
        let name: &str = text.leak();
        for error in [
            RequestError::path(name, "is empty"),
            RequestError::header(name),
            RequestError::parameter(name, "no"),
        ] {
            check(&error.in_operation(name).into());
        }
    }
}

#[test]
fn what_a_decoder_says_of_a_long_value_is_safe_to_log() {
    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Empty {}
    for text in texts() {
        let json = serde_json::json!({ text: 1 }).to_string();
        let source = serde_json::from_str::<Empty>(&json).unwrap_err();
        let error = UnexpectedResponse::new(parts(200, &[]), Bytes::new(), Some(source.into()));
        assert!(error.source().unwrap().to_string().chars().count() < 2_100);
        check(&error.into());
    }
}

#[test]
fn a_long_message_is_cut_and_may_be_read_as_it_came() {
    let body = format!(r#"{{"message": "a\n{}"}}"#, "é".repeat(1 << 20));
    let parts = parts(400, &[("x-amzn-errortype", "BadRequestException")]);
    let error = GatewayError::named(&parts, body.as_bytes()).unwrap();
    let message = error.message().unwrap();
    assert!(message.starts_with("a\né") && message.ends_with("é… (2097154 bytes in all)"));
    assert!(error.to_string().ends_with("(2097154 bytes in all)"));
}
