//! `application/x-www-form-urlencoded` bodies.

use serde::Serialize;

use crate::RequestError;
use crate::client::QueryStyle;
use crate::client::style::{self, Pair, Shape};
use gatewright_core::kit::printable::Printable;

/// The members of `value` as pairs, in order: scalars as text, lists as one pair for each item, `null` not at all. `styles`
/// sets another style for the members that it names.
///
/// Strictly encoded (RFC 3986, a space as `%20`), which every decoder of forms reads; a `+` would not survive all.
pub(crate) fn encode<T: Serialize + ?Sized>(
    value: &T,
    styles: &[(&str, QueryStyle)],
) -> Result<String, RequestError> {
    let members = match Shape::of(value).map_err(RequestError::encode)? {
        Shape::Object(members) => members,
        Shape::Nothing => return Ok(String::new()),
        _ => return Err(RequestError::encode("a form is made of an object")),
    };
    let mut pairs = Vec::new();
    for (name, value) in &members {
        pairs.extend(pairs_of(name, value, styles)?);
    }
    let pairs = pairs.iter().map(|(name, text)| format!("{name}={text}"));
    Ok(pairs.collect::<Vec<_>>().join("&"))
}

fn pairs_of(
    name: &str,
    value: &Shape,
    styles: &[(&str, QueryStyle)],
) -> Result<Vec<Pair>, RequestError> {
    let style = styles.iter().find(|(of, _)| *of == name);
    if style.is_none() && matches!(value, Shape::Object(_)) {
        let name = Printable::name(name);
        let message = format!("the member `{name}` is an object, which a form cannot hold");
        return Err(RequestError::encode(message));
    }
    let style = style.map_or(QueryStyle::EXPLODED, |(_, style)| *style);
    style::pairs_of(style, name, value).map_err(|fault| {
        RequestError::encode(format!("the member `{}` {fault}", Printable::name(name)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn members_become_pairs() {
        let value = json!({"a b": "c&d=é+", "n": 1.5, "no": null, "tags": ["x", true]});
        assert_eq!(
            encode(&value, &[]).unwrap(),
            "a%20b=c%26d%3D%C3%A9%2B&n=1.5&tags=x&tags=true"
        );
    }

    #[test]
    fn what_a_form_cannot_hold_is_refused_by_name_and_not_by_value() {
        let error = encode(&json!({"inner": {"secret": "hunter2"}}), &[]).unwrap_err();
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert!(
            source.contains("`inner`") && !source.contains("hunter2"),
            "{source}"
        );
        assert!(encode(&json!("text"), &[]).is_err());
    }

    #[test]
    fn a_name_in_a_message_is_cut_and_hides_nothing() {
        let name = format!("a\n\u{202e}{}", "é".repeat(1 << 20));
        let error = encode(&json!({name: {"a": 1}}), &[]).unwrap_err();
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert!(source.starts_with("the member `a \u{fffd}é"), "{source}");
        assert!(source.chars().count() < 200);
    }

    #[test]
    fn a_member_may_have_a_style_of_its_own() {
        let value = json!({"at": {"x": 1, "y": [2]}, "color": ["a", "b"], "plain": [1, 2]});
        let styles = [("at", QueryStyle::JSON), ("color", QueryStyle::PIPE)];
        assert_eq!(
            encode(&value, &styles).unwrap(),
            "at=%7B%22x%22%3A1%2C%22y%22%3A%5B2%5D%7D&color=a%7Cb&plain=1&plain=2"
        );
        let error = encode(&value, &[("at", QueryStyle::EXPLODED)]).unwrap_err();
        let source = std::error::Error::source(&error).unwrap().to_string();
        assert!(source.contains("`at` holds a list"), "{source}");
    }
}
