//! The body of a documented response.

use bytes::Bytes;
use gatewright_document::{Document, Media, Response};
use serde_json::Value;

use crate::fits;
use crate::sample::{self, Side};
use crate::validate::is_json;

/// The media type and the bytes: JSON if the response has it, else its first media type.
pub(super) fn of(document: &Document, response: &Response) -> Option<(String, Bytes)> {
    let content = || response.content.iter();
    let (name, media) = content()
        .find(|(name, _)| is_json(name))
        .or_else(|| content().next())?;
    let value = value(document, media)?;
    Some((name.clone(), bytes(name, value)))
}

fn value(document: &Document, media: &Media) -> Option<Value> {
    // What contradicts its own schema is of no use to who reads answers by it.
    let fits = |example: &Value| {
        let schema = media.schema.as_ref();
        schema.is_none_or(|schema| {
            fits::check(example, schema, &document.schemas, Side::Response).is_ok()
        })
    };
    let made = || sample::made(media.schema.as_ref()?, &document.schemas, Side::Response);
    media.example.clone().filter(fits).or_else(made)
}

/// Text that is not JSON goes out without quotes.
fn bytes(media: &str, value: Value) -> Bytes {
    match value {
        Value::String(text) if !is_json(media) => Bytes::from(text),
        other => Bytes::from(other.to_string()),
    }
}
