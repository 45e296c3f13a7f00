//! Credentials in texts that servers send back.
//!
//! API Gateway repeats a malformed `authorization` with the token in it ("'..' not a valid key=value pair (missing
//! equal-sign) in Authorization header: 'Bearer ..'"), and a signature that does not match with the canonical request,
//! session token and API key included ("The Canonical String for this request should have been ..").

use std::borrow::Cow;
use std::fmt;

const MASK: &str = "[redacted]";

/// What stands before a credential that is one word, in lower case.
const BEFORE_WORD: [&str; 3] = ["bearer ", "basic ", "signature="];

/// What stands before a credential that fills the rest of its line, in lower case.
const BEFORE_LINE: [&str; 6] = [
    "authorization=",
    "authorization:",
    "x-amz-security-token:",
    "x-amz-security-token=",
    "x-api-key:",
    "cookie:",
];

/// What stands around a credential that is repeated whole, blanks and quotes included.
const AROUND: [(&str, &str); 2] = [
    ("'", "' not a valid key=value pair"),
    ("Authorization header: '", "'."),
];

/// `text` without the credentials that it repeats.
pub(super) fn redact(text: &str) -> Cow<'_, str> {
    let mut text = Cow::Borrowed(text);
    for (before, after) in AROUND {
        if let Some(masked) = mask_between(&text, before, after) {
            text = Cow::Owned(masked);
        }
    }
    match mask_words(&text) {
        Some(masked) => Cow::Owned(masked),
        None => text,
    }
}

/// Masks from the first `before` to the last `after`, so that a quote in the credential ends nothing. Without an `after`
/// the text was cut off, and all of the rest is masked.
fn mask_between(text: &str, before: &str, after: &str) -> Option<String> {
    if !text.contains("not a valid key=value pair") {
        return None;
    }
    let start = text.find(before)? + before.len();
    let end = text[start..]
        .rfind(after)
        .map_or(text.len(), |at| start + at);
    Some(format!("{}{MASK}{}", &text[..start], &text[end..]))
}

fn mask_words(text: &str) -> Option<String> {
    let lower = text.to_ascii_lowercase();
    let mut out = String::new();
    let mut done = 0;
    while let Some((start, end)) = next_secret(&lower[done..]) {
        out.push_str(&text[done..done + start]);
        out.push_str(MASK);
        done += end;
    }
    if done == 0 {
        return None;
    }
    out.push_str(&text[done..]);
    Some(out)
}

/// Where the next credential begins and ends.
fn next_secret(lower: &str) -> Option<(usize, usize)> {
    let words = BEFORE_WORD
        .iter()
        .filter_map(|it| after(lower, it, ends_word));
    let lines = BEFORE_LINE
        .iter()
        .filter_map(|it| after(lower, it, ends_line));
    words.chain(lines).chain(next_jwt(lower)).min()
}

/// The first text after `marker` that is not mere prose ("the bearer token is missing").
fn after(lower: &str, marker: &str, ends: fn(char) -> bool) -> Option<(usize, usize)> {
    let starts = lower.match_indices(marker).map(|(at, _)| at + marker.len());
    let texts = starts.map(|start| {
        let start = lower.len() - lower[start..].trim_start_matches(' ').len();
        (start, end(lower, start, ends))
    });
    texts
        .into_iter()
        .find(|(start, end)| !is_prose(&lower[*start..*end]))
}

/// No token is a short word of letters alone, nor is the name of a parameter (`Bearer scope=".."`, in a challenge).
fn is_prose(text: &str) -> bool {
    let word = text.trim_end_matches('=');
    word.len() < 20
        && word
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
}

fn end(text: &str, start: usize, ends: fn(char) -> bool) -> usize {
    text[start..].find(ends).map_or(text.len(), |at| start + at)
}

/// A JSON Web Token begins with `{"` in base64url and has two dots.
fn next_jwt(lower: &str) -> Option<(usize, usize)> {
    let starts = lower.match_indices("eyj").map(|(at, _)| at);
    let mut words = starts.map(|start| (start, end(lower, start, ends_word)));
    words.find(|(start, end)| lower[*start..*end].matches('.').count() >= 2)
}

fn ends_word(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\'' | '"' | ',' | ';' | '\\' | '<' | '>' | ')' | '}')
}

/// A backslash begins a line break in the `Debug` of a text.
fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\\' | '"')
}

/// The words of a decoder without the value that they repeat, as in ``unknown variant `secret`, expected `a` or `b` ``.
pub(super) fn mask_value(text: &str) -> Cow<'_, str> {
    const REPEATS: [&str; 3] = ["invalid type: ", "invalid value: ", "unknown variant "];
    let repeats = REPEATS.iter().any(|begin| text.starts_with(begin));
    let expected = text
        .rfind(", expected")
        .or_else(|| text.rfind(", there are no"));
    let (Some(start), Some(end)) = (text.find(['"', '`']), expected) else {
        return redact(text);
    };
    if !repeats || start > end {
        return redact(text);
    }
    Cow::Owned(format!("{}{MASK}{}", &text[..start], &text[end..]))
}

