//! What is said of a type that has no name and no description in the document: what it is there for, read off the way to it.

use gatewright_codegen::text::code;
use gatewright_document::Pointer;

/// As many steps are put into words.
const DEEPEST: usize = 24;

/// What a schema at this place of a document is, as a sentence; `base` is where the document is in its file.
pub(super) fn of(at: &Pointer, base: &Pointer) -> String {
    let in_document = at.within(base);
    let file = in_document.file().map(str::to_owned);
    let steps = in_document.steps();
    // What is deeper has more words around it than a reader takes in.
    let is_deep = steps.len() > DEEPEST;
    let said = noun(&steps, file.as_deref()).filter(|_| !is_deep);
    match said {
        Some(noun) => {
            let mut letters = noun.chars();
            let first = letters.next().map(|first| first.to_ascii_uppercase());
            format!("{}{}.", first.unwrap_or_default(), letters.as_str())
        }
        None => format!("The schema at {}.", code(&at.to_string())),
    }
}

/// The same as a part of a sentence: ``the member `a` of `Pet` ``.
fn noun(steps: &[&str], file: Option<&str>) -> Option<String> {
    match steps {
        ["components", "schemas", name] | ["definitions", name] => Some(code(name)),
        [] => file.map(code),
        [name] if file.is_some() => Some(code(name)),
        ["paths", path, "parameters", _, "schema"]
        | ["paths", path, "parameters", _, "content", _, "schema"] => {
            Some(format!("a parameter of {}", code(path)))
        }
        ["paths", _, "parameters", ..] => part(steps, file),
        ["paths", path, method, rest @ ..] => of_operation(path, method, rest),
        ["components", kind, name, ..] if is_shared(kind) => {
            within(steps, 3, &shared(kind, name), file)
        }
        [kind @ ("parameters" | "responses"), name, ..] if file.is_none() => {
            within(steps, 2, &shared(kind, name), file)
        }
        _ => part(steps, file),
    }
}

fn is_shared(kind: &str) -> bool {
    matches!(
        kind,
        "parameters" | "responses" | "requestBodies" | "headers"
    )
}

fn shared(kind: &str, name: &str) -> String {
    let kind = match kind {
        "parameters" => "parameter",
        "responses" => "response",
        "headers" => "header",
        _ => "request body",
    };
    format!("the {kind} {}", code(name))
}

/// What is below `from` steps, of which `what` is the schema itself.
fn within(steps: &[&str], from: usize, what: &str, file: Option<&str>) -> Option<String> {
    match &steps[from..] {
        [] | ["schema"] | ["content", _, "schema"] => Some(what.to_owned()),
        _ => part(steps, file),
    }
}

fn of_operation(path: &str, method: &str, rest: &[&str]) -> Option<String> {
    let route = || code(&format!("{} {path}", method.to_ascii_uppercase()));
    match rest {
        ["responses", status, "schema"] | ["responses", status, "content", _, "schema"] => {
            Some(format!("what {} returns with the status {status}", route()))
        }
        ["requestBody", "content", _, "schema"] => Some(format!("the body of {}", route())),
        ["parameters", _]
        | ["parameters", _, "schema"]
        | ["parameters", _, "content", _, "schema"] => Some(format!("a parameter of {}", route())),
        _ => {
            let steps = [&["paths", path, method], rest].concat();
            part(&steps, None)
        }
    }
}

/// What a part of another schema is.
fn part(steps: &[&str], file: Option<&str>) -> Option<String> {
    let of = |parent: &[&str]| noun(parent, file);
    Some(match steps {
        [parent @ .., "properties", name] => {
            format!("the member {} of {}", code(name), of(parent)?)
        }
        [parent @ .., "items"] => format!("an element of {}", of(parent)?),
        [parent @ .., "additionalProperties"] => format!("a value of {}", of(parent)?),
        [parent @ .., "oneOf" | "anyOf", _] => format!("one of the kinds of {}", of(parent)?),
        [parent @ .., "allOf", _] => format!("a part of {}", of(parent)?),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_without_a_name_says_what_it_is_there_for() {
        for (steps, says) in [
            (
                "paths /pets get responses 200 content application/json schema",
                "What `GET /pets` returns with the status 200.",
            ),
            (
                "paths /pets get responses 200 schema items",
                "An element of what `GET /pets` returns with the status 200.",
            ),
            (
                "paths /pets post requestBody content a/b schema properties tag",
                "The member `tag` of the body of `POST /pets`.",
            ),
            (
                "paths /pets get parameters 0 schema",
                "A parameter of `GET /pets`.",
            ),
            (
                "paths /pets get parameters 0 content a/b schema properties a",
                "The member `a` of a parameter of `GET /pets`.",
            ),
            (
                "paths /pets parameters 0 schema items",
                "An element of a parameter of `/pets`.",
            ),
            (
                "components schemas Pet properties owner",
                "The member `owner` of `Pet`.",
            ),
            (
                "components schemas Pet oneOf 1 properties a",
                "The member `a` of one of the kinds of `Pet`.",
            ),
            (
                "components responses Gone content a/b schema",
                "The response `Gone`.",
            ),
            ("definitions Pet additionalProperties", "A value of `Pet`."),
            ("x-other", "The schema at `#/x-other`."),
        ] {
            let at = |base: Pointer| steps.split(' ').fold(base, |at, step| at.key(step));
            assert_eq!(of(&at(Pointer::root()), &Pointer::root()), says);
        }
        let file = Pointer::of_file("schemas/pet.yaml");
        let member = file.key("properties").key("a");
        assert_eq!(
            of(&member, &Pointer::root()),
            "The member `a` of `schemas/pet.yaml`."
        );
        assert_eq!(
            of(&file.key("Pet").key("items"), &Pointer::root()),
            "An element of `Pet`."
        );
    }
}
