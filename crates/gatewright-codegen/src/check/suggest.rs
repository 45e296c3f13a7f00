//! "Did you mean": the name that a misspelt one was probably meant to be.
//!
//! The rule is that of rustc (`rustc_span::edit_distance`): at most a third of the name differs, and two neighbours that are
//! swapped differ once. Case and separators are not letters. `gatewright-config` has the same rule for the keys of its files.

/// In letters. A longer name is no slip of the keyboard, and comparing costs the product of both lengths.
const LONGEST: usize = 64;

/// How many candidates are compared: a document decides how many there are.
const MOST: usize = 1_000;

/// The nearest of `candidates`, of which the first 1,000 are looked at. Of equally near ones it is the first.
pub(crate) fn similar<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let name = letters(name)?;
    let candidates = candidates.into_iter().take(MOST);
    let near = candidates.filter_map(|candidate| Some((edits(&name, candidate)?, candidate)));
    near.min_by_key(|(edits, _)| *edits)
        .map(|(_, candidate)| candidate)
}

/// `text`, with a question after it if one of `candidates` is similar to `name`.
pub(crate) fn ask<'a>(
    text: String,
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> String {
    match similar(name, candidates) {
        Some(candidate) => format!("{text}; did you mean `{candidate}`?"),
        None => text,
    }
}

/// How many letters differ, if not too many.
fn edits(name: &str, candidate: &str) -> Option<usize> {
    let most = candidate.chars().count() / 3;
    let candidate = letters(candidate)?;
    if name.chars().count().abs_diff(candidate.chars().count()) > most {
        return None;
    }
    let edits = strsim::osa_distance(name, &candidate);
    (edits <= most).then_some(edits)
}

/// The letters that are compared; `None` if there are none or too many.
fn letters(name: &str) -> Option<String> {
    // A letter has at most four bytes.
    if name.len() > 4 * LONGEST {
        return None;
    }
    let letters = name.chars().filter(|c| !matches!(c, '_' | '-' | ' '));
    let letters: String = letters.flat_map(char::to_lowercase).collect();
    (1..=LONGEST)
        .contains(&letters.chars().count())
        .then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_keyboard_is_recognised() {
        let names = ["path", "query", "header", "body"];
        assert_eq!(similar("qurey", names), Some("query"));
        assert_eq!(similar("heder", names), Some("header"));
        assert_eq!(similar("bodi", names), Some("body"));
        assert_eq!(similar("petid", ["pet_id", "petId"]), Some("pet_id"));
        assert_eq!(similar("API-KEY", ["iam", "api_key"]), Some("api_key"));
    }

    #[test]
    fn another_word_is_not() {
        assert_eq!(similar("allow", ["path", "query", "header", "body"]), None);
        assert_eq!(similar("set", ["put"]), None);
        assert_eq!(similar("", ["id", "_", ""]), None);
    }

    #[test]
    fn the_nearest_wins() {
        assert_eq!(similar("pots", ["put", "post", "get"]), Some("post"));
    }

    #[test]
    fn a_long_name_is_compared_with_nothing() {
        let long = "é".repeat(1 << 20);
        assert_eq!(similar(&long, [&*long, "path"]), None);
        assert_eq!(similar("path", [&*long, "pathe"]), Some("pathe"));
        let fits = "a".repeat(LONGEST);
        assert_eq!(similar(&fits[1..], [&*fits]), Some(&*fits));
    }

    #[test]
    fn of_many_candidates_the_first_are_compared() {
        let mut looked_at = 0;
        let candidates = std::iter::repeat_with(|| {
            looked_at += 1;
            "query"
        });
        assert_eq!(similar("qurey", candidates), Some("query"));
        assert_eq!(looked_at, MOST);
    }
}
