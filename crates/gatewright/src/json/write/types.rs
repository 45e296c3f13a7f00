//! The types that generated types are made of.

use std::collections::BTreeMap;

use serde_json::Value;

use super::sink::{Items, Map, Object, Others, Sink, ToJson, Wide};

/// A type that a sink takes as it is.
macro_rules! to_json {
    ($($ty:ty: |$value:ident| $method:ident($given:expr),)*) => {$(
        impl ToJson for $ty {
            #[inline]
            fn write(&self, name: &str, to: &mut dyn Sink) {
                let $value = self;
                to.$method(name, $given);
            }
        }
    )*};
}

to_json! {
    bool: |value| bool(*value),
    i8: |value| i64(i64::from(*value)),
    i16: |value| i64(i64::from(*value)),
    i32: |value| i64(i64::from(*value)),
    u8: |value| i64(i64::from(*value)),
    u16: |value| i64(i64::from(*value)),
    u32: |value| i64(i64::from(*value)),
    u64: |value| wide(Wide::Unsigned(u128::from(*value))),
    i128: |value| wide(Wide::Signed(*value)),
    u128: |value| wide(Wide::Unsigned(*value)),
    i64: |value| i64(*value),
    f64: |value| f64(*value),
    String: |value| text(value),
    Value: |value| any(value),
}

impl<T: ToJson> ToJson for Option<T> {
    #[inline]
    fn write(&self, name: &str, to: &mut dyn Sink) {
        match self {
            Some(value) => value.write_present(name, to),
            None => to.absent(name),
        }
    }

    #[inline]
    fn write_present(&self, name: &str, to: &mut dyn Sink) {
        match self {
            Some(value) => value.write_present(name, to),
            None => to.any(name, &Value::Null),
        }
    }
}

impl ToJson for () {
    #[inline]
    fn write(&self, name: &str, to: &mut dyn Sink) {
        to.any(name, &Value::Null);
    }
}

impl<T: ToJson> ToJson for &T {
    #[inline]
    fn write(&self, name: &str, to: &mut dyn Sink) {
        (**self).write(name, to);
    }
}

impl<T: ToJson> ToJson for Box<T> {
    #[inline]
    fn write(&self, name: &str, to: &mut dyn Sink) {
        (**self).write(name, to);
    }

    #[inline]
    fn write_present(&self, name: &str, to: &mut dyn Sink) {
        (**self).write_present(name, to);
    }
}

impl<T: ToJson> ToJson for Vec<T> {
    #[inline]
    fn write(&self, name: &str, to: &mut dyn Sink) {
        to.items(name, &self.as_slice());
    }
}

/// A body that is a list.
impl<T: ToJson> ToJson for &[T] {
    #[inline]
    fn write(&self, name: &str, to: &mut dyn Sink) {
        to.items(name, self);
    }
}

impl<T: ToJson> Items for &[T] {
    fn len(&self) -> usize {
        (**self).len()
    }

    fn write_each(&self, to: &mut dyn Sink) {
        for item in *self {
            item.write("", to);
        }
    }
}

impl<T: ToJson> ToJson for BTreeMap<String, T> {
    #[inline]
    fn write(&self, name: &str, to: &mut dyn Sink) {
        to.object(name, self);
    }
}

impl<T: ToJson> Object for BTreeMap<String, T> {
    fn write_members(&self, _: &mut dyn Sink) {}

    fn others(&self) -> Option<Others<'_>> {
        let known = &[];
        Some(Others {
            known,
            members: self,
        })
    }
}

impl<T: ToJson> Map for BTreeMap<String, T> {
    fn each(&self, with: &mut dyn FnMut(&str, &dyn ToJson)) {
        for (name, value) in self {
            with(name, value);
        }
    }
}
