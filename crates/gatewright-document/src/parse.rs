//! Bytes to a tree of values: JSON or YAML, with a bound on everything that a hostile document could blow up.

use crate::error::Problem;
use crate::value::Value;
use crate::yaml::{nested_too_deep, yaml};
use crate::{Pointer, rendered, tree};

/// The largest document that is read. API Gateway itself takes 6 MB ("Quotas for configuring and running a REST API").
pub(crate) const MAX_BYTES: usize = 64 << 20;

/// How many values a document may hold: the smallest of them take a hundred times as many bytes in memory as in the file.
/// Exports take some 30 bytes of JSON for a value, 15 without white space.
pub(crate) const MAX_VALUES: usize = 1_500_000;

/// A parsed document, and the keys that an object of it has more than once.
pub(crate) type Parsed = (Value, Vec<Pointer>);

/// Parses a document; `name` decides between JSON and YAML where the bytes do not.
pub(crate) fn parse(name: &str, bytes: &[u8]) -> Result<Parsed, Problem> {
    let parsed = any(name, bytes)?;
    match parsed.0 {
        Value::Object(_) => Ok(parsed),
        Value::Null => Err(Problem::file("is empty")),
        _ => Err(Problem::file(rendered::of_terraform(name).unwrap_or(
            "is not an OpenAPI document: the outermost value must be an object",
        ))),
    }
}

/// Parses a file that may hold any value.
pub(crate) fn any(name: &str, bytes: &[u8]) -> Result<Parsed, Problem> {
    if bytes.len() > MAX_BYTES {
        return Err(Problem::file(format!(
            "is larger than {} MiB, which no API Gateway document is",
            MAX_BYTES >> 20
        )));
    }
    let text = text(bytes)?;
    let parsed = if is_json(name, text) {
        json(text)
    } else {
        yaml(text, MAX_VALUES)
    };
    // YAML may begin with a brace, too.
    let parsed = parsed.or_else(|problem| match has_extension(name, &["yaml", "yml"]) {
        true => yaml(text, MAX_VALUES),
        false => Err(problem),
    });
    parsed.map_err(|problem| match rendered::of_terraform(name) {
        Some(text) => Problem::file(text),
        None => rendered::hint(problem, text),
    })
}

fn text(bytes: &[u8]) -> Result<&str, Problem> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    std::str::from_utf8(bytes).map_err(|error| {
        let before = &bytes[..error.valid_up_to()];
        let line_start = before
            .iter()
            .rposition(|&byte| byte == b'\n')
            .map_or(0, |newline| newline + 1);
        let line = before.iter().filter(|&&byte| byte == b'\n').count() + 1;
        let column = String::from_utf8_lossy(&before[line_start..])
            .chars()
            .count()
            + 1;
        Problem::position(
            line as u64,
            column as u64,
            "is not UTF-8: save the document as UTF-8 text",
        )
    })
}

fn is_json(name: &str, text: &str) -> bool {
    text.trim_start().starts_with('{') || has_extension(name, &["json"])
}

fn has_extension(name: &str, known: &[&str]) -> bool {
    let extension = std::path::Path::new(name).extension();
    let is = |known: &&str| extension.is_some_and(|found| found.eq_ignore_ascii_case(known));
    known.iter().any(is)
}

