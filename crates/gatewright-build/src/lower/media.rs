//! Media types: which one to speak where a document offers several.

use gatewright_document::Media;
use indexmap::IndexMap;

/// `application/json`, `application/problem+json`, with or without parameters.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// `application/x-www-form-urlencoded`.
pub(super) fn is_form(media_type: &str) -> bool {
    essence(media_type) == "application/x-www-form-urlencoded"
}

/// `multipart/form-data`.
pub(super) fn is_multipart(media_type: &str) -> bool {
    essence(media_type) == "multipart/form-data"
}

fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Text that is safe to decode for a person; everything else is bytes.
pub(super) fn is_text(media_type: &str) -> bool {
    let lower = media_type.to_ascii_lowercase();
    lower.starts_with("text/") || lower.contains("xml") || lower.contains("*/*")
}

/// JSON if there is any, else the first.
pub(super) fn preferred(content: &IndexMap<String, Media>) -> Option<(&str, &Media)> {
    let json = content.iter().find(|(name, _)| is_json(name));
    json.or_else(|| content.first())
        .map(|(name, media)| (name.as_str(), media))
}

/// The media type to send a raw body as, where there is no choice. A multipart body brings its own boundary.
pub(super) fn fixed(content: &IndexMap<String, Media>) -> Option<String> {
    let (name, _) = content.first().filter(|_| content.len() == 1)?;
    (is_value(name) && !name.contains('*') && !name.starts_with("multipart/")).then(|| name.clone())
}

/// Whether a text can stand in a header.
pub(super) fn is_value(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}
