//! Any value into JSON in memory: what [`serialize`](super::serialize) writes, with less on the way.
//!
//! A body is always this, and most of what it takes to write one is texts: members' names and values in which no character is
//! escaped. They are looked at eight bytes at a time here, and one by one in `serde_json`, which writes all other values.

use serde::Serialize;
use serde_json::Value;

use super::sink::{Items, Object, Others, Sink, ToJson, Wide};

/// A value as JSON in memory.
pub(crate) fn to_vec(value: &dyn ToJson) -> serde_json::Result<Vec<u8>> {
    let mut text = Text {
        json: Vec::with_capacity(128),
        place: Place::Alone,
        failure: None,
    };
    value.write("", &mut text);
    match text.failure {
        Some(failure) => Err(failure),
        None => Ok(text.json),
    }
}

/// What is around the next value.
#[derive(Clone, Copy)]
enum Place {
    Alone,
    List,
    Object,
}

/// What is written so far, up to the first value that cannot be.
struct Text {
    json: Vec<u8>,
    place: Place,
    failure: Option<serde_json::Error>,
}

impl Sink for Text {
    fn absent(&mut self, name: &str) {
        if !matches!(self.place, Place::Object) {
            self.literal(name, "null");
        }
    }

    fn bool(&mut self, name: &str, value: bool) {
        self.literal(name, if value { "true" } else { "false" });
    }

    fn i64(&mut self, name: &str, value: i64) {
        self.begin(name);
        self.value(&value);
    }

    fn wide(&mut self, name: &str, value: Wide) {
        self.begin(name);
        self.value(&value);
    }

    fn f64(&mut self, name: &str, value: f64) {
        self.begin(name);
        self.value(&value);
    }

    fn text(&mut self, name: &str, value: &str) {
        self.begin(name);
        if !is_plain(value.as_bytes()) {
            return self.value(value);
        }
        self.json.push(b'"');
        self.json.extend_from_slice(value.as_bytes());
        self.json.push(b'"');
    }

    fn any(&mut self, name: &str, value: &Value) {
        self.begin(name);
        self.value(value);
    }

    fn items(&mut self, name: &str, value: &dyn Items) {
        self.begin(name);
        let outer = self.open(b'[', Place::List);
        value.write_each(self);
        self.close(b']', outer);
    }

    fn object(&mut self, name: &str, value: &dyn Object) {
        self.begin(name);
        let outer = self.open(b'{', Place::Object);
        value.write_members(self);
        if let Some(others) = value.others() {
            self.others(&others);
        }
        self.close(b'}', outer);
    }
}

impl Text {
    /// What comes before a value.
    #[inline]
    fn begin(&mut self, name: &str) {
        // Every value ends with another character.
        let is_first = matches!(self.json.last(), Some(b'[' | b'{'));
        match (self.place, is_first) {
            (Place::Alone, _) | (Place::List, true) => {}
            (Place::List, false) => self.json.push(b','),
            (Place::Object, _) => self.name(name, is_first),
        }
    }

    /// Pieces that are known beforehand are written as one, however short: to look for space is what takes time.
    #[inline]
    fn name(&mut self, name: &str, is_first: bool) {
        if !is_plain(name.as_bytes()) {
            return self.escaped_name(name, is_first);
        }
        if is_first {
            self.json.push(b'"');
        } else {
            self.json.extend_from_slice(b",\"");
        }
        self.json.extend_from_slice(name.as_bytes());
        self.json.extend_from_slice(b"\":");
    }

    #[cold]
    fn escaped_name(&mut self, name: &str, is_first: bool) {
        if !is_first {
            self.json.push(b',');
        }
        self.value(name);
        self.json.push(b':');
    }

    fn open(&mut self, bracket: u8, place: Place) -> Place {
        self.json.push(bracket);
        std::mem::replace(&mut self.place, place)
    }

    fn close(&mut self, bracket: u8, outer: Place) {
        self.json.push(bracket);
        self.place = outer;
    }

    fn literal(&mut self, name: &str, literal: &str) {
        self.begin(name);
        self.json.extend_from_slice(literal.as_bytes());
    }

    #[inline]
    fn value<T: Serialize + ?Sized>(&mut self, value: &T) {
        if let Err(error) = serde_json::to_writer(&mut self.json, value) {
            self.failure.get_or_insert(error);
        }
    }

    /// One without a value is `null`, as in a list.
    fn others(&mut self, others: &Others<'_>) {
        others.members.each(&mut |name, member| {
            if others.known.contains(&name) {
                return;
            }
            self.begin(name);
            let outer = std::mem::replace(&mut self.place, Place::Alone);
            member.write("", self);
            self.place = outer;
        });
    }
}

/// Whether JSON escapes none of it: no quote, no backslash, no control character (RFC 8259, section 7).
#[inline]
fn is_plain(text: &[u8]) -> bool {
    let escaped = match (text.last_chunk(), text.first_chunk(), text.last_chunk()) {
        // They overlap, here and below.
        (Some(last), ..) => text
            .as_chunks()
            .0
            .iter()
            .fold(escaped_of(*last), |escaped, chunk| {
                escaped | escaped_of(*chunk)
            }),
        (_, Some([a, b, c, d]), Some([e, f, g, h])) => escaped_of([*a, *b, *c, *d, *e, *f, *g, *h]),
        _ => match *text {
            [] => 0,
            [a] => escaped_of([a; 8]),
            [a, b] => escaped_of([a, b, a, b, a, b, a, b]),
            [a, b, ref c @ ..] => escaped_of([a, b, c[0], a, b, a, b, a]),
        },
    };
    escaped == 0
}

/// Which of eight bytes are escaped, 0 if none is ("Determine if a word has a byte less than n", Bit Twiddling Hacks).
#[inline]
fn escaped_of(bytes: [u8; 8]) -> u64 {
    const EACH: u64 = u64::MAX / 255;
    let bytes = u64::from_le_bytes(bytes);
    let below = |bytes: u64, end: u64| bytes.wrapping_sub(EACH * end) & !bytes;
    let (quote, backslash) = (EACH * b'"' as u64, EACH * b'\\' as u64);
    let found = below(bytes, 0x20) | below(bytes ^ quote, 1) | below(bytes ^ backslash, 1);
    found & (EACH << 7)
}
