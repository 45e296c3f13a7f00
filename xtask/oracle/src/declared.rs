//! The parameters of an operation that have to do with credentials.

use serde_json::Value;

use crate::meaning::Sent;
use crate::tree::{followed, lower};

/// One parameter: whether it is a header or in the query, its name, and whether it is required.
pub(crate) struct Declared {
    is_header: bool,
    name: String,
    pub(crate) is_required: bool,
}

impl Declared {
    /// Whether it is the place where this value is sent, and the caller's to fill.
    pub(crate) fn fills(&self, sent: &Sent) -> bool {
        let is_layers =
            self.is_header && ["authorization", "x-api-key"].contains(&self.name.as_str());
        !is_layers && sent.place() == (self.is_header, self.name.as_str())
    }

    /// The credential that this is, if a header of this name is one.
    pub(crate) fn credential(&self) -> Option<Sent> {
        match (self.is_header, self.name.as_str()) {
            (true, "x-api-key") => Some(Sent::PlanKey),
            (true, name @ "authorization") => Some(Sent::Header(name.to_owned(), name.to_owned())),
            _ => None,
        }
    }
}

/// The headers and query parameters of an operation, its path's included.
pub(crate) fn of(operation: &Value, item: &Value, root: &Value) -> Vec<Declared> {
    let list = |value: &Value| value.get("parameters").and_then(Value::as_array).cloned();
    let own = list(operation).unwrap_or_default();
    let shared = list(item).unwrap_or_default();
    let mut found: Vec<Declared> = Vec::new();
    for parameter in own.iter().chain(&shared) {
        let Some(declared) = one(followed(root, parameter)) else {
            continue;
        };
        let is_same =
            |known: &Declared| known.is_header == declared.is_header && known.name == declared.name;
        if !found.iter().any(is_same) {
            found.push(declared);
        }
    }
    found
}

fn one(parameter: &Value) -> Option<Declared> {
    let is_header = match parameter.get("in")?.as_str()? {
        "header" => true,
        "query" => false,
        _ => return None,
    };
    let name = parameter.get("name")?.as_str()?;
    let is_true = |value: &Value| value == true || value.as_str() == Some("true");
    Some(Declared {
        is_header,
        name: if is_header {
            lower(parameter, "name")?
        } else {
            name.to_owned()
        },
        is_required: parameter.get("required").is_some_and(is_true),
    })
}
