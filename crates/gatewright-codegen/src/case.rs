//! Names in the cases that Rust writes them in.
//!
//! ```
//! use gatewright_codegen::case;
//!
//! assert_eq!(case::snake("XMLHttpRequest2"), "xml_http_request2");
//! assert_eq!(case::snake("petIDs"), "pet_ids");
//! assert_eq!(case::shouty("api_key"), "API_KEY");
//! assert_eq!(case::upper_camel("get-pet_byID"), "GetPetById");
//! ```

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// `snake_case`: names of methods, arguments and members.
pub fn snake(text: &str) -> String {
    with_plurals(text).to_snake_case()
}

/// `SHOUTY_SNAKE_CASE`: names of constants.
pub fn shouty(text: &str) -> String {
    with_plurals(text).to_shouty_snake_case()
}

/// `UpperCamelCase`: names of types and variants.
pub fn upper_camel(text: &str) -> String {
    with_plurals(text).to_upper_camel_case()
}

/// The text with `Ids` for `IDs`: the `s` of a plural belongs to the capitals before it (`pet|IDs`, `URLs|Of`), and `heck` would
/// take their last for the beginning of a word.
fn with_plurals(text: &str) -> String {
    let mut characters: Vec<char> = text.chars().collect();
    // Of the word that is read, if nothing in it is small.
    let mut capitals = Vec::new();
    for at in 0..characters.len() {
        let character = characters[at];
        if character.is_uppercase() {
            capitals.push(at);
            if capitals.len() > 1 && is_plural(&characters[at + 1..]) {
                for capital in capitals.drain(1..) {
                    characters[capital] = small(characters[capital]);
                }
            }
        } else if character.is_lowercase() || !character.is_alphanumeric() {
            capitals.clear();
        }
    }
    characters.into_iter().collect()
}

/// Whether what follows capitals makes a plural of them.
fn is_plural(rest: &[char]) -> bool {
    let after = rest.strip_prefix(&['s']).map(<[char]>::first);
    after.is_some_and(|next| next.is_none_or(|next| !next.is_lowercase()))
}

/// The small letter, if it is one.
fn small(capital: char) -> char {
    let mut letters = capital.to_lowercase();
    match (letters.next(), letters.next()) {
        (Some(letter), None) => letter,
        _ => capital,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_case_changes() {
        assert_eq!(snake("a1B_XMLHttp--x"), "a1_b_xml_http_x");
        assert_eq!(upper_camel("-_ "), "");
        assert_eq!(shouty("éÉß漢a"), "É_ÉSS漢A");
    }

    #[test]
    fn the_plural_of_capitals_is_one_word() {
        for (text, name) in [
            ("petIDs", "pet_ids"),
            ("petIDs_URLsOf KPIs2", "pet_ids_urls_of_kpis2"),
            ("ABCDs", "abcds"),
            ("I2Ds", "i2ds"),
            ("漢IDs-ÉÉs", "漢ids_éés"),
        ] {
            assert_eq!(snake(text), name, "{text}");
        }
        assert_eq!(
            (upper_camel("KPIs"), shouty("IDs")),
            ("Kpis".into(), "IDS".into())
        );
    }

    #[test]
    fn a_word_that_begins_with_an_s_is_no_plural() {
        for (text, name) in [
            ("XMLsort", "xm_lsort"),
            ("DNSsec", "dn_ssec"),
            ("AsIs", "as_is"),
            ("Is", "is"),
            ("aXs", "a_xs"),
            ("As_Bs", "as_bs"),
            ("IDS", "ids"),
            ("s", "s"),
        ] {
            assert_eq!(snake(text), name, "{text}");
        }
    }
}
