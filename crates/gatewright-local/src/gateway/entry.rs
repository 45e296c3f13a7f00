//! The log's entry of a request, with its credentials hidden.

use bytes::Bytes;
use gatewright_document::{Kind, Operation, Place};
use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
use http::request::Parts;
use http::{HeaderMap, HeaderName, Response};

use super::{MOST_BODY, Seen};
use crate::canned::title;
use crate::log::{Received, Verdict, shown_target};
use crate::refusal::Refusal;

pub(super) fn received(
    mut parts: Parts,
    body: Bytes,
    seen: Seen<'_>,
    answer: &Result<Response<Bytes>, Refusal>,
    response: &Response<Bytes>,
) -> Received {
    hide_credentials(&mut parts.headers);
    let verdict = match answer {
        Ok(_) => Verdict::Passed,
        Err(refusal) => Verdict::Refused {
            error: refusal.error,
            reason: refusal.reason.clone(),
        },
    };
    Received {
        shown: shown_target(&parts.uri, &secret_parameters(seen.operation)),
        method: parts.method,
        uri: parts.uri,
        headers: parts.headers,
        body: if body.len() > MOST_BODY {
            Bytes::new()
        } else {
            body
        },
        operation: seen.operation.map(title),
        operation_id: seen.operation.and_then(|operation| operation.id.clone()),
        principal: seen.principal,
        status: response.status(),
        verdict,
    }
}

/// The query parameters that an authorizer of the operation reads, and the secrets of a presigned URL.
fn secret_parameters(operation: Option<&Operation>) -> Vec<&str> {
    let demands = operation.map_or(&[][..], |operation| &operation.security.all_of);
    let places = demands.iter().flat_map(|demand| match &demand.kind {
        Kind::Token { places, .. } => places.as_slice(),
        _ => &[],
    });
    let query = places.filter_map(|place| match place {
        Place::Query(name) => Some(name.as_str()),
        Place::Header(_) => None,
    });
    query
        .chain(["X-Amz-Signature", "X-Amz-Security-Token"])
        .collect()
}

fn hide_credentials(headers: &mut HeaderMap) {
    let names = [AUTHORIZATION, PROXY_AUTHORIZATION, COOKIE];
    let more = ["x-api-key", "x-amz-security-token"].map(HeaderName::from_static);
    for (name, value) in headers.iter_mut() {
        if names.contains(name) || more.contains(name) {
            value.set_sensitive(true);
        }
    }
}