/// Shows a value as its `Debug` does, without the credentials that it repeats.
pub(super) struct Redacted<'a, T: ?Sized>(pub(super) &'a T);

impl<T: fmt::Debug + ?Sized> fmt::Debug for Redacted<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = if f.alternate() {
            format!("{:#?}", self.0)
        } else {
            format!("{:?}", self.0)
        };
        f.write_str(&redact(&shown))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_malformed_authorization_is_masked_in_both_places() {
        let text = "'s3cr3t' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer s3cr3t'.";
        assert_eq!(
            redact(text),
            "'[redacted]' not a valid key=value pair (missing equal-sign) in Authorization header: '[redacted]'."
        );
    }

    #[test]
    fn quotes_and_blanks_in_a_token_do_not_end_it() {
        let text = "'s3' cr3t' not a valid key=value pair (missing equal-sign) in Authorization header: 's3' cr3t'.";
        assert!(!redact(text).contains("cr3t"), "{}", redact(text));
    }

    #[test]
    fn a_text_that_was_cut_off_is_masked_to_its_end() {
        let text = "'s3cr3t' not a valid key=value pair (missing equal-sign) in Authorization header: 's3cr3";
        assert!(!redact(text).contains("s3cr3"), "{}", redact(text));
    }

    #[test]
    fn a_canonical_request_loses_its_secrets_and_nothing_else() {
        let text = "The Canonical String for this request should have been\n'GET\n/prod/pets\n\nhost:api.test\n\
                    x-amz-date:20260101T000000Z\nx-amz-security-token:IQoJs3cr3t\nx-api-key: s3cr3t\n\nhost;x-amz-date\n'";
        let redacted = redact(text);
        assert!(!redacted.contains("s3cr3t"), "{redacted}");
        assert!(redacted.contains("x-amz-security-token:[redacted]\nx-api-key: [redacted]\n"));
        assert!(redacted.contains("host:api.test\nx-amz-date:20260101T000000Z\n"));
    }

    #[test]
    fn tokens_are_known_by_what_is_before_them_and_by_their_form() {
        for text in [
            "got BEARER  s3cr3t, sorry",
            "authorization: Bearer s3cr3t",
            "the bearer token was Bearer s3cr3t",
            "Cookie: a=1; b=s3cr3t",
            "Authorization header requires 'Credential' parameter. Authorization=s3cr3t",
            "AWS4-HMAC-SHA256 Credential=AKID/20260101, Signature=s3cr3t",
            "the token eyJhbGciOi.s3cr3t.c2ln is not for me",
            "{\"message\": \"Bearer s3cr3t\"}",
        ] {
            let redacted = redact(text);
            assert!(!redacted.contains("s3cr3t"), "{redacted}");
            assert!(redacted.contains(MASK));
        }
    }

    #[test]
    fn other_texts_are_not_touched() {
        for text in [
            "",
            "Invalid request body",
            "it's not 'here'",
            "no bearer",
            "The bearer token is missing, and basic authentication is off",
            "eyJ is how a token begins. Or. Not",
            "Missing required request parameters: [Authorization]",
        ] {
            assert!(
                matches!(redact(text), Cow::Borrowed(same) if same == text),
                "{text}"
            );
        }
    }

    #[test]
    fn a_decoder_does_not_repeat_the_value() {
        #[derive(Debug, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        enum Color {
            Red,
        }
        let words = |error: serde_json::Error| mask_value(&error.to_string()).into_owned();
        let number = serde_json::from_str::<u8>(r#""s3cr3t, expected \"x\"""#).unwrap_err();
        assert_eq!(
            words(number),
            "invalid type: string [redacted], expected u8 at line 1 column 24"
        );
        let variant = serde_json::from_str::<Color>(r#""s3cr3t""#).unwrap_err();
        assert_eq!(
            words(variant),
            "unknown variant [redacted], expected `red` at line 1 column 8"
        );
        let missing = serde_json::from_str::<(u8, u8)>("[1]")
            .unwrap_err()
            .to_string();
        assert!(matches!(mask_value(&missing), Cow::Borrowed(same) if same == missing));
    }

    #[test]
    fn debug_is_masked_in_both_layouts() {
        let message = Some("Bearer s3cr3t");
        assert_eq!(
            format!("{:?}", Redacted(&message)),
            "Some(\"Bearer [redacted]\")"
        );
        assert_eq!(
            format!("{:#?}", Redacted(&message)),
            "Some(\n    \"Bearer [redacted]\",\n)"
        );
    }
}