fn json(text: &str) -> Result<Parsed, Problem> {
    tree::json(text, MAX_VALUES).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        let message = error.to_string();
        let message = message
            .strip_suffix(&format!(" at line {line} column {column}"))
            .unwrap_or(&message);
        let message = if error.is_data() {
            message.to_owned()
        } else if message.starts_with("recursion limit exceeded") {
            nested_too_deep()
        } else {
            format!("is not JSON: {message}")
        };
        Problem::position(line as u64, column as u64, message)
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{MAX_BYTES, parse};

    fn message(name: &str, bytes: &[u8]) -> String {
        parse(name, bytes).unwrap_err().to_string()
    }

    fn tree(name: &str, bytes: &[u8]) -> Value {
        parse(name, bytes).unwrap().0.to_json()
    }

    #[test]
    fn json_and_yaml_give_the_same_tree() {
        let value = json!({"a": {"b": [1, "x", true, null]}});
        assert_eq!(tree("a.json", value.to_string().as_bytes()), value);
        assert_eq!(tree("a.yaml", b"a:\n  b: [1, x, true, ~]\n"), value);
        assert_eq!(tree("a.yaml", b"{ a: { b: [1, x, true, ~] } }"), value);
    }

    #[test]
    fn a_byte_order_mark_and_crlf_are_read() {
        let expected = json!({"a": 1, "b": 2});
        assert_eq!(
            tree("a.json", b"\xef\xbb\xbf\r\n{\r\n\"a\": 1,\r\n\"b\": 2}\r\n"),
            expected
        );
        assert_eq!(tree("a.yml", b"\xef\xbb\xbfa: 1\r\nb: 2\r\n"), expected);
    }

    #[test]
    fn integer_keys_become_text() {
        assert_eq!(
            tree("a.yaml", b"200: x\n'404': y"),
            json!({"200": "x", "404": "y"})
        );
    }

    #[test]
    fn the_functions_of_cloudformation_are_read_in_their_long_form() {
        let text = b"a: !Sub 'x/${y}'\nb: !Ref z\nc: !GetAtt f.Arn\nd: !If [no, y, !Ref z]\ne: !Sub\n- '${f}'\n- f: g";
        let expected = json!({
            "a": {"Fn::Sub": "x/${y}"}, "b": {"Ref": "z"}, "c": {"Fn::GetAtt": ["f", "Arn"]},
            "d": {"Fn::If": ["no", "y", {"Ref": "z"}]}, "e": {"Fn::Sub": ["${f}", {"f": "g"}]},
        });
        assert_eq!(tree("template.yaml", text), expected);
    }

    #[test]
    fn words_and_codes_stay_text() {
        let expected = json!({"a": ["NO", "yes", "010", "1_000", "2024-01-01", ".inf"]});
        assert_eq!(
            tree("a.yaml", b"a: [NO, yes, 010, 1_000, 2024-01-01, .inf]"),
            expected
        );
    }

    #[test]
    fn a_syntax_error_names_line_and_column() {
        assert_eq!(
            message("a.json", b"{\n  \"a\": }"),
            ":2:8: is not JSON: expected value"
        );
        assert!(
            message("a.yaml", b"a: 1\nb: *nope")
                .starts_with(":2:4: is not YAML that can be read: ")
        );
    }

    #[test]
    fn a_key_that_stands_twice_is_read_alike_in_both_forms() {
        let of_json = parse("a.json", br#"{"a": 1, "b": 2, "a": 3}"#).unwrap();
        let of_yaml = parse("a.yaml", b"a: 1\nb: 2\na: 3").unwrap();
        assert_eq!(of_json.0.to_json(), of_yaml.0.to_json());
        assert_eq!(of_json.1, of_yaml.1);
        assert_eq!(of_yaml.1[0].to_string(), "#/a");
    }

    #[test]
    fn too_deep_is_said_alike_in_both_forms_with_its_place() {
        let lists =
            |depth: usize| format!("{{\"a\":\n{}{}}}", "[".repeat(depth), "]".repeat(depth));
        let yaml = |depth: usize| format!("# YAML\n{}", lists(depth));
        for (name, text) in [("a.json", lists(126)), ("a.yaml", yaml(126))] {
            assert!(parse(name, text.as_bytes()).is_ok(), "{name}");
        }
        let objects = "{\"a\":".repeat(128) + "1" + &"}".repeat(128);
        let blocks: String = (0..130).map(|level| " ".repeat(level) + "a:\n").collect();
        for (name, text) in [
            ("a.json", lists(127)),
            ("a.json", objects),
            ("a.json", "[".repeat(10_000)),
            ("a.yaml", yaml(127)),
            ("a.yaml", blocks),
            ("a.yaml", "a:\n".to_owned() + &"- ".repeat(200)),
        ] {
            let problem = parse(name, text.as_bytes()).unwrap_err();
            let expected = "is nested more than 127 levels deep, which no API Gateway document is";
            assert_eq!(problem.message(), expected, "{name}");
            assert!(problem.line_and_column().is_some_and(|(line, _)| line > 0));
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_refused_with_their_place() {
        assert!(message("a.yaml", b"a: 1\nb: \xff\xfe").starts_with(":2:4: is not UTF-8"));
    }

    #[test]
    fn what_is_no_object_is_refused() {
        for text in ["", "- a\n- b", "just text", "null"] {
            assert!(parse("a.yaml", text.as_bytes()).is_err(), "{text:?}");
        }
    }

    #[test]
    fn an_alias_bomb_is_refused() {
        let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for level in 1..12 {
            let alias = format!("*a{}", level - 1);
            text += &format!("a{level}: &a{level} [{}]\n", vec![alias; 9].join(", "));
        }
        assert!(parse("bomb.yaml", text.as_bytes()).is_err());
    }

    #[test]
    fn an_anchor_may_be_repeated_often() {
        let text = "a: &a {b: 1}\n".to_owned()
            + &(0..500).map(|n| format!("k{n}: *a\n")).collect::<String>();
        assert_eq!(tree("a.yaml", text.as_bytes())["k499"], json!({"b": 1}));
    }

    #[test]
    fn a_document_beyond_every_size_is_refused() {
        assert!(message("a.json", &vec![b' '; MAX_BYTES + 1]).contains("64 MiB"));
    }
}
