//! YAML to a tree of values: what the events of the parser mean, with a bound on everything that a hostile document could
//! blow up. Aliases and merge keys (`<<`) are in the tree as what they stand for.

mod copy;
mod function;
mod scalar;

use std::collections::HashMap;

use granit_parser::{
    ErrorKind, Event, Marker, Options, Parser, ScalarStyle, ScanError, Span, StrInput, Tag,
};

use crate::Pointer;
use crate::error::Problem;
use crate::value::{Key, Keys, Members, Value};
use crate::way::{Doubles, Way};
use copy::Copies;

/// How deep a document may nest; `serde_json` has the same bound for JSON. What reads the tree may therefore recurse.
pub(crate) const MAX_DEPTH: usize = 127;

/// How much the aliases of a document may repeat, as `Copies` counts it. Templates repeat one anchor hundreds of times.
const MAX_REPEATED: usize = 250_000;

/// How much may have an anchor, counted in the same way: a value within `n` anchors is kept `n` times.
const MAX_ANCHORED: usize = 1_000_000;

/// Reads YAML of at most `max_values` values and keys; the pointers are those of keys that stand in their mapping more than once.
pub(crate) fn yaml(text: &str, max_values: usize) -> Result<(Value, Vec<Pointer>), Problem> {
    let mut reader = Reader {
        events: Parser::new_from_str_with_options(text, options()),
        keys: Keys::default(),
        values_left: max_values,
        anchored: Copies::new(MAX_ANCHORED),
        repeated: Copies::new(MAX_REPEATED),
        anchors: HashMap::new(),
        doubles: Doubles::default(),
    };
    let value = reader.only_document()?;
    Ok((value, reader.doubles.into_vec()))
}

fn options() -> Options {
    granit_parser::options! {
        emit_comments: false,
        flow_nesting_limit: MAX_DEPTH,
        block_nesting_limit: MAX_DEPTH,
    }
}

struct Reader<'t> {
    events: Parser<'t, StrInput<'t>>,
    keys: Keys,
    values_left: usize,
    /// Bounds the copies in `anchors`.
    anchored: Copies,
    /// Bounds the copies of them.
    repeated: Copies,
    /// Each value that has an anchor, from its end on.
    anchors: HashMap<usize, Value>,
    doubles: Doubles,
}

/// An event and where it begins.
type Placed<'t> = (Event<'t>, Marker);

impl<'t> Reader<'t> {
    fn next(&mut self) -> Result<Placed<'t>, Problem> {
        match self.events.next_event() {
            Some(Ok((event, Span { start, .. }))) => Ok((event, start)),
            Some(Err(error)) => Err(scan_fault(&error)),
            None => Err(Problem::file("is not YAML that can be read: it has no end")),
        }
    }

    /// Nothing is in the file, or one document.
    fn only_document(&mut self) -> Result<Value, Problem> {
        let mut value = None;
        loop {
            let (event, at) = self.next()?;
            match event {
                Event::StreamEnd => return Ok(value.unwrap_or(Value::Null)),
                Event::DocumentStart(..) if value.is_some() => {
                    return Err(fault(at, "holds a second document; keep one"));
                }
                Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd => {}
                event => value = Some(self.value((event, at), 0, &Way::default())?),
            }
        }
    }

    /// The value that begins with this event, below `depth` collections.
    fn value(
        &mut self,
        (event, at): Placed<'t>,
        depth: usize,
        way: &Way<'_>,
    ) -> Result<Value, Problem> {
        self.count(at)?;
        if let Event::Alias(anchor) = event {
            return self.alias(anchor, at, depth);
        }
        let anchor = event.anchor_id();
        let value = match function_of(&event) {
            Some(name) => self.function(name, event, at, depth, way)?,
            None => self.plain(event, at, depth, way)?,
        };
        self.keep(anchor, &value, at)?;
        Ok(value)
    }

    /// A value that is no function of `CloudFormation`.
    fn plain(
        &mut self,
        event: Event<'t>,
        at: Marker,
        depth: usize,
        way: &Way<'_>,
    ) -> Result<Value, Problem> {
        match event {
            Event::Scalar(text, style, _, tag) => {
                scalar::value(&text, style, tag.as_deref()).map_err(|why| fault(at, &why))
            }
            Event::SequenceStart(_, _, tag) => {
                self.items(enter(at, tag.as_deref(), "seq", depth)?, way)
            }
            Event::MappingStart(_, _, tag) => {
                self.members(enter(at, tag.as_deref(), "map", depth)?, way)
            }
            _ => Err(fault(at, "a value is missing")),
        }
    }

    /// The long form of the function that the tag of an event stands for.
    fn function(
        &mut self,
        name: &str,
        event: Event<'t>,
        at: Marker,
        depth: usize,
        way: &Way<'_>,
    ) -> Result<Value, Problem> {
        let depth = enter(at, None, "map", depth)?;
        self.count(at)?;
        let member = self.keys.shared(name);
        if let Event::Scalar(text, ..) = &event {
            if depth + function::MAX_LEVELS > MAX_DEPTH {
                return Err(too_deep(at));
            }
            return Ok(function::of_text(member, text));
        }
        let argument = self.plain(event, at, depth, &way.key(name))?;
        Ok(function::of_value(member, argument))
    }

    fn items(&mut self, depth: usize, way: &Way<'_>) -> Result<Value, Problem> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(Value::Array(items.into())),
                event => items.push(self.value(event, depth, &way.index(items.len()))?),
            }
        }
    }

    fn members(&mut self, depth: usize, way: &Way<'_>) -> Result<Value, Problem> {
        let mut members = Members::default();
        let mut merged = Vec::new();
        loop {
            let (event, at) = self.next()?;
            if matches!(event, Event::MappingEnd) {
                break;
            }
            let is_merge = is_merge_key(&event);
            let key = self.key((event, at))?;
            let next = self.next()?;
            let value_at = next.1;
            let way = way.key(&key);
            let value = self.value(next, depth, &way)?;
            if is_merge {
                merge(value, value_at, &mut merged)?;
            } else if members.insert(key.clone(), value) {
                self.doubles.note(&way);
            }
        }
        // The mapping's own members win, then those of the first that is merged.
        for (key, value) in merged {
            members.insert_new(key, value);
        }
        Ok(Value::Object(members.into_object()))
    }

    /// A key is the text that stands there: `200` is `"200"`.
    fn key(&mut self, (event, at): Placed<'t>) -> Result<Key, Problem> {
        self.count(at)?;
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                let value = scalar::value(&text, style, tag.as_deref());
                let value = value.map_err(|why| fault(at, &why))?;
                if value.is_null() {
                    return Err(fault(at, "a key is empty; write a text"));
                }
                self.keep((anchor != 0).then_some(anchor), &value, at)?;
                Ok(self.keys.shared(&text))
            }
            Event::Alias(anchor) => match self.alias(anchor, at, 0)? {
                Value::String(text) => Ok(self.keys.shared(&text)),
                Value::Number(number) => Ok(self.keys.shared(&number.to_string())),
                _ => Err(fault(at, "a key is no text")),
            },
            _ => Err(fault(
                at,
                "a key is a list or a mapping; a document has texts as keys",
            )),
        }
    }

    fn alias(&mut self, anchor: usize, at: Marker, depth: usize) -> Result<Value, Problem> {
        let Some(value) = self.anchors.get(&anchor) else {
            return Err(fault(at, "an alias stands within what it is an alias of"));
        };
        self.repeated
            .copy(value, MAX_DEPTH - depth)
            .ok_or_else(|| fault(at, "its aliases repeat more than a document needs"))
    }

    fn keep(&mut self, anchor: Option<usize>, value: &Value, at: Marker) -> Result<(), Problem> {
        if let Some(anchor) = anchor {
            let copy = self.anchored.copy(value, MAX_DEPTH);
            let copy = copy.ok_or_else(|| fault(at, "too much of it has an anchor"))?;
            self.anchors.insert(anchor, copy);
        }
        Ok(())
    }

    fn count(&mut self, at: Marker) -> Result<(), Problem> {
        let left = self.values_left.checked_sub(1);
        self.values_left = left.ok_or_else(|| {
            fault(
                at,
                "it holds more values than any API Gateway document does",
            )
        })?;
        Ok(())
    }
}

