//! The fixtures, broken at random in thousands of ways that are the same in every run: whatever comes of it, nothing panics,
//! every problem has a place, every message stays on its line, and every reference of the model leads somewhere.

use std::sync::mpsc;
use std::time::Duration;

use gatewright_document::{Document, Error};
use serde_json::{Value, json};

const ROUNDS: usize = 500;

/// Far more than it takes; a reader that no longer ends in time is what this is to find.
const LIMIT: Duration = Duration::from_secs(120);

const FIXTURES: [(&str, &[u8]); 5] = [
    (
        "console-rest.json",
        include_bytes!("fixtures/console-rest.json"),
    ),
    ("http-api.yaml", include_bytes!("fixtures/http-api.yaml")),
    (
        "import-template.yaml",
        include_bytes!("fixtures/import-template.yaml"),
    ),
    (
        "secured-rest.yaml",
        include_bytes!("fixtures/secured-rest.yaml"),
    ),
    ("swagger.yaml", include_bytes!("fixtures/swagger.yaml")),
];

/// What is put into documents: the punctuation of JSON and YAML, what breaks lines and directions, and what means something.
const PIECES: [&str; 20] = [
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "\"",
    "- ",
    "&a ",
    "*a",
    "<<: ",
    "\u{202e}",
    "\u{0}",
    "\r\n",
    "$ref",
    "#/definitions/Loan",
    "#/paths",
    "null",
    "{proxy+}",
    "\u{1f600}",
];

/// Xorshift (Marsaglia, 2003): the same numbers in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % sides as u64).expect("fits")
    }
}

#[test]
fn broken_bytes_are_read_or_refused() {
    within_the_limit(|| {
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
        for (name, bytes) in FIXTURES {
            for _ in 0..ROUNDS {
                let mut bytes = bytes.to_vec();
                for _ in 0..=dice.below(3) {
                    break_bytes(&mut bytes, &mut dice);
                }
                check(&Document::from_slice(name, &bytes));
            }
        }
    });
}

#[test]
fn broken_trees_are_read_or_refused() {
    within_the_limit(|| {
        let mut dice = Dice(0x2545_f491_4f6c_dd1d);
        for (name, bytes) in FIXTURES {
            let whole: Value = serde_saphyr::from_slice(bytes).expect(name);
            for _ in 0..ROUNDS {
                let mut tree = whole.clone();
                for _ in 0..=dice.below(3) {
                    break_tree(&mut tree, &mut dice);
                }
                check(&Document::from_slice("a.json", tree.to_string().as_bytes()));
            }
        }
    });
}

#[test]
fn junk_in_every_place_of_a_swagger_document_is_left_out_or_refused() {
    let whole: Value = serde_saphyr::from_slice(FIXTURES[4].1).expect("YAML");
    let mut places = Vec::new();
    collect(&whole, String::new(), &mut places);
    assert!(places.len() > 150, "{}", places.len());
    for place in &places {
        for junk in [
            Value::Null,
            json!(true),
            json!(-1.5),
            json!("junk"),
            json!([[7]]),
            json!({"a": 7}),
        ] {
            let mut tree = whole.clone();
            *tree.pointer_mut(place).expect("collected") = junk;
            check(&Document::from_slice("a.json", tree.to_string().as_bytes()));
        }
    }
}

fn within_the_limit(work: impl FnOnce() + Send + 'static) {
    let (done, is_done) = mpsc::channel();
    let thread = std::thread::spawn(move || {
        work();
        done.send(()).expect("somebody waits");
    });
    match is_done.recv_timeout(LIMIT) {
        Err(mpsc::RecvTimeoutError::Timeout) => panic!("not done in {LIMIT:?}"),
        Ok(()) | Err(mpsc::RecvTimeoutError::Disconnected) => thread.join().expect("no panic"),
    }
}

fn break_bytes(bytes: &mut Vec<u8>, dice: &mut Dice) {
    let start = dice.below(bytes.len());
    let end = (start + 1 + dice.below(40)).min(bytes.len());
    match dice.below(4) {
        0 => bytes[start] ^= 1 << dice.below(8),
        1 => drop(bytes.drain(start..end)),
        2 => {
            let piece = bytes[start..end].to_vec();
            let at = dice.below(bytes.len());
            bytes.splice(at..at, piece);
        }
        _ => {
            let piece = PIECES[dice.below(PIECES.len())];
            bytes.splice(start..start, piece.bytes());
        }
    }
}

/// Puts junk, or another part of the document, where something stood.
fn break_tree(tree: &mut Value, dice: &mut Dice) {
    let mut places = Vec::new();
    collect(tree, String::new(), &mut places);
    let place = |dice: &mut Dice| places[dice.below(places.len())].clone();
    let (to, from) = (place(dice), place(dice));
    let new = match dice.below(8) {
        0 => Value::Null,
        1 => json!([]),
        2 => json!({}),
        3 => json!(-7),
        4 => json!(PIECES[dice.below(PIECES.len())]),
        5 => json!({ "$ref": format!("#{from}") }),
        _ => tree.pointer(&from).expect("collected").clone(),
    };
    *tree.pointer_mut(&to).expect("collected") = new;
}

/// The pointers to all values below this one.
fn collect(value: &Value, at: String, places: &mut Vec<String>) {
    let key = |key: &str| key.replace('~', "~0").replace('/', "~1");
    match value {
        Value::Object(members) => members
            .iter()
            .for_each(|(name, value)| collect(value, format!("{at}/{}", key(name)), places)),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .for_each(|(index, value)| collect(value, format!("{at}/{index}"), places)),
        _ => {}
    }
    places.push(at);
}

fn check(outcome: &Result<Document, Error>) {
    match outcome {
        Ok(document) => check_document(document),
        Err(error) => {
            assert!(!error.problems().is_empty());
            for problem in error.problems() {
                check_line(&problem.to_string());
            }
        }
    }
}

fn check_document(document: &Document) {
    for repair in &document.repairs {
        check_line(&format!("{}: {}", repair.pointer, repair.message));
    }
    for (name, schema) in &document.schemas {
        assert!(document.schema_pointer(name).is_some(), "{name}");
        check_references(&serde_json::to_value(schema).expect("JSON"), document);
    }
}

fn check_line(line: &str) {
    let is_hidden = |c: char| c.is_control() || matches!(c, '\u{202a}'..='\u{202e}');
    assert!(!line.contains(is_hidden), "{line:?}");
}

/// Each `$ref` of a schema must name one of the document's schemas.
fn check_references(schema: &Value, document: &Document) {
    if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
        let name = reference
            .strip_prefix("#/components/schemas/")
            .map(|name| name.replace("~1", "/").replace("~0", "~"));
        let leads = name.is_some_and(|name| document.schemas.contains_key(&name));
        assert!(leads, "{reference}");
    }
    let is_schema =
        |key: &str| !matches!(key, "example" | "default" | "enum") && !key.starts_with("x-");
    match schema {
        Value::Object(members) => members
            .iter()
            .filter(|(key, _)| is_schema(key))
            .for_each(|(_, value)| check_references(value, document)),
        Value::Array(items) => items
            .iter()
            .for_each(|value| check_references(value, document)),
        _ => {}
    }
}
