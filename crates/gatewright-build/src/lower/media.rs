//! Media types: what each makes of a body, and which one to speak where a document offers several.

use gatewright_document::Media;
use indexmap::IndexMap;

use super::schema::Schemas;
use super::schema::body_use::BodyUse;

/// What a body is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// JSON, sent and asked for as this media type.
    Json(String),
    /// `application/x-www-form-urlencoded`.
    Form,
    /// `multipart/form-data`.
    Multipart,
    /// Text of this media type.
    Text(String),
    /// Bytes of this media type, if it is one and not a range.
    Bytes(Option<String>),
    /// It depends.
    Any,
}

impl Kind {
    /// What a media type makes of a body that is said to be so.
    fn of(media_type: &str, said: BodyUse) -> Self {
        let essence = essence(media_type);
        let (is_range, is_text) = (essence.contains('*'), essence.starts_with("text/"));
        match said {
            _ if is_json(media_type) => Kind::Json(media_type.to_owned()),
            _ if essence == "application/x-www-form-urlencoded" => Kind::Form,
            _ if essence == "multipart/form-data" => Kind::Multipart,
            // What is neither text nor bytes is JSON, if the document leaves the choice.
            BodyUse::Value if is_range && !is_text => Kind::Json("application/json".to_owned()),
            BodyUse::Text if essence == "text/*" => Kind::Text("text/plain".to_owned()),
            BodyUse::Text if is_text && is_value(media_type) => Kind::Text(media_type.to_owned()),
            BodyUse::Binary if is_range => Kind::Bytes(None),
            _ if is_range || is_text || essence.contains("xml") || !is_value(media_type) => {
                Kind::Any
            }
            _ => Kind::Bytes(Some(media_type.to_owned())),
        }
    }

    /// What is easiest to call with comes first.
    const fn rank(&self) -> u8 {
        match self {
            Kind::Json(_) => 0,
            Kind::Form => 1,
            Kind::Multipart => 2,
            Kind::Text(_) => 3,
            Kind::Bytes(_) | Kind::Any => 4,
        }
    }
}

/// The media type to send a body as: JSON, forms and text in this order, else the first.
pub(super) fn to_send<'a>(
    content: &'a IndexMap<String, Media>,
    schemas: &Schemas<'a>,
) -> Option<(&'a str, Kind, &'a Media)> {
    all(content, schemas).min_by_key(|(_, kind, _)| kind.rank())
}

/// The media type to ask for: JSON if there is any, else the first.
pub(super) fn to_ask<'a>(
    content: &'a IndexMap<String, Media>,
    schemas: &Schemas<'a>,
) -> Option<(Kind, &'a Media)> {
    let all = all(content, schemas).map(|(_, kind, media)| (kind, media));
    all.min_by_key(|(kind, _)| u8::from(!matches!(kind, Kind::Json(_))))
}

fn all<'a>(
    content: &'a IndexMap<String, Media>,
    schemas: &Schemas<'a>,
) -> impl Iterator<Item = (&'a str, Kind, &'a Media)> {
    content.iter().map(|(media_type, media)| {
        let said = BodyUse::of(schemas, media.schema.as_ref());
        (media_type.as_str(), Kind::of(media_type, said), media)
    })
}

/// `application/json`, `application/problem+json`, with or without parameters.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence == "application/json" || essence == "text/json" || essence.ends_with("+json")
}

/// A media type without its parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// The media type to send a raw body as, where there is no choice. A multipart body brings its own boundary.
pub(super) fn fixed(content: &IndexMap<String, Media>) -> Option<String> {
    let (name, _) = content.first().filter(|_| content.len() == 1)?;
    (is_value(name) && !name.contains('*') && !name.starts_with("multipart/")).then(|| name.clone())
}

/// Whether a text can stand in a header.
fn is_value(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| (0x20..0x7f).contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_media_type_and_a_schema_together_say_what_a_body_is() {
        let json = |name: &str| Kind::Json(name.to_owned());
        let text = |name: &str| Kind::Text(name.to_owned());
        let bytes = |name: &str| Kind::Bytes(Some(name.to_owned()));
        for (media_type, said, kind) in [
            (
                "application/json",
                BodyUse::Nothing,
                json("application/json"),
            ),
            (
                "application/problem+json",
                BodyUse::Value,
                json("application/problem+json"),
            ),
            ("*/*", BodyUse::Value, json("application/json")),
            ("application/*", BodyUse::Value, json("application/json")),
            ("*/*", BodyUse::Text, Kind::Any),
            ("*/*", BodyUse::Nothing, Kind::Any),
            ("*/*", BodyUse::Binary, Kind::Bytes(None)),
            (
                "text/csv; header=present",
                BodyUse::Text,
                text("text/csv; header=present"),
            ),
            ("text/*", BodyUse::Text, text("text/plain")),
            ("text/html", BodyUse::Nothing, Kind::Any),
            ("image/png", BodyUse::Binary, bytes("image/png")),
            ("application/jwt", BodyUse::Text, bytes("application/jwt")),
            ("application/xml", BodyUse::Value, Kind::Any),
            ("bad\nname", BodyUse::Binary, Kind::Any),
            ("Multipart/Form-Data", BodyUse::Value, Kind::Multipart),
            (
                "application/x-www-form-urlencoded",
                BodyUse::Value,
                Kind::Form,
            ),
        ] {
            assert_eq!(Kind::of(media_type, said), kind, "{media_type} {said:?}");
        }
    }
}
