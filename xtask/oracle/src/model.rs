//! What a generated client sends, to compare.

use gatewright_codegen::model::{Api, Operation, Scheme};

use crate::{Demands, demands};

/// Where the operations of a client demand something else than the document that it was made of, one line each; empty if they
/// agree.
///
/// # Errors
///
/// As [`demands`].
pub fn differences(document: &[u8], api: &Api) -> Result<Vec<String>, String> {
    let expected = demands(document)?;
    let differ = |operation: &Operation| {
        let title = format!("{} {}", operation.method.as_str(), operation.path);
        let (found, expected) = (sent(operation), expected.get(&title));
        if expected == Some(&found) {
            return None;
        }
        let expected = expected.map_or_else(|| "no such operation".to_owned(), shown);
        Some(format!("{title}: {} instead of {expected}", shown(&found)))
    };
    Ok(api.operations.iter().filter_map(differ).collect())
}

fn sent(operation: &Operation) -> Demands {
    let words = operation.auth.iter().map(|scheme| match scheme {
        Scheme::Iam => "signature".to_owned(),
        Scheme::ApiKey => "api key".to_owned(),
        Scheme::HeaderToken { scheme, header } => format!("header {header} of {scheme}"),
        Scheme::QueryToken { scheme, query } => format!("query {query} of {scheme}"),
    });
    words.collect()
}

fn shown(demands: &Demands) -> String {
    if demands.is_empty() {
        return "nothing".to_owned();
    }
    let words: Vec<_> = demands.iter().map(String::as_str).collect();
    words.join(" and ")
}
