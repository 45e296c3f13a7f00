//! Templates of `CloudFormation` and AWS SAM.

mod choice;
mod foreign;
mod functions;
mod hostile;
mod sam;
mod sam_auth;

use gatewright_document::{Document, Kind, ReadOptions};

fn read(template: &str) -> Document {
    Document::from_slice("template.yaml", template.as_bytes()).unwrap_or_else(|e| panic!("{e}"))
}

fn read_api(id: &str, template: &str) -> Document {
    let document = ReadOptions::new()
        .resource(id)
        .read("template.yaml", template.as_bytes());
    document.unwrap_or_else(|e| panic!("{e}"))
}

fn refusal(template: &str) -> String {
    let error = Document::from_slice("template.yaml", template.as_bytes()).expect_err("a refusal");
    error.to_string()
}

/// `GET /pets: pool[read]+key`, in the document's order.
fn demands(document: &Document) -> Vec<String> {
    let operations = document.operations.iter();
    let lines = operations.map(|operation| {
        let demands = operation.security.all_of.iter().map(|demand| {
            let name = match demand.kind {
                Kind::Iam => "iam",
                Kind::ApiKey => "key",
                _ => &demand.scheme,
            };
            match demand.scopes.is_empty() {
                true => name.to_owned(),
                false => format!("{name}[{}]", demand.scopes.join(" ")),
            }
        });
        let demands: Vec<_> = demands.collect();
        let (method, path) = (operation.method.as_str(), &operation.path);
        let demands = demands.join("+");
        format!("{method} {path}: {demands}")
    });
    lines.collect()
}

/// The notes that are worth a word, each with its place.
fn notes(document: &Document) -> Vec<String> {
    let repairs = document.repairs.iter().filter(|repair| !repair.is_minor);
    repairs
        .map(|repair| format!("{}: {}", repair.pointer, repair.message))
        .collect()
}
