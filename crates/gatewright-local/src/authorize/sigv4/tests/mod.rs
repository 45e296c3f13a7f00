//! The judge against `aws-sigv4`'s own signer, which shares no code with the canonical request here.

mod signer;

use std::time::UNIX_EPOCH;

use http::Request;

use self::signer::{PLAIN, Signer, TEMPORARY};
use super::*;

const NOW: Duration = Duration::from_secs(1_795_411_860);
const HOST: &str = "http://127.0.0.1:8099";

fn keys() -> Keys {
    let credential = |token: Option<&str>| Credential {
        secret: "the-secret".to_owned(),
        session_token: token.map(str::to_owned),
        expires: token.map(|_| UNIX_EPOCH + NOW + Duration::from_secs(60)),
    };
    let credentials = [("AKIDPLAIN", None), ("ASIATEMP", Some("the-token"))];
    let credentials = credentials.map(|(id, token)| (id.to_owned(), credential(token)));
    Keys {
        region: "eu-west-1".to_owned(),
        credentials: credentials.into(),
        stage: String::new(),
        hosts: Vec::new(),
        derived: Derived::default(),
    }
}

fn request(method: &str, target: &str, body: &str) -> Request<Vec<u8>> {
    let builder = Request::builder()
        .method(method)
        .uri(format!("{HOST}{target}"));
    builder.body(body.as_bytes().to_vec()).unwrap()
}

fn judge(request: Request<Vec<u8>>) -> Result<String, Refusal> {
    let (parts, body) = request.into_parts();
    keys().check(Call {
        parts: &parts,
        body: &body,
        now: UNIX_EPOCH + NOW,
    })
}

fn refused(request: Request<Vec<u8>>) -> (E, String) {
    let refusal = judge(request).unwrap_err();
    (refusal.error, refusal.reason)
}

