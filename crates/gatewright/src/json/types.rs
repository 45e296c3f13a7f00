//! The types that generated types are made of.

use std::collections::BTreeMap;

use serde_json::Value;

use super::shape::{Anything, Items, Json, Members, MembersMut, Object, Rest, Slot, View};

impl Json for bool {
    fn blank() -> Self {
        false
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Bool(self)
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::Bool(*self)
    }
}

impl Json for i32 {
    fn blank() -> Self {
        0
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::I32(self)
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::I64(i64::from(*self))
    }
}

impl Json for i64 {
    fn blank() -> Self {
        0
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::I64(self)
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::I64(*self)
    }
}

impl Json for f64 {
    fn blank() -> Self {
        0.0
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::F64(self)
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::F64(*self)
    }
}

impl Json for String {
    fn blank() -> Self {
        Self::new()
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::String(self)
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::Text(self)
    }
}

impl Json for Value {
    fn blank() -> Self {
        Self::Null
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Any(self)
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::Any(self)
    }
}

impl Anything for Value {
    fn set(&mut self, value: Value) {
        *self = value;
    }
}

impl<T: Json> Json for Option<T> {
    fn blank() -> Self {
        None
    }

    fn slot(&mut self) -> Slot<'_> {
        self.get_or_insert_with(T::blank).slot()
    }

    #[inline]
    fn view(&self) -> View<'_> {
        self.as_ref().map_or(View::Absent, T::view)
    }

    fn set_absent(&mut self) -> bool {
        *self = None;
        true
    }
}

impl<T: Json> Json for Box<T> {
    fn blank() -> Self {
        Box::new(T::blank())
    }

    fn slot(&mut self) -> Slot<'_> {
        (**self).slot()
    }

    #[inline]
    fn view(&self) -> View<'_> {
        (**self).view()
    }

    fn set_absent(&mut self) -> bool {
        (**self).set_absent()
    }
}

impl<T: Json> Json for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Items(self)
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::Items(self)
    }
}

impl<T: Json> Items for Vec<T> {
    fn clear(&mut self) {
        self.clear();
    }

    fn push(&mut self) -> &mut dyn Json {
        let index = self.len();
        self.push(T::blank());
        &mut self[index]
    }

    fn len(&self) -> usize {
        self.len()
    }

    fn get(&self, index: usize) -> Option<&dyn Json> {
        self.as_slice().get(index).map(|item| item as _)
    }
}

impl<T: Json> Json for BTreeMap<String, T> {
    fn blank() -> Self {
        Self::new()
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Object(self)
    }

    #[inline]
    fn view(&self) -> View<'_> {
        View::Object(self)
    }
}

impl<T: Json> Object for BTreeMap<String, T> {
    fn members_mut(&mut self, with: &mut dyn FnMut(MembersMut<'_>)) {
        with(MembersMut {
            names: &[],
            known: &mut [],
            rest: Some(self),
        });
    }

    fn members(&self, with: &mut dyn FnMut(Members<'_>)) {
        with(Members {
            names: &[],
            known: &[],
            rest: Some(self),
        });
    }
}

impl<T: Json> Rest for BTreeMap<String, T> {
    fn clear(&mut self) {
        self.clear();
    }

    fn insert(&mut self, name: &str) -> &mut dyn Json {
        self.entry(name.to_owned()).or_insert_with(T::blank)
    }

    fn each(&self, with: &mut dyn FnMut(&str, &dyn Json)) {
        for (name, value) in self {
            with(name, value);
        }
    }
}
