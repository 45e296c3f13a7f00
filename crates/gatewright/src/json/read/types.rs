//! The types that generated types are made of.

use std::collections::BTreeMap;

use serde_json::Value;

use super::slot::{FromJson, ItemsMut, MembersMut, ObjectMut, RestMut, Slot};

/// A type with a separate slot.
macro_rules! slot {
    ($($ty:ident: $slot:ident,)*) => {$(
        impl FromJson for $ty {
            fn blank() -> Self {
                Self::default()
            }

            fn slot(&mut self) -> Slot<'_> {
                Slot::$slot(self)
            }
        }
    )*};
}

slot! { bool: Bool, i32: I32, i64: I64, f64: F64, String: String, Value: Any, }

impl<T: FromJson> FromJson for Option<T> {
    fn blank() -> Self {
        None
    }

    fn slot(&mut self) -> Slot<'_> {
        self.get_or_insert_with(T::blank).slot()
    }

    fn set_absent(&mut self) -> bool {
        *self = None;
        true
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn blank() -> Self {
        Box::new(T::blank())
    }

    fn slot(&mut self) -> Slot<'_> {
        (**self).slot()
    }

    fn set_absent(&mut self) -> bool {
        (**self).set_absent()
    }
}

impl<T: FromJson> FromJson for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Items(self)
    }
}

impl<T: FromJson> ItemsMut for Vec<T> {
    fn clear(&mut self) {
        self.clear();
    }

    fn push(&mut self) -> &mut dyn FromJson {
        let index = self.len();
        self.push(T::blank());
        &mut self[index]
    }

    fn len(&self) -> usize {
        self.len()
    }
}

impl<T: FromJson> FromJson for BTreeMap<String, T> {
    fn blank() -> Self {
        Self::new()
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Object(self)
    }
}

impl<T: FromJson> ObjectMut for BTreeMap<String, T> {
    fn members_mut(&mut self, with: &mut dyn FnMut(MembersMut<'_>)) {
        with(MembersMut {
            names: &[],
            known: &mut [],
            rest: Some(self),
        });
    }
}

impl<T: FromJson> RestMut for BTreeMap<String, T> {
    fn clear(&mut self) {
        self.clear();
    }

    fn insert(&mut self, name: &str) -> &mut dyn FromJson {
        self.entry(name.to_owned()).or_insert_with(T::blank)
    }
}
