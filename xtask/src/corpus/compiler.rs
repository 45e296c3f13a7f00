//! The compiler's judgement of the generated crate.

use std::collections::BTreeMap;
use std::process::Output;

use serde_json::Value;

/// The first error of each module that does not compile, from what `cargo --message-format json` printed.
pub(super) fn judgement(output: &Output) -> Result<BTreeMap<String, String>, String> {
    let lines = String::from_utf8_lossy(&output.stdout);
    let errors = errors(
        lines
            .lines()
            .filter_map(|line| serde_json::from_str(line).ok()),
    );
    if errors.is_empty() && !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(errors)
}

/// The first error of each module, from cargo's messages.
fn errors(messages: impl Iterator<Item = Value>) -> BTreeMap<String, String> {
    let mut errors = BTreeMap::new();
    for message in messages.map(|line| line["message"].clone()) {
        if message["level"] == "error"
            && let Some(module) = module_of(&message)
        {
            let text = message["message"].as_str().unwrap_or_default().to_owned();
            errors.entry(module).or_insert(text);
        }
    }
    errors
}

/// The module whose file, or whose calls' file, holds the error. The error that only counts the others is nowhere.
fn module_of(message: &Value) -> Option<String> {
    let spans = message["spans"].as_array()?;
    let primary = spans.iter().find(|span| span["is_primary"] == true)?;
    let file = primary["file_name"].as_str()?;
    let module = file.rsplit('/').next()?.trim_end_matches(".rs");
    Some(module.to_owned())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn error(file: &str, line: usize, text: &str) -> Value {
        let spans = json!([{"is_primary": true, "file_name": file, "line_start": line}]);
        json!({"reason": "compiler-message", "message": {"level": "error", "message": text, "spans": spans}})
    }

    #[test]
    fn the_first_error_of_each_module_is_kept() {
        let lines = [
            json!({"reason": "compiler-artifact"}),
            error("src/d_a_json.rs", 1, "cannot find type `A`"),
            error("src/d_a_json.rs", 2, "cannot find type `B`"),
            error("src/calls/d_b_json.rs", 2, "mismatched types"),
            json!({"message": {"level": "warning", "message": "unused", "spans": [{"is_primary": true, "file_name": "src/d_c.rs"}]}}),
            json!({"message": {"level": "error", "message": "aborting due to 3 errors", "spans": []}}),
        ];
        let errors = errors(lines.into_iter());
        let shown: Vec<_> = errors
            .iter()
            .map(|(module, text)| (module.as_str(), text.as_str()))
            .collect();
        assert_eq!(
            shown,
            [
                ("d_a_json", "cannot find type `A`"),
                ("d_b_json", "mismatched types")
            ]
        );
    }
}
