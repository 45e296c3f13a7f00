//! `cargo xtask features`: every feature alone, none, and all of them compile without a warning.
//!
//! The same as `cargo hack check --each-feature`, which a fresh machine would have to install first.

use std::path::Path;
use std::process::ExitCode;

use serde_json::Value;

use crate::{Outcome, cargo};

pub(crate) fn run(root: &Path) -> Outcome {
    let metadata = metadata(root)?;
    let packages = metadata["packages"].as_array().into_iter().flatten();
    let mut failures = 0;
    for package in packages {
        let name = package["name"].as_str().unwrap_or_default();
        for selection in selections(package) {
            let fault = check(root, name, &selection)?;
            failures += usize::from(fault.is_some());
            report(name, &selection, fault.as_deref());
        }
    }
    println!("features: {failures} selections failed");
    Ok(if failures == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn metadata(root: &Path) -> Result<Value, Box<dyn std::error::Error>> {
    let output = cargo()
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .current_dir(root)
        .output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

/// What is added to `--no-default-features`. A package without features has nothing to select.
fn selections(package: &Value) -> Vec<Vec<String>> {
    let names = package["features"].as_object().into_iter().flatten();
    let each: Vec<Vec<String>> = names
        .map(|(name, _)| vec!["--features".to_owned(), name.clone()])
        .collect();
    if each.is_empty() {
        return each;
    }
    [
        vec![Vec::new()],
        each,
        vec![vec!["--all-features".to_owned()]],
    ]
    .concat()
}

/// The compiler's words, if it has any.
fn check(
    root: &Path,
    package: &str,
    selection: &[String],
) -> Result<Option<String>, std::io::Error> {
    let output = cargo()
        .args([
            "check",
            "--quiet",
            "--package",
            package,
            "--no-default-features",
        ])
        .args(selection)
        .current_dir(root)
        .output()?;
    let words = String::from_utf8_lossy(&output.stderr).into_owned();
    let is_clean = output.status.success() && !words.contains("warning");
    Ok((!is_clean).then_some(words))
}

fn report(package: &str, selection: &[String], fault: Option<&str>) {
    let selection = match selection {
        [] => "none",
        [.., name] => name.trim_start_matches("--"),
    };
    match fault {
        None => println!("{package:24} {selection:14} ok"),
        Some(words) => println!("{package:24} {selection:14} FAILED\n{words}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_feature_is_selected_alone_and_then_none_and_all() {
        let package = serde_json::json!({ "features": { "a": [], "default": ["a"] } });
        assert_eq!(
            selections(&package)
                .iter()
                .map(|it| it.join(" "))
                .collect::<Vec<_>>(),
            ["", "--features a", "--features default", "--all-features"]
        );
        let without = serde_json::json!({ "features": {} });
        assert!(selections(&without).is_empty());
    }
}
