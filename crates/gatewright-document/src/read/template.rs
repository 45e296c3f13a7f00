//! Path templates: `/pets/{petId}`, `/files/{proxy+}`.

use crate::display::quote;

/// How many variables a path may have; the paths of API Gateway are short.
const MAX_VARIABLES: usize = 100;

/// Whether a path is faulty in one way.
type IsSo = fn(&str) -> bool;

/// What no path can have, and what is said of it.
const FAULTS: [(IsSo, &str); 4] = [
    (
        |path| path.contains("${") || path.contains("{{") || path.contains("{%"),
        "holds a placeholder of a template: render it before the document is read",
    ),
    (
        |path| path.contains(['?', '#']),
        "holds a `?` or a `#`, where a path ends (RFC 3986, section 3.3); a query parameter says what comes after a `?`",
    ),
    (
        |path| path.contains(char::is_control),
        "holds a control character",
    ),
    (
        |path| path.split('/').any(is_dots),
        "has a segment of dots, which is resolved before anything is sent (RFC 3986, section 5.2.4)",
    ),
];

/// `.` or `..`, also percent-encoded.
fn is_dots(segment: &str) -> bool {
    let segment = segment.replace("%2E", ".").replace("%2e", ".");
    segment == "." || segment == ".."
}

/// A variable of a path template.
#[derive(Debug, PartialEq)]
pub(super) struct Variable<'a> {
    /// Its name, without the `+` of a greedy one.
    pub(super) name: &'a str,
    /// Whether it takes the rest of the path.
    pub(super) greedy: bool,
}

/// Whether a variable is only a part of a segment.
pub(super) fn has_part_of_segment(path: &str) -> bool {
    let is_part = |segment: &str| {
        let inner = segment
            .strip_prefix('{')
            .and_then(|it| it.strip_suffix('}'));
        segment.contains('{') && inner.is_none_or(|inner| inner.contains(['{', '}']))
    };
    path.split('/').any(is_part)
}

/// The variables of a template in its order, or why it is none.
pub(super) fn variables(path: &str) -> Result<Vec<Variable<'_>>, String> {
    if let Some(fault) = FAULTS
        .iter()
        .find_map(|(is_so, what)| is_so(path).then_some(what))
    {
        return Err((*fault).to_owned());
    }
    let mut found: Vec<Variable<'_>> = Vec::new();
    let mut pieces = path.split('{');
    let before = pieces.next().unwrap_or_default();
    if before.contains('}') {
        return Err("has a `}` without its `{`".to_owned());
    }
    for piece in pieces {
        if found.len() == MAX_VARIABLES {
            return Err(format!("has more than {MAX_VARIABLES} variables"));
        }
        let variable = variable(piece)?;
        if found.iter().any(|other| other.name == variable.name) {
            return Err(format!("names the variable {} twice", quote(variable.name)));
        }
        found.push(variable);
    }
    Ok(found)
}

/// The variable at the start of what follows a `{`.
fn variable(piece: &str) -> Result<Variable<'_>, String> {
    let (name, after) = piece.split_once('}').ok_or("has a `{` without its `}`")?;
    if after.contains('}') {
        return Err("has a `}` without its `{`".to_owned());
    }
    let (name, greedy) = name
        .strip_suffix('+')
        .map_or((name, false), |name| (name, true));
    if name.is_empty() {
        return Err("has a variable without a name".to_owned());
    }
    Ok(Variable { name, greedy })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_variable_that_is_a_part_of_a_segment_is_found() {
        for path in [
            "/v{version}/pets",
            "/{name}.js",
            "/pets/id:{id}",
            "/{a}{b}",
            "/{a}-{b}",
        ] {
            assert!(has_part_of_segment(path), "{path}");
        }
        for path in ["/", "/{proxy+}", "/pets/{id}/toys"] {
            assert!(!has_part_of_segment(path), "{path}");
        }
    }

    #[test]
    fn variables_are_found_in_order() {
        let found = variables("/a/{b}/c/{proxy+}").unwrap();
        assert_eq!(
            found,
            [
                Variable {
                    name: "b",
                    greedy: false
                },
                Variable {
                    name: "proxy",
                    greedy: true
                }
            ]
        );
        assert_eq!(variables("/").unwrap(), []);
    }

    #[test]
    fn a_broken_template_says_why() {
        let numbered: String = (0..101).map(|number| format!("/{{v{number}}}")).collect();
        for (path, expected) in [
            ("/{a", "`{` without"),
            ("/a}", "`}` without"),
            ("/{a}}", "`}` without"),
            ("/{a{b}", "`{` without"),
            ("/{}", "without a name"),
            ("/{+}", "without a name"),
            ("/{a}/{a}", "twice"),
            ("/${stage}", "placeholder"),
            ("/{{stage}}", "placeholder"),
            ("/{% if a %}", "placeholder"),
            ("/a#b", "`#`"),
            ("/a?b=c", "`?`"),
            ("/a\nb", "control character"),
            ("/a/./b", "segment of dots"),
            ("/a/%2E%2e", "segment of dots"),
            (&numbered, "more than 100"),
        ] {
            assert!(variables(path).unwrap_err().contains(expected), "{path}");
        }
    }
}
