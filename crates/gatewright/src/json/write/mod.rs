//! Any value into any format; `text.rs` is a shorter way for JSON in memory.

pub(super) mod sink;
pub(super) mod text;
mod types;

use serde::ser::{Error, Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::Value;

use sink::{Items, Object, Others, Sink, ToJson, Wide};

/// `serde::Serialize` by way of [`ToJson`].
#[inline]
pub fn serialize<S: Serializer>(value: &dyn ToJson, serializer: S) -> Result<S::Ok, S::Error> {
    let mut whole = Whole {
        serializer: Some(serializer),
        written: None,
    };
    value.write("", &mut whole);
    let nothing = || Err(S::Error::custom("nothing was written"));
    whole.written.unwrap_or_else(nothing)
}

/// A place for values of any type that serde writes.
trait Put {
    fn put<T: Serialize + ?Sized>(&mut self, name: &str, value: &T);

    fn put_absent(&mut self, name: &str) {
        self.put(name, &None::<()>);
    }
}

impl<P: Put> Sink for P {
    fn absent(&mut self, name: &str) {
        self.put_absent(name);
    }

    fn bool(&mut self, name: &str, value: bool) {
        self.put(name, &value);
    }

    fn i64(&mut self, name: &str, value: i64) {
        self.put(name, &value);
    }

    fn wide(&mut self, name: &str, value: Wide) {
        self.put(name, &value);
    }

    fn f64(&mut self, name: &str, value: f64) {
        self.put(name, &value);
    }

    fn text(&mut self, name: &str, value: &str) {
        self.put(name, value);
    }

    fn any(&mut self, name: &str, value: &Value) {
        self.put(name, value);
    }

    fn items(&mut self, name: &str, value: &dyn Items) {
        self.put(name, &Array(value));
    }

    fn object(&mut self, name: &str, value: &dyn Object) {
        self.put(name, &Record(value));
    }
}

/// One value.
struct Whole<S: Serializer> {
    serializer: Option<S>,
    written: Option<Result<S::Ok, S::Error>>,
}

impl<S: Serializer> Put for Whole<S> {
    fn put<T: Serialize + ?Sized>(&mut self, _: &str, value: &T) {
        if let Some(serializer) = self.serializer.take() {
            self.written = Some(value.serialize(serializer));
        }
    }
}

/// The items of a list, up to the first that cannot be written.
struct Elements<Q: SerializeSeq> {
    seq: Q,
    failure: Option<Q::Error>,
}

impl<Q: SerializeSeq> Put for Elements<Q> {
    #[inline]
    fn put<T: Serialize + ?Sized>(&mut self, _: &str, value: &T) {
        if self.failure.is_none()
            && let Err(error) = self.seq.serialize_element(value)
        {
            self.failure = Some(error);
        }
    }
}

/// The members of an object, up to the first that cannot be written.
struct Entries<M: SerializeMap> {
    map: M,
    failure: Option<M::Error>,
}

impl<M: SerializeMap> Put for Entries<M> {
    #[inline]
    fn put<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        if self.failure.is_none()
            && let Err(error) = entry(&mut self.map, name, value)
        {
            self.failure = Some(error);
        }
    }

    fn put_absent(&mut self, _: &str) {}
}

#[inline]
fn entry<M: SerializeMap, T: Serialize + ?Sized>(
    map: &mut M,
    name: &str,
    value: &T,
) -> Result<(), M::Error> {
    map.serialize_key(name)?;
    map.serialize_value(value)
}

struct Array<'a>(&'a dyn Items);

impl Serialize for Array<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let seq = serializer.serialize_seq(Some(self.0.len()))?;
        let failure = None;
        let mut elements = Elements { seq, failure };
        self.0.write_each(&mut elements);
        match elements.failure {
            Some(failure) => Err(failure),
            None => elements.seq.end(),
        }
    }
}

struct Record<'a>(&'a dyn Object);

impl Serialize for Record<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let map = serializer.serialize_map(None)?;
        let failure = None;
        let mut entries = Entries { map, failure };
        self.0.write_members(&mut entries);
        if let Some(others) = self.0.others() {
            entries.put_others(&others);
        }
        match entries.failure {
            Some(failure) => Err(failure),
            None => entries.map.end(),
        }
    }
}

impl<M: SerializeMap> Entries<M> {
    /// One without a value is `null`, as in a list.
    fn put_others(&mut self, others: &Others<'_>) {
        others.members.each(&mut |name, member| {
            if !others.known.contains(&name) {
                self.put(name, &Part(member));
            }
        });
    }
}

struct Part<'a>(&'a dyn ToJson);

impl Serialize for Part<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self.0, serializer)
    }
}
