//! The path of an untyped request: literal text.

use crate::Error;

/// What may not stand in a path, and why. Each means something else in a URL than in a text, so nobody could tell which of the two a
/// caller had in mind, and either guess would send some requests to another route than meant.
const AMBIGUOUS: [(char, &str); 5] = [
    ('?', "has a `?`: give the parameters with `query(..)`"),
    ('#', "has a `#`: a fragment is never sent"),
    (
        '%',
        "has a `%`: write the characters themselves, they are encoded for you",
    ),
    ('{', UNFILLED),
    ('}', UNFILLED),
];

const UNFILLED: &str = "has a brace: fill in the variables of its template";

/// The segments of a path that can be sent as it is meant, without the slash before them.
///
/// Dot segments and empty ones are resolved by servers and proxies on the way (RFC 3986, section 5.2.4), so they would
/// lead to another route, and a signature would not match.
pub(crate) fn check(path: &str) -> Result<&str, Error> {
    for (character, fault) in AMBIGUOUS {
        if path.contains(character) {
            return Err(Error::path(fault));
        }
    }
    let path = path.strip_prefix('/').unwrap_or(path);
    let mut segments = path.strip_suffix('/').unwrap_or(path).split('/');
    if !path.is_empty() && segments.clone().any(str::is_empty) {
        return Err(Error::path(
            "has an empty segment (`//`): is a value missing?",
        ));
    }
    if segments.any(|segment| matches!(segment, "." | "..")) {
        return Err(Error::path("has a segment `.` or `..`: resolve it"));
    }
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_slash_before_a_path_makes_no_difference() {
        for (written, kept) in [
            ("/items", "items"),
            ("items", "items"),
            ("/items/", "items/"),
            ("/", ""),
            ("", ""),
            ("/a b/é/c+d;e=f@g", "a b/é/c+d;e=f@g"),
        ] {
            assert_eq!(check(written).unwrap(), kept, "{written}");
        }
    }

    #[test]
    fn what_could_be_meant_in_two_ways_is_refused_without_being_repeated() {
        for path in [
            "/secret?tag=a",
            "/secret#a",
            "/secret%2Fa",
            "/secret%",
            "/secret/{id}",
            "/secret/id}",
        ] {
            let error = check(path).unwrap_err().to_string();
            assert!(error.contains("has a"), "{path}: {error}");
            assert!(!error.contains("secret"), "{path}: {error}");
        }
    }

    #[test]
    fn what_would_lead_to_another_route_is_refused() {
        for path in [
            "//", "//items", "/a//b", "/a//", "/./a", "/a/..", "..", "../a",
        ] {
            assert!(check(path).is_err(), "{path}");
        }
        assert!(check("/a/...").is_ok());
    }
}
