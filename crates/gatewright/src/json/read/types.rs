//! The types that generated types are made of.

use std::collections::BTreeMap;

use serde_json::Value;

use super::slot::{FromJson, Integer, ItemsMut, MembersMut, Nothing, ObjectMut, RestMut, Slot};

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

/// Integers of 32 and of 64 bits, the most frequent ones, have slots of their own.
macro_rules! integers {
    ($($ty:ident)*) => {$(
        impl FromJson for $ty {
            fn blank() -> Self {
                0
            }

            fn slot(&mut self) -> Slot<'_> {
                Slot::Integer(self)
            }
        }
    )*};
}

integers! { i8 i16 i128 u8 u16 u32 u64 u128 }

macro_rules! ranges {
    ($($ty:ident)*) => {$(
        impl Integer for $ty {
            fn set(&mut self, number: i128) -> bool {
                Self::try_from(number).map(|number| *self = number).is_ok()
            }

            fn set_unsigned(&mut self, number: u128) -> bool {
                Self::try_from(number).map(|number| *self = number).is_ok()
            }

            fn range(&self) -> (i128, u128) {
                (i128::try_from(Self::MIN).unwrap_or(0), u128::try_from(Self::MAX).unwrap_or(0))
            }
        }
    )*};
}

ranges! { i8 i16 i64 i128 u8 u16 u32 u64 u128 }

/// The value of `null`.
impl FromJson for () {
    fn blank() -> Self {}

    fn slot(&mut self) -> Slot<'_> {
        Slot::Null
    }

    fn set_nothing(&mut self, _: Nothing) -> bool {
        true
    }

    fn of_null() -> Option<Self> {
        Some(())
    }
}

/// Of two within each other, the outer one says whether there is a member, and the inner one whether it is `null`.
impl<T: FromJson> FromJson for Option<T> {
    fn blank() -> Self {
        None
    }

    fn slot(&mut self) -> Slot<'_> {
        self.get_or_insert_with(T::blank).slot()
    }

    fn set_nothing(&mut self, how: Nothing) -> bool {
        *self = match how {
            Nothing::Absent => None,
            Nothing::Null => T::of_null(),
        };
        true
    }

    fn of_null() -> Option<Self> {
        Some(T::of_null())
    }
}

impl<T: FromJson> FromJson for Box<T> {
    fn blank() -> Self {
        Box::new(T::blank())
    }

    fn slot(&mut self) -> Slot<'_> {
        (**self).slot()
    }

    fn set_nothing(&mut self, how: Nothing) -> bool {
        (**self).set_nothing(how)
    }

    fn of_null() -> Option<Self> {
        T::of_null().map(Box::new)
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
