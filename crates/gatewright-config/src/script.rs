//! The script `aws-exports.js`, in the one shape that the CLI writes:
//! comments, `const awsmobile = {…};`, `export default awsmobile;`.
//!
//! Nothing is run. The object must be JSON, as the CLI writes it, so whatever else stands in the script is broken JSON.

use std::str;

/// The script's object. Blanks stand in place of what comes before it, so that the lines and columns of messages are
/// the file's. `None` when the text is not such a script.
pub(crate) fn json(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = str::from_utf8(bytes).ok()?;
    let (name, rest) = declaration(after_comments(text))?;
    let object = before_export(rest, name)?;
    let before = text.len() - rest.len();
    let blank = |byte| if byte == b'\n' { byte } else { b' ' };
    let blanks = text.bytes().take(before).map(blank);
    Some(blanks.chain(object.bytes()).collect())
}

fn after_comments(text: &str) -> &str {
    let mut text = text.trim_start();
    while let Some(rest) = after_comment(text) {
        text = rest.trim_start();
    }
    text
}

fn after_comment(text: &str) -> Option<&str> {
    let (_, rest) = match text.strip_prefix("//") {
        Some(comment) => comment.split_once('\n')?,
        None => text.strip_prefix("/*")?.split_once("*/")?,
    };
    Some(rest)
}

/// The name and the value of `const NAME = VALUE`.
fn declaration(text: &str) -> Option<(&str, &str)> {
    let (name, value) = text.strip_prefix("const ")?.split_once('=')?;
    Some((name.trim(), value))
}

/// What stands before `; export default NAME;`, where JavaScript needs neither semicolon.
fn before_export<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let text = without_semicolon(text).strip_suffix(name)?;
    let text = text.trim_end().strip_suffix("default")?;
    let text = text.trim_end().strip_suffix("export")?;
    Some(without_semicolon(text))
}

fn without_semicolon(text: &str) -> &str {
    let text = text.trim_end();
    text.strip_suffix(';').unwrap_or(text)
}