#[test]
fn every_kind_of_path_and_query_that_aws_sigv4_signs_is_taken() {
    let paths = [
        "/",
        "/prod/pets",
        "/prod/a%20b",
        "/prod/a%2Fb",
        "/prod/%C3%A4",
        "/prod/a:b@c",
        "/prod/a+b",
        "/prod//x/",
        "/a/../b",
    ];
    let queries = [
        "",
        "?a=1&b=2",
        "?b=2&a=1&a=0",
        "?q=a%20b%2Bc",
        "?t=%26%3D%3B%25%27%28%29%2A",
        "?flag",
        "?a=x+y",
        "?u=%C3%A4",
    ];
    for path in paths {
        for query in queries {
            for (method, body) in [("GET", ""), ("POST", r#"{"name":"x"}"#)] {
                let signed = PLAIN.sign(request(method, &format!("{path}{query}"), body));
                assert_eq!(
                    judge(signed).as_deref(),
                    Ok("AKIDPLAIN"),
                    "{method} {path}{query}"
                );
            }
        }
    }
}

#[test]
fn temporary_credentials_are_taken_with_their_token_until_they_expire() {
    assert_eq!(
        judge(TEMPORARY.sign(request("GET", "/", ""))).as_deref(),
        Ok("ASIATEMP")
    );
    let (parts, body) = TEMPORARY.sign(request("GET", "/", "")).into_parts();
    let late = UNIX_EPOCH + NOW + Duration::from_secs(60);
    let refusal = keys()
        .check(Call {
            parts: &parts,
            body: &body,
            now: late,
        })
        .unwrap_err();
    assert_eq!(refusal.error, E::ExpiredToken);
}

#[test]
fn unknown_keys_and_wrong_tokens_look_alike() {
    let signers = [
        Signer {
            id: "AKIDOTHER",
            ..PLAIN
        },
        Signer {
            token: None,
            ..TEMPORARY
        },
        Signer {
            token: Some("old-token"),
            ..TEMPORARY
        },
        Signer {
            token: Some("the-token"),
            ..PLAIN
        },
    ];
    for signer in signers {
        let (error, reason) = refused(signer.sign(request("GET", "/", "")));
        assert_eq!(
            error,
            E::UnrecognizedClient,
            "{} {:?}",
            signer.id,
            signer.token
        );
        assert_eq!(
            reason,
            "The security token included in the request is invalid."
        );
    }
}

#[test]
fn the_scope_has_to_be_this_region_and_service() {
    let (error, reason) = refused(
        Signer {
            region: "us-east-1",
            ..PLAIN
        }
        .sign(request("GET", "/", "")),
    );
    assert_eq!(
        (error, reason.as_str()),
        (
            E::InvalidSignature,
            "Credential should be scoped to a valid region."
        )
    );
    let (error, reason) = refused(
        Signer {
            service: "s3",
            ..PLAIN
        }
        .sign(request("GET", "/", "")),
    );
    assert_eq!(error, E::InvalidSignature);
    assert_eq!(
        reason,
        "Credential should be scoped to correct service: 'execute-api'."
    );
}

#[test]
fn a_signature_is_good_for_five_minutes_either_way() {
    for offset in [-300, -299, 299, 300] {
        assert!(
            judge(Signer { offset, ..PLAIN }.sign(request("GET", "/", ""))).is_ok(),
            "{offset}"
        );
    }
    let (error, reason) = refused(
        Signer {
            offset: -301,
            ..PLAIN
        }
        .sign(request("GET", "/", "")),
    );
    assert_eq!(error, E::InvalidSignature);
    assert_eq!(
        reason,
        "Signature expired: 20261123T052559Z is now earlier than 20261123T052600Z (20261123T053100Z - 5 min.)"
    );
    let (_, reason) = refused(
        Signer {
            offset: 301,
            ..PLAIN
        }
        .sign(request("GET", "/", "")),
    );
    assert!(
        reason.starts_with("Signature not yet current: 20261123T053601Z is still later"),
        "{reason}"
    );
}

#[test]
fn whatever_is_changed_after_signing_is_noticed() {
    let signed = || PLAIN.sign(request("POST", "/prod/pets?limit=1", "{}"));
    let mut changed = [signed(), signed(), signed(), signed(), signed(), signed()];
    *changed[0].method_mut() = http::Method::PUT;
    *changed[1].uri_mut() = format!("{HOST}/prod/pets?limit=2").parse().unwrap();
    *changed[2].uri_mut() = format!("{HOST}/prod/pet?limit=1").parse().unwrap();
    *changed[3].uri_mut() = "http://localhost:8099/prod/pets?limit=1".parse().unwrap();
    *changed[4].body_mut() = b"{} ".to_vec();
    changed[5]
        .headers_mut()
        .insert("x-amz-date", "20261123T053101Z".parse().unwrap());
    for request in changed {
        let what = format!("{} {}", request.method(), request.uri());
        let (error, reason) = refused(request);
        assert_eq!(error, E::InvalidSignature, "{what}");
        assert!(
            reason.contains("does not match the signature you provided"),
            "{what}: {reason}"
        );
    }
}

#[test]
fn a_wrong_secret_is_told_the_canonical_request_but_no_secret() {
    let (_, reason) = refused(
        Signer {
            secret: "other",
            ..TEMPORARY
        }
        .sign(request("GET", "/prod/a%20b?x=1", "")),
    );
    assert!(
        reason.contains("'GET\n/prod/a%2520b\nx=1\nhost:127.0.0.1:8099\n"),
        "{reason}"
    );
    assert!(
        reason.contains("x-amz-security-token:(hidden)\n"),
        "{reason}"
    );
    assert!(
        !reason.contains("the-token") && !reason.contains("the-secret"),
        "{reason}"
    );
}

#[test]
fn headers_of_aws_have_to_be_signed() {
    let mut signed = PLAIN.sign(request("GET", "/", ""));
    signed
        .headers_mut()
        .insert("x-amz-meta", "added".parse().unwrap());
    let (error, reason) = refused(signed);
    assert_eq!(error, E::InvalidSignature);
    assert_eq!(
        reason,
        "'x-amz-meta' must be a 'SignedHeader' in the AWS Authorization."
    );
}

#[test]
fn a_signed_header_may_be_any_and_repeated() {
    let mut unsigned = request("GET", "/", "");
    unsigned
        .headers_mut()
        .append("x-tag", "a  b".parse().unwrap());
    unsigned.headers_mut().append("x-tag", "c".parse().unwrap());
    assert!(judge(PLAIN.sign(unsigned)).is_ok());
}

#[test]
fn a_payload_hash_that_is_sent_has_to_be_the_bodys() {
    for hash in ["UNSIGNED-PAYLOAD", &sha256_hex(b"other")] {
        let mut unsigned = request("POST", "/", "{}");
        unsigned
            .headers_mut()
            .insert("x-amz-content-sha256", hash.parse().unwrap());
        assert_eq!(
            refused(PLAIN.sign(unsigned)).0,
            E::InvalidSignature,
            "{hash}"
        );
    }
    let mut unsigned = request("POST", "/", "{}");
    unsigned
        .headers_mut()
        .insert("x-amz-content-sha256", sha256_hex(b"{}").parse().unwrap());
    assert!(judge(PLAIN.sign(unsigned)).is_ok());
}

#[test]
fn a_missing_or_foreign_date_is_refused() {
    let mut signed = PLAIN.sign(request("GET", "/", ""));
    signed.headers_mut().remove("x-amz-date");
    assert_eq!(refused(signed).0, E::IncompleteSignature);
    let mut signed = PLAIN.sign(request("GET", "/", ""));
    signed
        .headers_mut()
        .insert("x-amz-date", "20261122T235959Z".parse().unwrap());
    let (error, reason) = refused(signed);
    assert_eq!(error, E::InvalidSignature);
    assert!(reason.contains("'20261123' != '20261122'"), "{reason}");
}

#[test]
fn secrets_stay_out_of_debug_output() {
    let shown = format!("{:?}", keys());
    assert!(
        !shown.contains("the-secret") && !shown.contains("the-token"),
        "{shown}"
    );
}
