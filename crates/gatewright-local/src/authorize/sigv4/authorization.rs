//! The `Authorization` header of Signature Version 4, and what stands for it in the query of a presigned URL.

use std::borrow::Cow;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ring::digest::{SHA256, digest};

use crate::call::Call;
use crate::gateway_error::GatewayError as E;
use crate::refusal::Refusal;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// `AWS4-HMAC-SHA256 Credential=id/date/region/service/aws4_request, SignedHeaders=a;b, Signature=hex`.
#[derive(Debug)]
pub(super) struct Authorization<'a> {
    pub(super) access_key_id: Cow<'a, str>,
    pub(super) date: Cow<'a, str>,
    pub(super) region: Cow<'a, str>,
    pub(super) service: Cow<'a, str>,
    /// In lower case and sorted.
    pub(super) signed_headers: Vec<String>,
    pub(super) signature: Cow<'a, str>,
    /// What else the query of a presigned URL says.
    pub(super) presigned: Option<Presigned>,
}

/// The query of a presigned URL ("Add the signature to the request" in the IAM user guide).
#[derive(Debug)]
pub(super) struct Presigned {
    /// `X-Amz-Date`.
    pub(super) stamp: String,
    /// `X-Amz-Expires`.
    pub(super) lifetime: Duration,
    /// `X-Amz-Security-Token`.
    pub(super) token: Option<String>,
}

/// The longest lifetime of a presigned URL: seven days.
const LONGEST: u64 = 604_800;

impl<'a> Authorization<'a> {
    /// Reads the header. The refusals never quote it: it may hold a token that was meant for someone else.
    pub(super) fn read(call: Call<'a>) -> Result<Self, Refusal> {
        let Some(value) = call.header("authorization") else {
            if call.query("X-Amz-Algorithm").is_some() {
                return Self::of_query(call);
            }
            let reason = "the operation asks for a signature, and no Authorization header was sent";
            return Err(Refusal::because(E::MissingAuthenticationToken, reason));
        };
        let (algorithm, fields) = value.split_once(' ').unwrap_or((value, ""));
        let fields = fields
            .split(',')
            .map(str::trim)
            .filter(|field| !field.is_empty());
        let fields: Option<Vec<_>> = fields.map(|field| field.split_once('=')).collect();
        match fields {
            Some(fields) if !fields.is_empty() => Self::from_fields(algorithm, &fields, call),
            _ => Err(not_key_value(value)),
        }
    }

    fn from_fields(
        algorithm: &str,
        fields: &[(&'a str, &'a str)],
        call: Call<'a>,
    ) -> Result<Self, Refusal> {
        if algorithm != ALGORITHM {
            return Err(wrong_algorithm());
        }
        let [Some(credential), Some(signature), Some(signed_headers)] =
            PARTS.map(|part| field(fields, part))
        else {
            return Err(missing(fields, call));
        };
        let scope: Vec<_> = credential.split('/').collect();
        let [access_key_id, date, region, service, "aws4_request"] = scope[..] else {
            return Err(not_five());
        };
        Ok(Self {
            access_key_id: access_key_id.into(),
            date: date.into(),
            region: region.into(),
            service: service.into(),
            signed_headers: sorted_names(signed_headers),
            signature: signature.into(),
            presigned: None,
        })
    }

    fn of_query(call: Call<'_>) -> Result<Self, Refusal> {
        let value = |name: &str| call.query(&format!("X-Amz-{name}")).unwrap_or_default();
        if value("Algorithm") != ALGORITHM {
            return Err(wrong_algorithm());
        }
        let missing = QUERY_PARTS.iter().filter(|part| value(part).is_empty());
        let missing =
            missing.map(|part| format!("AWS query-string parameters must include 'X-Amz-{part}'."));
        let missing: Vec<_> = missing.collect();
        if !missing.is_empty() {
            return Err(incomplete(missing.join(" ")));
        }
        let credential = value("Credential");
        let scope: Vec<_> = credential.split('/').map(str::to_owned).collect();
        let [access_key_id, date, region, service, end] =
            <[String; 5]>::try_from(scope).map_err(|_| not_five())?;
        let lifetime = value("Expires").parse().ok();
        let lifetime = lifetime.filter(|seconds| (1..=LONGEST).contains(seconds));
        match lifetime {
            Some(seconds) if end == "aws4_request" => Ok(Self {
                access_key_id: access_key_id.into(),
                date: date.into(),
                region: region.into(),
                service: service.into(),
                signed_headers: sorted_names(&value("SignedHeaders")),
                signature: value("Signature").into(),
                presigned: Some(Presigned {
                    stamp: value("Date"),
                    lifetime: Duration::from_secs(seconds),
                    token: call.query("X-Amz-Security-Token"),
                }),
            }),
            Some(_) => Err(not_five()),
            None => Err(incomplete(
                "X-Amz-Expires must be a number of seconds of at least 1 and at most 604800.",
            )),
        }
    }
}