/// The member of the function that a value has the tag of.
fn function_of(event: &Event<'_>) -> Option<&'static str> {
    match event {
        Event::Scalar(_, _, _, tag)
        | Event::SequenceStart(_, _, tag)
        | Event::MappingStart(_, _, tag) => function::of(tag.as_deref()),
        _ => None,
    }
}

/// The depth of what is in a collection with this tag.
fn enter(at: Marker, tag: Option<&Tag>, own: &str, depth: usize) -> Result<usize, Problem> {
    let other = tag.and_then(Tag::core_suffix).filter(|name| *name != own);
    if let Some(name) = other {
        return Err(fault(
            at,
            &format!("the tag `!!{name}` stands at something else"),
        ));
    }
    if depth == MAX_DEPTH {
        return Err(too_deep(at));
    }
    Ok(depth + 1)
}

/// `<<`, unless it is quoted or has a tag of another kind.
fn is_merge_key(event: &Event<'_>) -> bool {
    let Event::Scalar(text, style, _, tag) = event else {
        return false;
    };
    let is_plain = match tag {
        None => *style == ScalarStyle::Plain,
        Some(tag) => tag.suffix_in_namespace(scalar::YAML).as_deref() == Some("merge"),
    };
    text == "<<" && is_plain
}

/// Adds the members of a mapping, or of each of a list of them.
fn merge(value: Value, at: Marker, merged: &mut Vec<(Key, Value)>) -> Result<(), Problem> {
    let objects = match value {
        Value::Array(items) => items.into_vec(),
        other => vec![other],
    };
    for object in objects {
        match object {
            Value::Object(object) => merged.extend(object.into_members()),
            Value::Null => {}
            _ => return Err(fault(at, "`<<` merges mappings, and this is none")),
        }
    }
    Ok(())
}

fn scan_fault(error: &ScanError) -> Problem {
    if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
        return too_deep(*error.marker());
    }
    fault(*error.marker(), &error.info())
}

fn too_deep(at: Marker) -> Problem {
    Problem::position(at.line() as u64, at.col() as u64 + 1, nested_too_deep())
}

/// What is said of a document that nests too deep, JSON or YAML.
pub(crate) fn nested_too_deep() -> String {
    format!("is nested more than {MAX_DEPTH} levels deep, which no API Gateway document is")
}

fn fault(at: Marker, why: &str) -> Problem {
    let (line, column) = (at.line() as u64, at.col() as u64 + 1);
    Problem::position(line, column, format!("is not YAML that can be read: {why}"))
}

#[cfg(test)]
mod tests;
