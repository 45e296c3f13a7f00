//! Signatures that are none, and those with their time in another header.

use std::fmt::Write as _;

use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use bytes::Bytes;
use gatewright_local::Gateway;
use http::Request;
use ring::digest::{SHA256, digest};

use crate::{NO_ROUTE, Row, check, documents, row};

const INCOMPLETE: &str = "IncompleteSignatureException";

fn refused(value: &'static str, text: &'static str, source: &'static str) -> Row {
    row("GET /prod/signed", 403, INCOMPLETE, text, source).header("authorization", value)
}

#[test]
fn all_that_a_signature_lacks_is_named_at_once() {
    let gateway = documents::rest().build().unwrap();
    let source = "public logs; ministack";
    check(&gateway, &[
        row("GET /prod/signed", 403, NO_ROUTE, "Missing Authentication Token", "re:Post Knowledge Center"),
        refused("AWS4-HMAC-SHA256 a=b", "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' \
            parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a \
            'X-Amz-Date' or a 'Date' header. (Hashed with SHA-256 and encoded with Base64) Authorization=", source),
        refused("AWS4-HMAC-SHA256 Credential=a/20261123/eu-west-1/execute-api/aws4_request, SignedHeaders=host",
            r#"{"message":"Authorization header requires 'Signature' parameter. Authorization header requires existence of either"#, source),
        refused("AWS4-HMAC-SHA256 a=b", "'SignedHeaders' parameter. (Hashed", source).header("x-amz-date", "20261123T053100Z"),
        refused("AWS4-HMAC-SHA256 a=b", "'SignedHeaders' parameter. (Hashed", source).header("date", "Mon, 23 Nov 2026 05:31:00 GMT"),
        refused("Bearer abc", "Invalid key=value pair (missing equal-sign)", "public logs"),
        refused("AWS4-HMAC-SHA256 Credential=AKIDTRUTH/20261123/eu-west-1/execute-api/aws4_request, SignedHeaders=host, Signature=ab",
            "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.", "IAM user guide; recorded text"),
        row("GET /prod/signed", 403, "InvalidSignatureException", "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.",
            "public logs").header("authorization",
            "AWS4-HMAC-SHA256 Credential=AKIDTRUTH/20261123/eu-west-1/execute-api/aws4_request, SignedHeaders=x-amz-date, Signature=ab")
            .header("x-amz-date", "20261123T053100Z").header("host", "a.example"),
    ]);
}

fn hex(bytes: &[u8]) -> String {
    let hash = digest(&SHA256, bytes);
    hash.as_ref().iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

/// The row `GET /prod/signed` with this header for the time, signed by hand.
fn signed(header: &'static str, value: &str, source: &'static str) -> Row {
    let mut lines = [format!("{header}:{value}\n"), "host:a.example\n".to_owned()];
    lines.sort();
    let names = if header < "host" {
        format!("{header};host")
    } else {
        format!("host;{header}")
    };
    let canonical = format!(
        "GET\n/prod/signed\n\n{}\n{names}\n{}",
        lines.concat(),
        hex(b"")
    );
    let scope = "20261123/eu-west-1/execute-api/aws4_request";
    let to_sign = format!(
        "AWS4-HMAC-SHA256\n20261123T053100Z\n{scope}\n{}",
        hex(canonical.as_bytes())
    );
    let key = generate_signing_key("truth-secret", crate::now(), "eu-west-1", "execute-api");
    let signature = calculate_signature(key, to_sign.as_bytes());
    let authorization = format!(
        "AWS4-HMAC-SHA256 Credential=AKIDTRUTH/{scope}, SignedHeaders={names}, Signature={signature}"
    );
    row("GET /prod/signed", 200, "", r#""signed""#, source)
        .header("host", "a.example")
        .header(header, value)
        .header("authorization", authorization)
}

#[test]
fn the_time_may_stand_in_either_header() {
    let gateway = documents::rest().build().unwrap();
    let source = "IAM user guide, Elements of an AWS API request signature";
    let http = "Mon, 23 Nov 2026 05:31:00 GMT";
    check(
        &gateway,
        &[
            signed("date", http, source),
            signed("date", "20261123T053100Z", source),
        ],
    );
    let wrong = signed("date", "Mon, 32 Nov 2026 05:31:00 GMT", source);
    let expected = (403, INCOMPLETE, vec!["either a 'X-Amz-Date' or a 'Date'"]);
    check(&gateway, &[Row { expected, ..wrong }]);
}

#[test]
fn a_wrong_signature_says_what_the_caller_did() {
    let gateway = documents::rest().build().unwrap();
    let mut wrong = signed("x-amz-date", "20261123T053100Z", "of the gateway itself");
    wrong.headers.retain(|(name, _)| *name != "host");
    let wrong = wrong.header("host", "a.example:9100");
    let response = wrong.response(&gateway);
    assert_eq!(response.status(), 403);
    let why = "the host is signed without its port";
    assert_eq!(response.headers()["x-gatewright-why"], why);
    let body = String::from_utf8_lossy(response.body());
    // The body is AWS's own.
    assert!(body.starts_with(r#"{"message":"The request signature we calculated does not match"#));
    let line = gateway.requests().pop().unwrap().to_string();
    assert_eq!(
        line,
        format!("GET /prod/signed -> 403 InvalidSignature ({why})")
    );

    // Others on the network learn nothing.
    let open = documents::rest().allow_remote().build().unwrap();
    let response = wrong.response(&open);
    assert!(!response.headers().contains_key("x-gatewright-why"));
}

/// `GET /prod/signed` with a presigned URL of this time and lifetime.
fn presigned(stamp: &str, lifetime: &str, token: &str) -> Request<Bytes> {
    let scope = format!("{}/eu-west-1/execute-api/aws4_request", &stamp[..8]);
    let credential = format!("AKIDTEMP/{scope}").replace('/', "%2F");
    let query = format!(
        "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={credential}&X-Amz-Date={stamp}&X-Amz-Expires={lifetime}\
         &X-Amz-Security-Token={token}&X-Amz-SignedHeaders=host"
    );
    let canonical = format!(
        "GET\n/prod/signed\n{query}\nhost:a.example\n\nhost\n{}",
        hex(b"")
    );
    let to_sign = format!(
        "AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{}",
        hex(canonical.as_bytes())
    );
    let key = generate_signing_key("temp-secret", crate::now(), "eu-west-1", "execute-api");
    let signature = calculate_signature(key, to_sign.as_bytes());
    let target = format!("/prod/signed?{query}&X-Amz-Signature={signature}");
    let request = Request::get(target).header("host", "a.example");
    request.body(Bytes::new()).unwrap()
}

fn presigned_gateway() -> Gateway {
    let builder = documents::rest().credentials("AKIDTEMP", "temp-secret", Some("hush"));
    builder.build().unwrap()
}

fn send(gateway: &Gateway, request: Request<Bytes>) -> (u16, String) {
    let response = gateway.handle(request, crate::now());
    let body = String::from_utf8_lossy(response.body()).into_owned();
    (response.status().as_u16(), body)
}

#[test]
fn a_presigned_url_is_good_for_as_long_as_it_says() {
    // The gateway's clock says 05:31:00.
    let gateway = presigned_gateway();
    for (stamp, lifetime) in [("20261123T053100Z", "60"), ("20261123T043200Z", "3600")] {
        let (status, body) = send(&gateway, presigned(stamp, lifetime, "hush"));
        assert_eq!(status, 200, "{body}");
    }
    let expired = "Signature expired: 20261123T052900Z is now earlier than 20261123T053000Z";
    let no_lifetime = "X-Amz-Expires must be a number of seconds";
    for (stamp, lifetime, token, text) in [
        ("20261123T052900Z", "60", "hush", expired),
        (
            "20261123T054000Z",
            "60",
            "hush",
            "Signature not yet current",
        ),
        ("20261123T053100Z", "0", "hush", no_lifetime),
        ("20261123T053100Z", "604801", "hush", no_lifetime),
        (
            "20261123T053100Z",
            "60",
            "other",
            "The security token included in the request is invalid.",
        ),
    ] {
        let (status, body) = send(&gateway, presigned(stamp, lifetime, token));
        assert!(status == 403 && body.contains(text), "{status} {body}");
    }
}

#[test]
fn the_session_token_of_a_presigned_url_is_shown_nowhere() {
    let gateway = presigned_gateway();
    let right = presigned("20261123T053100Z", "60", "hush")
        .uri()
        .to_string();
    let wrong = right.replace("/prod/signed", "/prod/signed/");
    let wrong = Request::get(wrong).header("host", "a.example");
    let (status, body) = send(&gateway, wrong.body(Bytes::new()).unwrap());
    assert_eq!(status, 403);
    assert!(body.contains("X-Amz-Security-Token=(hidden)"), "{body}");
    let line = gateway.requests().pop().unwrap().to_string();
    assert!(line.contains("X-Amz-Signature=(hidden)"), "{line}");
    assert!(!body.contains("hush") && !line.contains("hush"), "{line}");
    let why = "the slash at the end of the path is dropped";
    assert!(line.contains(why), "{line}");
}

#[test]
fn a_presigned_url_names_all_that_it_lacks() {
    let bare = Request::get("/prod/signed?X-Amz-Algorithm=AWS4-HMAC-SHA256");
    let (_, body) = send(&presigned_gateway(), bare.body(Bytes::new()).unwrap());
    let text = "AWS query-string parameters must include 'X-Amz-Credential'. AWS query-string";
    assert!(body.contains(text), "{body}");
}
