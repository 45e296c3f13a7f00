//! Why a value is not what it should be.

use std::fmt;

use serde_json::Value;

/// A value of another shape than its type, and where. It does not hold the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JsonError {
    /// The place as a JSON pointer, innermost first while the error travels outwards.
    path: Vec<String>,
    message: String,
}

impl JsonError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self {
            path: Vec::new(),
            message: message.into(),
        }
    }

    /// The same error, seen from the value that has it at `key`.
    #[must_use]
    pub(super) fn at(mut self, key: impl Into<String>) -> Self {
        self.path.push(key.into());
        self
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("at ")?;
        for key in self.path.iter().rev() {
            write!(f, "/{}", key.replace('~', "~0").replace('/', "~1"))?;
        }
        if self.path.is_empty() {
            f.write_str("the root")?;
        }
        write!(f, ": {}", self.message)
    }
}

impl std::error::Error for JsonError {}

/// The error of a value that should have been `what`.
pub(super) fn expected(what: &str, found: &Value) -> JsonError {
    let kind = match found {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    };
    JsonError::new(format!("expected {what}, found {kind}"))
}
