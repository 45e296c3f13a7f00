//! What holds of every outcome of the generator, whatever it was given.

mod docs;
mod emitted;
mod names;
mod size;

use gatewright_build::{Builder, Error, Generated};

/// Generates a client, and checks what comes of it: code that has nothing in it but what the emitter writes, or an error
/// that names its place. Returns the code, if there is any.
pub(crate) fn check(builder: &Builder, name: &str, document: &[u8]) -> Option<String> {
    match builder.generate_from_slice(name, document) {
        Ok(generated) => {
            check_generated(&generated);
            Some(generated.code)
        }
        Err(error) => {
            check_error(name, &error);
            None
        }
    }
}

fn check_generated(generated: &Generated) {
    let Generated { code, notes, .. } = generated;
    assert_plain("code", code);
    let file = syn::parse_file(code).expect("generated code is Rust");
    emitted::check(&file);
    docs::check(&file);
    names::check(&file);
    size::check(&file);
    for note in notes {
        assert_line("a note", &note.to_string());
    }
}

fn check_error(name: &str, error: &Error) {
    let text = error.to_string();
    assert!(!text.is_empty(), "an error says nothing");
    for line in text.split('\n') {
        assert!(line.starts_with(name), "an error without its file: {line}");
        assert_line("an error", line);
    }
}

/// No character that hides what a reader or a compiler sees.
fn assert_plain(what: &str, text: &str) {
    let hidden = text.chars().find(|&c| is_hidden(c) && c != '\n');
    assert_eq!(hidden, None, "{what}:\n{text}");
}

fn assert_line(what: &str, text: &str) {
    let hidden = text.chars().find(|&c| is_hidden(c));
    assert_eq!(hidden, None, "{what}: {text:?}");
}

fn is_hidden(c: char) -> bool {
    let turns = matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || c.is_control()
}
