//! "Did you mean": the known word that is nearest to what was written.
//!
//! The rule is that of rustc (`rustc_span::edit_distance`): at most a third of the word differs, and two neighbours that are
//! swapped differ once. Case and separators are not letters, so that `aws-iam` is `AWS_IAM`. `gatewright-codegen` has the same
//! rule for what a trait or a document names.

/// In letters. A longer word is no slip of the keyboard, and comparing costs the product of both lengths.
const LONGEST: usize = 64;

/// How many known words are compared: some of them are of the file.
const MOST: usize = 1_000;

/// ``; did you mean `known`?`` when one of `known` is near to `written`, else nothing: the end of a message.
pub(crate) fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    match nearest(written, known) {
        Some(word) => format!("; did you mean `{word}`?"),
        None => String::new(),
    }
}

/// The known word with the fewest edits, of the first 1,000.
fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = letters(written)?;
    let known = known.into_iter().take(MOST);
    let near = known.filter_map(|word| Some((edits(&written, word)?, word)));
    near.min_by_key(|(edits, _)| *edits).map(|(_, word)| word)
}

/// How many letters differ, if not too many.
fn edits(written: &str, word: &str) -> Option<usize> {
    let most = word.chars().count() / 3;
    let word = letters(word)?;
    if written.chars().count().abs_diff(word.chars().count()) > most {
        return None;
    }
    let edits = strsim::osa_distance(written, &word);
    (edits <= most).then_some(edits)
}

/// The letters that are compared; `None` if there are none or too many.
fn letters(word: &str) -> Option<String> {
    // A letter has at most four bytes.
    if word.len() > 4 * LONGEST {
        return None;
    }
    let letters = word.chars().filter(|c| !matches!(c, '_' | '-' | ' '));
    let letters: String = letters.flat_map(char::to_lowercase).collect();
    (1..=LONGEST)
        .contains(&letters.chars().count())
        .then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 3] = ["AWS_IAM", "API_KEY", "NONE"];

    #[test]
    fn a_slip_of_the_pen_is_recognised() {
        assert_eq!(nearest("AWS_IAN", KNOWN), Some("AWS_IAM"));
        assert_eq!(nearest("AWS_IMA", KNOWN), Some("AWS_IAM"));
        assert_eq!(nearest("NOEN", KNOWN), Some("NONE"));
        assert_eq!(nearest("api-key", KNOWN), Some("API_KEY"));
        assert_eq!(nearest("None", KNOWN), Some("NONE"));
    }

    #[test]
    fn something_else_is_not_guessed_at() {
        assert_eq!(nearest("BASIC", KNOWN), None);
        assert_eq!(nearest("", KNOWN), None);
        assert_eq!(nearest("_", ["-", ""]), None);
        assert_eq!(did_you_mean("BASIC", KNOWN), "");
    }

    #[test]
    fn a_long_word_is_compared_with_nothing() {
        let long = "é".repeat(1 << 20);
        assert_eq!(nearest(&long, [&*long, "NONE"]), None);
        assert_eq!(nearest("NONE", [&*long, "NONES"]), Some("NONES"));
    }

    #[test]
    fn of_many_words_the_first_are_compared() {
        let mut looked_at = 0;
        let known = std::iter::repeat_with(|| {
            looked_at += 1;
            "NONE"
        });
        assert_eq!(nearest("NOEN", known), Some("NONE"));
        assert_eq!(looked_at, MOST);
    }
}
