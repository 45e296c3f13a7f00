//! The name that a misspelt one was probably meant to be.
//!
//! The rule is that of rustc (`rustc_span::edit_distance`), as in `gatewright-codegen` and `gatewright-config`: at most a third of the
//! name differs, and two neighbours that are swapped differ once. Case does not count.

/// In bytes. A longer name is no slip of the keyboard, and comparing costs the product of both lengths.
const LONGEST: usize = 256;

/// How many candidates are compared: a document decides how many there are.
const MOST: usize = 1_000;

/// The nearest of `candidates`, of which the first 1,000 are looked at. Of equally near ones it is the first.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let name = letters(name)?;
    let candidates = candidates.into_iter().take(MOST);
    let near = candidates.filter_map(|candidate| {
        let letters = letters(candidate)?;
        let slips = strsim::osa_distance(&name, &letters);
        (slips <= letters.chars().count() / 3).then_some((slips, candidate))
    });
    near.min_by_key(|(slips, _)| *slips)
        .map(|(_, candidate)| candidate)
}

fn letters(name: &str) -> Option<String> {
    let is_short = (1..=LONGEST).contains(&name.len());
    is_short.then(|| name.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_has_a_nearest_name_and_another_name_has_none() {
        let names = ["listPets", "getPet", "GET /pets"];
        for (name, expected) in [
            ("lsitPets", Some("listPets")),
            ("listpet", Some("listPets")),
            ("get /pet", Some("GET /pets")),
            ("orders", None),
            ("", None),
        ] {
            assert_eq!(nearest(name, names), expected, "{name}");
        }
        assert_eq!(nearest(&"a".repeat(300), names), None);
    }
}
