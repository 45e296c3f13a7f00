//! "Did you mean": the known word that is nearest to what was written.

/// ``; did you mean `known`?`` when one of `known` is near to `written`, else nothing: the end of a message.
pub(crate) fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    match nearest(written, known) {
        Some(word) => format!("; did you mean `{word}`?"),
        None => String::new(),
    }
}

/// The known word with the fewest edits, letter case aside; at most a third of its letters may differ.
fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = folded(written);
    known
        .into_iter()
        .map(|word| (distance(&written, &folded(word)), word))
        .filter(|(distance, word)| *distance <= word.chars().count() / 3)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// Lower case and without separators, so that `aws-iam` is `AWS_IAM`.
fn folded(word: &str) -> Vec<char> {
    word.chars()
        .filter(|c| !matches!(c, '_' | '-' | ' '))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Levenshtein's distance, one row at a time.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(from != to);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [&str; 3] = ["AWS_IAM", "API_KEY", "NONE"];

    #[test]
    fn a_slip_of_the_pen_is_recognised() {
        assert_eq!(nearest("AWS_IAN", KNOWN), Some("AWS_IAM"));
        assert_eq!(nearest("api-key", KNOWN), Some("API_KEY"));
        assert_eq!(nearest("None", KNOWN), Some("NONE"));
    }

    #[test]
    fn something_else_is_not_guessed_at() {
        assert_eq!(nearest("BASIC", KNOWN), None);
        assert_eq!(nearest("", KNOWN), None);
        assert_eq!(did_you_mean("BASIC", KNOWN), "");
    }

    #[test]
    fn distances_count_insertions_deletions_and_substitutions() {
        let of = |a: &str, b: &str| distance(&folded(a), &folded(b));
        assert_eq!(of("kitten", "sitting"), 3);
        assert_eq!(of("", "abc"), 3);
        assert_eq!(of("abc", ""), 3);
    }
}
