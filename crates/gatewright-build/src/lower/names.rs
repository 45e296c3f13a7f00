//! Names: from whatever a document says to what Rust takes, each once in its scope.

use std::collections::{HashMap, HashSet};

use gatewright_codegen::case;
use gatewright_codegen::text::is_ident;
use proc_macro2::{Ident, Span};

/// Names that are taken in one scope.
#[derive(Debug, Default)]
pub(super) struct Scope {
    taken: HashSet<String>,
    /// The first number that may be free for a name that was wanted more than once; to look from 2 on each time would take
    /// forever in a document with a hundred thousand names that all make the same one.
    next: HashMap<String, usize>,
}

impl Scope {
    /// A scope in which `reserved` is taken.
    pub(super) fn with(reserved: &[&str]) -> Self {
        Self {
            taken: reserved.iter().map(|&name| name.to_owned()).collect(),
            next: HashMap::new(),
        }
    }

    /// Takes a name if it is free.
    pub(super) fn take(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_owned())
    }

    /// Takes `name`, or the first of `name_2`, `name_3`... that is free.
    pub(super) fn unique(&mut self, name: &str, separator: &str) -> Ident {
        self.unique_by(name, separator, str::to_owned)
    }

    /// The same for names of which not even the `key` may be that of another.
    pub(super) fn unique_by(
        &mut self,
        name: &str,
        separator: &str,
        key: impl Fn(&str) -> String,
    ) -> Ident {
        if self.take(&key(name)) {
            return ident(name);
        }
        let mut number = self.next.get(name).copied().unwrap_or(2);
        let mut numbered = format!("{name}{separator}{number}");
        while !self.take(&key(&numbered)) {
            number += 1;
            numbered = format!("{name}{separator}{number}");
        }
        self.next.insert(name.to_owned(), number + 1);
        ident(&numbered)
    }
}

/// An identifier; a keyword becomes a raw one, or gets an underscore where there is no raw form.
pub(super) fn ident(name: &str) -> Ident {
    match name {
        "self" | "Self" | "super" | "crate" | "_" => {
            Ident::new(&format!("{name}_"), Span::call_site())
        }
        // Reserved since edition 2024, which `syn` does not ask for.
        "gen" => Ident::new_raw(name, Span::call_site()),
        _ if is_ident(name) => Ident::new(name, Span::call_site()),
        _ => Ident::new_raw(name, Span::call_site()),
    }
}

/// Whether a text is a name in Rust, if need be with `r#`.
pub(super) fn is_name(text: &str) -> bool {
    let has_no_raw_form = matches!(text, "self" | "Self" | "super" | "crate" | "_");
    is_ident(&format!("{text}_")) && !has_no_raw_form && !text.is_empty()
}

/// `petId` as `pet_id`; `fallback` where nothing of the text can stand in a name.
pub(super) fn snake(text: &str, fallback: &str) -> String {
    sound(&case::snake(&words(text)), fallback)
}

/// `pet-id` as `PetId`; `fallback` where nothing of the text can stand in a name.
pub(super) fn camel(text: &str, fallback: &str) -> String {
    sound(&case::upper_camel(&words(text)), fallback)
}

/// The text with a blank for every character that cannot stand in a name. Signs that make a difference in enums
/// (`+1`, `-1`) are spelled out.
fn words(text: &str) -> String {
    let text = match text.as_bytes() {
        [b'+', b'0'..=b'9', ..] => format!("plus {}", &text[1..]),
        [b'-', b'0'..=b'9', ..] => format!("minus {}", &text[1..]),
        _ => text.to_owned(),
    };
    text.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || is_letter(c) {
                c
            } else {
                ' '
            }
        })
        .collect()
}

/// A letter beyond ASCII that Rust takes in a name, and that neither `uncommon_codepoints` nor a normal form of Unicode
/// turns into another: Latin, Greek, Cyrillic, kana, Han and Hangul. (The lint cannot be allowed for a module.)
fn is_letter(c: char) -> bool {
    let is_common = matches!(c,
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ı' | 'Ĵ'..='ľ' | 'Ł'..='ň' | 'Ŋ'..='ž' | 'Ά' | 'Έ'..='ώ' | 'Ѐ'..='џ' | 'Ґ' | 'ґ'
        | 'ぁ'..='ゖ' | 'ァ'..='ヺ' | 'ー' | '一'..='鿋' | '가'..='힣');
    is_common && is_ident(&format!("a{c}"))
}

fn sound(name: &str, fallback: &str) -> String {
    if name.starts_with(|first: char| first.is_ascii_digit()) {
        return format!("_{name}");
    }
    // A keyword is sound: it becomes a raw identifier.
    let is_sound = is_ident(&format!("{name}_"));
    if is_sound && !name.is_empty() {
        name.to_owned()
    } else {
        fallback.to_owned()
    }
}

/// The name of an operation that has none: a pure function of method and path, so that a new operation never renames
/// another. `GET /pets/{petId}` is `get_pets_by_pet_id`, `POST /` is `post_root`.
pub(super) fn of_route(method: &str, path: &str) -> String {
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    let words: Vec<_> = segments.map(segment_words).collect();
    let path = if words.is_empty() {
        "root".to_owned()
    } else {
        words.join(" ")
    };
    snake(
        &format!("{} {path}", method.to_ascii_lowercase()),
        "operation",
    )
}

fn segment_words(segment: &str) -> String {
    segment.replace('{', " by ").replace('}', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn routes_name_operations() {
        assert_eq!(of_route("GET", "/pets/{petId}"), "get_pets_by_pet_id");
        assert_eq!(of_route("POST", "/"), "post_root");
        assert_eq!(of_route("ANY", "/{proxy+}"), "any_by_proxy");
        assert_eq!(of_route("GET", "/v1.0/a-b_c"), "get_v1_0_a_b_c");
    }

    #[test]
    fn any_text_becomes_a_name() {
        assert_eq!(snake("petId", "x"), "pet_id");
        assert_eq!(snake("2fa", "x"), "_2fa");
        assert_eq!(snake("🐶", "x"), "x");
        assert_eq!(snake("", "x"), "x");
        assert_eq!(snake("../../etc", "x"), "etc");
        assert_eq!(camel("日本", "X"), "日本");
        assert_eq!(snake("größeÑ", "x"), "größe_ñ");
        // A long s, a letter of Arabic without its dots, a ligature: rustc warns of them.
        assert_eq!(snake("ſ\u{66e}ﬁ", "x"), "x");
        assert_eq!(camel("a\u{202e}b\"; drop", "X"), "ABDrop");
        assert_eq!(
            (camel("+1", "X"), camel("-1", "X")),
            ("Plus1".to_owned(), "Minus1".to_owned())
        );
    }

    #[test]
    fn keywords_are_raw_or_get_an_underscore() {
        assert_eq!(ident("type").to_string(), "r#type");
        assert_eq!(ident("self").to_string(), "self_");
        assert_eq!(ident("gen").to_string(), "r#gen");
    }

    #[test]
    fn a_taken_name_gets_a_number() {
        let mut scope = Scope::with(&["new"]);
        assert_eq!(scope.unique("new", "_").to_string(), "new_2");
        assert_eq!(scope.unique("new", "_").to_string(), "new_3");
    }
}
