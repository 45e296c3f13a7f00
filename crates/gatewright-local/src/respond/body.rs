//! The body of a documented response.

use bytes::Bytes;
use gatewright_document::{Document, Media, Response};
use serde_json::Value;

use super::schema::sample;
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
    let made = || sample(media.schema.as_ref()?, &document.schemas);
    media.example.clone().or_else(made)
}

/// Text that is not JSON goes out without quotes.
fn bytes(media: &str, value: Value) -> Bytes {
    match value {
        Value::String(text) if !is_json(media) => Bytes::from(text),
        other => Bytes::from(other.to_string()),
    }
}
