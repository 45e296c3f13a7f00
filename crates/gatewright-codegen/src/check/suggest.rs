//! "Did you mean": the name that a misspelt one was probably meant to be.

/// The nearest of `candidates`, if it is at most two edits away (one, for names of three letters).
pub(crate) fn similar<'a>(
    name: &str,
    candidates: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let near = candidates.into_iter().filter_map(|candidate| {
        let edits = distance(name, candidate);
        (edits <= (candidate.chars().count() / 2).min(2)).then_some((edits, candidate))
    });
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

/// Insertions, deletions, replacements and swaps of neighbours that make `a` of `b` (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = cell(&rows, &a, &b, i, j);
        }
    }
    rows[a.len()][b.len()]
}

/// The edits between the first `i` and the first `j` letters, given those between all shorter ones.
fn cell(rows: &[Vec<usize>], a: &[char], b: &[char], i: usize, j: usize) -> usize {
    if i == 0 || j == 0 {
        return i + j;
    }
    let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
    let best = replaced.min(rows[i - 1][j] + 1).min(rows[i][j - 1] + 1);
    let swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
    if swapped {
        best.min(rows[i - 2][j - 2] + 1)
    } else {
        best
    }
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
    }

    #[test]
    fn another_word_is_not() {
        assert_eq!(similar("allow", ["path", "query", "header", "body"]), None);
        assert_eq!(similar("set", ["put"]), None);
        assert_eq!(similar("", ["id"]), None);
    }

    #[test]
    fn the_nearest_wins() {
        assert_eq!(similar("pots", ["put", "post", "get"]), Some("post"));
    }
}
