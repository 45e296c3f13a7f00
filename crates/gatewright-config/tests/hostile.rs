//! Files that somebody wrote to hurt: what they cost, and what their texts do to a log.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

use gatewright_config::{Config, Problem};

fn read(file: &str) -> Config {
    Config::from_slice("file.json", file.as_bytes()).unwrap()
}

fn keys(name: &str, count: usize) -> String {
    let keys: Vec<String> = (0..count).map(|n| format!("\"{name}{n}\": 1")).collect();
    keys.join(", ")
}

fn check_line(line: &str, longest: usize) {
    let moves =
        |c: char| c.is_control() || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!line.contains(moves), "{line:?}");
    assert!(line.chars().count() <= longest, "{}", line.chars().count());
}

/// `text` as JSON.
fn json(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[test]
fn keys_of_a_file_are_not_compared_with_each_other() {
    let file = format!(
        "{{\"aws_x\": 1, {}, {}}}",
        keys("geo", 20_000),
        keys("gxo", 20_000)
    );
    let config = read(&file);
    let hints = config
        .warnings
        .iter()
        .filter(|it| it.message().contains("did you mean"));
    assert_eq!(hints.count(), 0);
}

#[test]
fn of_many_findings_the_first_are_listed_and_the_rest_is_counted() {
    let config = read(&format!("{{\"version\": \"1\", {}}}", keys("odd", 5_000)));
    assert_eq!(config.warnings.len(), 1_001);
    let last = config.warnings.last().map(Problem::message);
    assert_eq!(last, Some("and 4000 more, which are not listed"));

    let entries: Vec<String> = (0..5_000).map(|n| format!("\"a{n}\": 1")).collect();
    let file = format!("{{\"awsAPIPlugin\": {{{}}}}}", entries.join(","));
    let report = Config::from_slice("file.json", file.as_bytes()).unwrap_err();
    assert_eq!(report.problems().len(), 1_001);
    let shown = report.to_string();
    assert_eq!(shown.lines().count(), 51);
    assert!(shown.ends_with("\nand 951 more problems"), "{shown}");
}

#[test]
fn a_file_of_many_apis_lists_the_first() {
    let api = |n| {
        format!(
            "\"api{n}\": {{\"endpoint\": \"https://a.example\", \"authorizationType\": \"NONE\"}}"
        )
    };
    let apis: Vec<String> = (1_000..3_000).map(api).collect();
    let config = read(&format!(
        "{{\"version\": \"1\", \"custom\": {{\"API\": {{{}}}}}}}",
        apis.join(",")
    ));
    for name in [None, Some("no such"), Some("api10")] {
        let shown = config.api(name).unwrap_err().to_string();
        assert!(shown.ends_with("api1029 and 1970 more"), "{shown}");
        check_line(&shown, 4_000);
    }
    let long = "a".repeat(1 << 20);
    check_line(&config.api(Some(&long)).unwrap_err().to_string(), 4_000);
}

#[test]
fn a_long_key_above_many_values_is_cut_in_their_places() {
    let key = "é".repeat(100_000);
    let file = format!(
        "{{\"version\": \"1\", \"storage\": {{\"{key}\": {{{}, {}}}}}}}",
        keys("a", 10_000),
        keys("a", 10_000)
    );
    let config = read(&file);
    assert_eq!(config.warnings.len(), 1_001);
    let pointer = format!("/storage/{}…/a0", "é".repeat(100));
    assert_eq!(config.warnings[0].pointer(), pointer);
}

#[test]
fn a_deep_file_has_short_places() {
    let key = "k".repeat(1_000);
    let depth = 120;
    let open = format!("{{\"{key}\":").repeat(depth);
    let file = format!(
        "{{\"version\": \"1\", \"storage\": {open}{{\"a\": 1, \"a\": 2}}{}}}",
        "}".repeat(depth)
    );
    let warning = &read(&file).warnings[0];
    assert!(warning.pointer().len() < 13_000);
    check_line(&warning.to_string(), 2_000);
}

#[test]
fn texts_of_a_file_move_no_cursor_and_begin_no_line() {
    for text in [
        "\n2026-11-30 INFO root logged in",
        "\u{1b}[2J\u{1b}]0;owned\u{7}",
        "\u{9b}2J\u{85}\u{7f}\u{0}",
        "\u{202e}\u{2066}",
        "\u{2028}\u{2029}\r\t",
    ] {
        for text in [text.to_owned(), text.repeat(1 << 17)] {
            let name = json(&text);
            let file = format!("{{\"version\": \"1\", {name}: 1, \"custom\": {{\"API\": {{{name}: {{
                \"endpoint\": \"https://a.example\", \"authorizationType\": \"AMAZON_COGNITO_USER_POOLS\"}}}}}}}}");
            let config = Config::from_slice(&text, file.as_bytes()).unwrap();
            assert!(config.warnings.len() >= 2);
            for warning in &config.warnings {
                check_line(&warning.to_string(), 2_000);
                check_line(warning.message(), 2_000);
            }
            check_line(&config.api(Some("other")).unwrap_err().to_string(), 4_000);
            check_line(
                &config
                    .api(Some(&format!("{text}x")))
                    .unwrap_err()
                    .to_string(),
                4_000,
            );

            let file = format!(
                "{{\"awsAPIPlugin\": {{{name}: {{\"authorizationType\": {name}, \"endpoint\": {name}}}}}}}"
            );
            let report = Config::from_slice(&text, file.as_bytes()).unwrap_err();
            for problem in report.problems() {
                check_line(&problem.to_string(), 2_000);
            }
            let lines = report.problems().len() + report.warnings().len();
            assert_eq!(report.to_string().lines().count(), lines);
        }
    }
}
