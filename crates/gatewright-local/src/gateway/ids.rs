//! The ids of a response.

use gatewright_document::ApiKind;
use http::{HeaderMap, HeaderName, HeaderValue};

/// An id of the form that the service gives, counted up so that the output of tests stays the same.
pub(super) fn request_id(kind: ApiKind, number: u64) -> String {
    match kind {
        ApiKind::Rest => format!("00000000-0000-4000-8000-{number:012x}"),
        ApiKind::Http => format!("{number:015x}="),
    }
}

pub(super) fn add_ids(headers: &mut HeaderMap, kind: ApiKind, number: u64) {
    let gateway_id = request_id(ApiKind::Http, number);
    let ids = match kind {
        ApiKind::Rest => vec![
            ("x-amzn-requestid", request_id(kind, number)),
            ("x-amz-apigw-id", gateway_id),
        ],
        ApiKind::Http => vec![("apigw-requestid", gateway_id)],
    };
    for (name, id) in ids {
        if let Ok(id) = HeaderValue::try_from(id) {
            headers.insert(HeaderName::from_static(name), id);
        }
    }
}
