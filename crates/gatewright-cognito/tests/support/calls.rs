//! What was called, how often, and with what.

use std::collections::HashMap;
use std::sync::Mutex;

use serde_json::Value;

#[derive(Default)]
pub(crate) struct Calls(Mutex<HashMap<String, Vec<Value>>>);

impl Calls {
    pub(crate) fn record(&self, operation: &str, input: &Value) {
        let mut calls = self.0.lock().unwrap();
        calls
            .entry(operation.to_owned())
            .or_default()
            .push(input.clone());
    }

    pub(crate) fn of(&self, operation: &str) -> Vec<Value> {
        let calls = self.0.lock().unwrap();
        calls.get(operation).cloned().unwrap_or_default()
    }

    /// Of all operations together.
    pub(crate) fn total(&self) -> usize {
        self.0.lock().unwrap().values().map(Vec::len).sum()
    }
}
