//! Templates that are handed in before they are rendered: Terraform's `templatefile`, Jinja, Helm, ERB. They look like JSON or
//! YAML and are neither.

use crate::error::Problem;

/// What a directive begins with, which decides what of the file is there.
const DIRECTIVES: [&str; 3] = ["%{", "{%", "<%"];

/// What a placeholder begins with. Documents may have it in their texts, so it counts only where the fault is.
const PLACEHOLDERS: [&str; 2] = ["${", "{{"];

/// Adds to a fault of syntax that the file is a template, if it looks like one.
pub(crate) fn hint(problem: Problem, text: &str) -> Problem {
    let Some((line, _)) = problem.line_and_column() else {
        return problem;
    };
    let Some((sign, line)) = directive(text).or_else(|| placeholder(text, line)) else {
        return problem;
    };
    problem.with(&format!(
        "it is a template, as `{sign}` in line {line} shows: render it first, such as with `templatefile` in `terraform console`, and read what comes of it"
    ))
}

/// What is said of a file that is no JSON or YAML because it is a configuration of Terraform, by its name.
pub(crate) fn of_terraform(name: &str) -> Option<&'static str> {
    let extension = std::path::Path::new(name).extension()?;
    let is_so = ["tf", "hcl", "tfvars"]
        .iter()
        .any(|known| extension == *known);
    is_so.then_some(
        "is a configuration of Terraform, which is neither JSON nor YAML: hand in the document that the `body` of its API holds, as          `terraform console` prints it, or deploy it and export the API: aws apigateway get-export --rest-api-id ID --stage-name STAGE \
         --export-type oas30 --parameters extensions=apigateway api.json, or aws apigatewayv2 export-api",
    )
}

/// The first directive, and its line.
fn directive(text: &str) -> Option<(&'static str, usize)> {
    numbered(text).find_map(|(number, line)| {
        let sign = DIRECTIVES
            .into_iter()
            .find(|sign| has_directive(line, sign))?;
        Some((sign, number))
    })
}

/// Whether a word follows the sign, as in `%{ if` and `{%- for`.
fn has_directive(line: &str, sign: &str) -> bool {
    line.split(sign).skip(1).any(|after| {
        let after = after.trim_start_matches(['~', '-', '=', ' ']);
        after.starts_with(|first: char| first.is_ascii_alphabetic())
    })
}

/// A placeholder in the line of the fault or the one before it, where the fault may have begun.
fn placeholder(text: &str, fault: u64) -> Option<(&'static str, usize)> {
    let is_near = |number: usize| number as u64 == fault || number as u64 + 1 == fault;
    let mut near = numbered(text).filter(|(number, _)| is_near(*number));
    near.find_map(|(number, line)| {
        let sign = PLACEHOLDERS.into_iter().find(|sign| line.contains(sign))?;
        Some((sign, number))
    })
}

fn numbered(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
}

#[cfg(test)]
mod tests {
    use crate::parse::parse;

    fn message(name: &str, text: &str) -> String {
        parse(name, text.as_bytes()).unwrap_err().to_string()
    }

    #[test]
    fn a_template_that_is_not_rendered_says_so() {
        for (name, text, shown) in [
            (
                "a.json",
                "{\"a\": 1,\n%{ if open ~}\n\"b\": 2\n%{ endif }\n}",
                "`%{` in line 2",
            ),
            (
                "a.json",
                "{\"a\": 1\n  %{~ for name in names }\n}",
                "`%{` in line 2",
            ),
            (
                "a.json",
                "{\"a\":\n  ${jsonencode(paths)}\n}",
                "`${` in line 2",
            ),
            ("a.json", "{\"a\": {{ paths }}}", "`{{` in line 1"),
            ("a.json", "{\"a\": 1,\n{%- if open %}\n}", "`{%` in line 2"),
            ("a.yaml", "a: 1\n%{ if open }\nb: 2\n", "`%{` in line 2"),
            (
                "a.yaml",
                "a:\n  {{- toYaml .Values.paths | nindent 2 }}\nb: 1\n",
                "`{{` in line 2",
            ),
            ("a.yaml", "a: 1\n<% if open %>\nb: [\n", "`<%` in line 2"),
        ] {
            let message = message(name, text);
            assert!(
                message.contains(&format!("it is a template, as {shown} shows: render it")),
                "{text} {message}"
            );
        }
    }

    #[test]
    fn what_is_only_broken_is_called_no_template() {
        for (name, text) in [
            ("a.json", "{\"uri\": \"${stageVariables.url}\",\n\n\"b\": }"),
            ("a.json", "{\"a\": \"100%{\",\n\"b\": }"),
            ("a.json", "{\"a\": }"),
            ("a.yaml", "a: '${x}'\n\n\nb: [\n"),
        ] {
            let message = message(name, text);
            assert!(!message.contains("template"), "{text} {message}");
        }
    }
}
