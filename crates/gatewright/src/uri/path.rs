//! The canonical form of a path.

use super::canonical::UriFault;
use super::escape::{is_unreserved, push_escaped};
use super::percent::{Unit, units};

/// `path` with upper-case escapes and every character escaped that a path cannot hold as it is.
///
/// Escapes that are not needed stay: a signature covers the path as it is sent, and to decode `%2F` or `%3B`
/// would name another resource.
pub(super) fn canonical(path: &str) -> Result<String, UriFault> {
    if !path.starts_with('/') {
        return Err(UriFault::NoPath);
    }
    refuse_relative_segments(path)?;
    let mut out = String::with_capacity(path.len());
    for unit in units(path) {
        match unit.map_err(|bad| UriFault::BadEscape("path", bad.at))? {
            Unit::Raw(byte) if is_path_character(byte) => out.push(char::from(byte)),
            Unit::Raw(byte) | Unit::Escaped(byte) => push_escaped(&mut out, byte),
        }
    }
    Ok(out)
}

/// A signature is computed over the path *without* `.`, `..` and empty segments, but the path would be sent *with*
/// them: whether the two match is up to each server and proxy on the way.
fn refuse_relative_segments(path: &str) -> Result<(), UriFault> {
    let mut segments = path[1..].split('/').peekable();
    while let Some(segment) = segments.next() {
        if is_dots(segment) {
            return Err(UriFault::DotSegment);
        }
        if segment.is_empty() && segments.peek().is_some() {
            return Err(UriFault::EmptySegment);
        }
    }
    Ok(())
}

/// `.` and `..`, also when a dot is written `%2E`.
fn is_dots(segment: &str) -> bool {
    matches!(
        segment.to_ascii_lowercase().replace("%2e", ".").as_str(),
        "." | ".."
    )
}

/// The slash and the characters of a segment (`pchar` of RFC 3986, section 3.3).
pub(super) const fn is_path_character(byte: u8) -> bool {
    let is_delimiter = matches!(
        byte,
        b'/' | b':'
            | b'@'
            | b'!'
            | b'$'
            | b'&'
            | b'\''
            | b'('
            | b')'
            | b'*'
            | b'+'
            | b','
            | b';'
            | b'='
    );
    is_delimiter || is_unreserved(byte)
}
