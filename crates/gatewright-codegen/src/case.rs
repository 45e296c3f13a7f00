//! Names in the cases that Rust writes them in.
//!
//! ```
//! use gatewright_codegen::case;
//!
//! assert_eq!(case::snake("XMLHttpRequest2"), "xml_http_request2");
//! assert_eq!(case::shouty("api_key"), "API_KEY");
//! assert_eq!(case::upper_camel("get-pet_byID"), "GetPetById");
//! ```

/// `snake_case`: names of methods, arguments and members.
pub fn snake(text: &str) -> String {
    let words: Vec<_> = words(text).into_iter().map(str::to_lowercase).collect();
    words.join("_")
}

/// `SHOUTY_SNAKE_CASE`: names of constants.
pub fn shouty(text: &str) -> String {
    let words: Vec<_> = words(text).into_iter().map(str::to_uppercase).collect();
    words.join("_")
}

/// `UpperCamelCase`: names of types and variants.
pub fn upper_camel(text: &str) -> String {
    words(text).into_iter().map(capitalized).collect()
}

fn capitalized(word: &str) -> String {
    let mut rest = word.chars();
    let first = rest.next().into_iter().flat_map(char::to_uppercase);
    first.collect::<String>() + &rest.as_str().to_lowercase()
}

/// The words of a text: what is neither letter nor digit stands between them, and so does a change of case.
fn words(text: &str) -> Vec<&str> {
    let pieces = text.split(|character: char| !character.is_alphanumeric());
    let pieces = pieces.filter(|piece| !piece.is_empty());
    let mut words = Vec::new();
    pieces.for_each(|piece| split(piece, &mut words));
    words
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Case {
    Lower,
    Upper,
}

fn case_of(character: char) -> Option<Case> {
    if character.is_lowercase() {
        Some(Case::Lower)
    } else {
        character.is_uppercase().then_some(Case::Upper)
    }
}

/// A word ends before a capital that follows a small letter, digits between them or not, and before the last of several
/// capitals if a small letter follows: `a1|B`, `XML|Http`. The `s` of a plural belongs to its capitals: `pet|IDs`, `URLs|Of`.
fn split<'a>(piece: &'a str, words: &mut Vec<&'a str>) {
    let mut start = 0;
    let mut before = None;
    let mut characters = piece.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let own = case_of(character);
        let now = own.or(before);
        let Some(&(next_at, next)) = characters.peek() else {
            break;
        };
        let end = match (now, case_of(next)) {
            (Some(Case::Lower), Some(Case::Upper)) => Some(next_at),
            (_, Some(Case::Lower)) if before == Some(Case::Upper) && own == before => {
                (!is_plural(&piece[next_at..])).then_some(at)
            }
            _ => None,
        };
        before = now;
        if let Some(end) = end {
            words.push(&piece[start..end]);
            (start, before) = (end, None);
        }
    }
    words.push(&piece[start..]);
}

/// Whether what follows capitals makes a plural of them.
fn is_plural(rest: &str) -> bool {
    let after = rest.strip_prefix('s').map(|after| after.chars().next());
    after.is_some_and(|next| next.is_none_or(|next| case_of(next) != Some(Case::Lower)))
}

#[cfg(test)]
mod tests {
    use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

    use super::{shouty, snake, upper_camel, words};

    const PIECES: &[&str] = &[
        "a", "b", "A", "B", "1", "_", "-", " ", "é", "É", "ß", "σ", "ǆ", "ǅ", "漢", "ﬁ", "İ",
        "XML", "Http", "👍",
    ];

    #[test]
    fn words_end_where_case_changes() {
        assert_eq!(words("a1B_XMLHttp--x"), ["a1", "B", "XML", "Http", "x"]);
        assert_eq!(words("-_ "), [""; 0]);
    }

    #[test]
    fn the_plural_of_capitals_is_one_word() {
        assert_eq!(
            words("petIDs_URLsOf KPIs2"),
            ["pet", "IDs", "URLs", "Of", "KPIs2"]
        );
        assert_eq!(
            words("XMLsort AsIs DNSsec"),
            ["XM", "Lsort", "As", "Is", "DN", "Ssec"]
        );
        assert_eq!(
            (snake("petIDs"), upper_camel("KPIs")),
            ("pet_ids".into(), "Kpis".into())
        );
    }

    /// The crate that clients were named with before: nobody's methods may change their names. A capital sigma that is a word by
    /// itself is the one exception that was found; Unicode makes it `σ`, heck `ς`. That a plural is one word is ours, and no piece
    /// makes one.
    #[test]
    fn every_name_is_what_heck_makes_of_it() {
        let mut state = 1_u64;
        let mut below = |end: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            usize::try_from(state >> 33).unwrap_or_default() % end
        };
        for _ in 0..20_000 {
            let text: String = (0..below(8)).map(|_| PIECES[below(PIECES.len())]).collect();
            assert_eq!(snake(&text), text.to_snake_case(), "{text:?}");
            assert_eq!(shouty(&text), text.to_shouty_snake_case(), "{text:?}");
            assert_eq!(upper_camel(&text), text.to_upper_camel_case(), "{text:?}");
        }
    }
}
