//! The table of the documents, with totals last.

use super::document::{Document, Verdict};

/// One line for each document: name, operations, what became of it.
pub(super) fn of(documents: &[Document]) -> String {
    let width = documents
        .iter()
        .map(|document| document.name.chars().count())
        .max()
        .unwrap_or(0);
    let rows = documents.iter().map(|document| {
        let (operations, result) = cells(document);
        format!("{:width$}  {operations:>10}  {result}\n", document.name)
    });
    format!(
        "{:width$}  operations  result\n{}\n{}\n",
        "document",
        rows.collect::<String>(),
        totals(documents)
    )
}

fn cells(document: &Document) -> (String, String) {
    let because = |what, message| format!("{what}: {}", first_line(message, &document.name));
    let result = match &document.verdict {
        Verdict::Generated(client) => {
            let mut result = format!("generated: {}", client.counts);
            for difference in &client.differences {
                result.push_str("\n    OTHER AUTHORIZATION: ");
                result.push_str(difference);
            }
            return (client.operations.to_string(), result);
        }
        Verdict::Refused(message) => because("refused", message),
        Verdict::Panicked(message) => because("PANICKED", message),
        Verdict::Broken(message) => because("DOES NOT COMPILE", message),
    };
    (String::new(), result)
}

/// The first problem of a message, without the name that the row begins with.
fn first_line<'a>(message: &'a str, name: &str) -> &'a str {
    let line = message.lines().next().unwrap_or_default();
    line.strip_prefix(name)
        .unwrap_or(line)
        .trim_start_matches([':', ' '])
}

fn totals(documents: &[Document]) -> String {
    let count = |is: fn(&Verdict) -> bool| {
        documents
            .iter()
            .filter(|document| is(&document.verdict))
            .count()
    };
    let operations: usize = documents
        .iter()
        .map(|document| operations(&document.verdict))
        .sum();
    format!(
        "{} documents: {} generated ({operations} operations, {} with other authorization), {} refused, {} panicked, {} do \
         not compile",
        documents.len(),
        count(|verdict| matches!(verdict, Verdict::Generated(_))),
        documents
            .iter()
            .map(|document| differences(&document.verdict))
            .sum::<usize>(),
        count(|verdict| matches!(verdict, Verdict::Refused(_))),
        count(|verdict| matches!(verdict, Verdict::Panicked(_))),
        count(|verdict| matches!(verdict, Verdict::Broken(_))),
    )
}

fn operations(verdict: &Verdict) -> usize {
    match verdict {
        Verdict::Generated(client) => client.operations,
        _ => 0,
    }
}

fn differences(verdict: &Verdict) -> usize {
    match verdict {
        Verdict::Generated(client) => client.differences.len(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::Client;
    use super::*;

    #[test]
    fn the_table_ends_with_totals() {
        let code = String::new();
        let documents = [
            (
                "a.json",
                Verdict::Generated(Client {
                    code,
                    operations: 7,
                    counts: "1 left out".to_owned(),
                    differences: vec!["GET /a: nothing instead of api key".to_owned()],
                    calls: None,
                }),
            ),
            (
                "long-name.yaml",
                Verdict::Refused(
                    "long-name.yaml: a Swagger 2.0 document\nexport it as oas30".to_owned(),
                ),
            ),
            (
                "c.json",
                Verdict::Panicked("index out of bounds".to_owned()),
            ),
            ("d.json", Verdict::Broken("cannot find type `A`".to_owned())),
        ];
        let documents = documents.map(|(name, verdict)| Document {
            name: name.to_owned(),
            path: name.into(),
            resource: None,
            verdict,
        });
        let expected = "\
document        operations  result
a.json                   7  generated: 1 left out
    OTHER AUTHORIZATION: GET /a: nothing instead of api key
long-name.yaml              refused: a Swagger 2.0 document
c.json                      PANICKED: index out of bounds
d.json                      DOES NOT COMPILE: cannot find type `A`

4 documents: 1 generated (7 operations, 1 with other authorization), 1 refused, 1 panicked, 1 do not compile
";
        assert_eq!(of(&documents), expected);
    }
}