/// What the query of a presigned URL has to have beside the algorithm.
const QUERY_PARTS: [&str; 5] = [
    "Credential",
    "Signature",
    "SignedHeaders",
    "Date",
    "Expires",
];

fn wrong_algorithm() -> Refusal {
    incomplete(format!(
        "Unsupported AWS 'algorithm': it must be '{ALGORITHM}'."
    ))
}

fn not_five() -> Refusal {
    incomplete(
        "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/aws4_request.",
    )
}

fn sorted_names(signed_headers: &str) -> Vec<String> {
    let names = signed_headers.split(';').map(str::to_ascii_lowercase);
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

/// What a header has to have, in the order in which AWS names what is missing.
const PARTS: [&str; 3] = ["Credential", "Signature", "SignedHeaders"];

/// What AWS says where neither of the headers with the time is there.
pub(super) const NO_DATE: &str =
    "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.";

fn field<'a>(fields: &[(&str, &'a str)], name: &str) -> Option<&'a str> {
    let mut found = fields.iter();
    let found = found.find(|(key, value)| *key == name && !value.is_empty());
    found.map(|(_, value)| *value)
}

/// Everything that is missing, in one message, as AWS puts it; the header itself by its hash alone.
fn missing(fields: &[(&str, &str)], call: Call<'_>) -> Refusal {
    let parts = PARTS.iter().filter(|part| field(fields, part).is_none());
    let parts = parts.map(|part| format!("Authorization header requires '{part}' parameter."));
    let has_date = call.header("x-amz-date").or(call.header("date")).is_some();
    let date = (!has_date).then(|| NO_DATE.to_owned());
    let hash = hash(call.header("authorization").unwrap_or_default());
    let hash = format!("(Hashed with SHA-256 and encoded with Base64) Authorization={hash}");
    let all: Vec<_> = parts.chain(date).chain([hash]).collect();
    incomplete(all.join(" "))
}

fn hash(value: &str) -> String {
    BASE64_STANDARD.encode(digest(&SHA256, value.as_bytes()))
}

/// AWS quotes the header by its hash, so that a token that ended up here does not end up in a log.
fn not_key_value(value: &str) -> Refusal {
    let hash = hash(value);
    incomplete(format!(
        "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with \
         Base64): '{hash}'."
    ))
}

fn incomplete(message: impl Into<String>) -> Refusal {
    Refusal::saying(E::IncompleteSignature, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixtures::{call, get};

    fn refusal(value: &str) -> Refusal {
        let mut request = get("/");
        request
            .headers
            .insert("authorization", value.parse().unwrap());
        Authorization::read(call(&request, b"")).unwrap_err()
    }

    #[test]
    fn fields_may_come_in_any_order_and_without_spaces() {
        let mut request = get("/");
        let value = "AWS4-HMAC-SHA256 Signature=ab,SignedHeaders=X-Amz-Date;host,Credential=id/20260102/r/s/aws4_request";
        request
            .headers
            .insert("authorization", value.parse().unwrap());
        let read = Authorization::read(call(&request, b"")).unwrap();
        assert_eq!(
            [read.access_key_id, read.date, read.region, read.service],
            ["id", "20260102", "r", "s"]
        );
        assert_eq!(read.signed_headers, ["host", "x-amz-date"]);
        assert_eq!(read.signature, "ab");
    }

    #[test]
    fn no_header_is_a_missing_token() {
        let refusal = Authorization::read(call(&get("/"), b"")).unwrap_err();
        assert_eq!(refusal.error, E::MissingAuthenticationToken);
    }

    #[test]
    fn a_bearer_token_is_refused_without_being_quoted() {
        for value in [
            "Bearer s3cret",
            "s3cret",
            "Bearer s3cret=",
            "s3cret a=b",
            "AWS4-HMAC-SHA256 s3cret",
        ] {
            let refusal = refusal(value);
            assert_eq!(refusal.error, E::IncompleteSignature, "{value}");
            assert!(!refusal.reason.contains("s3cret"), "{}", refusal.reason);
        }
    }

    #[test]
    fn the_missing_part_is_named() {
        let credential = "Credential=id/20260102/r/s/aws4_request";
        let headers = "SignedHeaders=host";
        for (value, part) in [
            (format!("{credential}, {headers}"), "'Signature'"),
            (
                format!("{credential}, {headers}, Signature="),
                "'Signature'",
            ),
            (format!("{credential}, Signature=ab"), "'SignedHeaders'"),
            (format!("{headers}, Signature=ab"), "'Credential'"),
            (
                format!("Credential=id/r/s/aws4_request, {headers}, Signature=ab"),
                "5 slash-delimited",
            ),
            (
                format!("Credential=id/20260102/r/s/other, {headers}, Signature=ab"),
                "5 slash-delimited",
            ),
        ] {
            let refusal = refusal(&format!("AWS4-HMAC-SHA256 {value}"));
            assert_eq!(refusal.error, E::IncompleteSignature);
            assert!(refusal.reason.contains(part), "{value}: {}", refusal.reason);
        }
    }
}
