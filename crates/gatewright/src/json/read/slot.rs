//! What a value is made of, to be read into.

use std::any::TypeId;

use serde_json::Value;

use super::union::Variants;

/// A type whose values can be read.
pub trait FromJson {
    /// A value to read into. It must end: a type that always contains another value of the same type has none.
    fn blank() -> Self
    where
        Self: Sized;

    /// Where to put what is read. It takes the place of what was there.
    fn slot(&mut self) -> Slot<'_>;

    /// Makes this the value of `null`, or of a member that is absent: `false` if there is none.
    fn set_nothing(&mut self, _: Nothing) -> bool {
        false
    }

    /// The value of `null`, if it is another one than that of a member that is absent.
    fn of_null() -> Option<Self>
    where
        Self: Sized,
    {
        None
    }
}

/// How a value is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nothing {
    /// There is no member.
    Absent,
    /// It is `null`.
    Null,
}

/// Where to put what is read, by what can be put there.
#[allow(
    missing_debug_implementations,
    reason = "shows a value to the codec, not to people"
)]
pub enum Slot<'a> {
    /// `true` or `false`.
    Bool(&'a mut bool),
    /// An integer of 32 bits.
    I32(&'a mut i32),
    /// An integer of 64 bits.
    I64(&'a mut i64),
    /// An integer of another range, or one that means something.
    Integer(&'a mut dyn Integer),
    /// A number.
    F64(&'a mut f64),
    /// A text.
    String(&'a mut String),
    /// A text that means something.
    Text(&'a mut dyn Text),
    /// Nothing but `null`.
    Null,
    /// Any value.
    Any(&'a mut Value),
    /// One of several types.
    Union(&'a mut dyn Union),
    /// A list.
    Items(&'a mut dyn ItemsMut),
    /// An object, or a map.
    Object(&'a mut dyn ObjectMut),
}

/// A type that is made of an integer.
pub trait Integer {
    /// Becomes the value of `number`: `false` if it is out of the range.
    fn set(&mut self, number: i128) -> bool;

    /// The same for a number that may be beyond `i128`.
    fn set_unsigned(&mut self, number: u128) -> bool {
        i128::try_from(number).is_ok_and(|number| self.set(number))
    }

    /// The least and the greatest number.
    fn range(&self) -> (i128, u128);
}

/// A type that is made of a text.
pub trait Text {
    /// Becomes the value of `text`.
    fn set(&mut self, text: &str);
}

/// A type that is one of several.
pub trait Union: 'static {
    /// Which union this is.
    fn id(&self) -> TypeId {
        TypeId::of::<Self>()
    }

    /// Becomes the first of its types that fits: `false` if none does.
    fn choose(&mut self, variants: &mut Variants<'_>) -> bool;

    /// Keeps a value that is none of its types.
    fn keep(&mut self, value: Value);
}

/// A list to read into.
pub trait ItemsMut {
    /// Forgets the items.
    fn clear(&mut self);

    /// A new item, at the end.
    fn push(&mut self) -> &mut dyn FromJson;

    /// The number of items.
    fn len(&self) -> usize;
}

/// An object to read into: members that its type names, and others.
pub trait ObjectMut {
    /// Calls `with` once, with the members.
    fn members_mut(&mut self, with: &mut dyn FnMut(MembersMut<'_>));
}

/// The members of an object that is read.
#[allow(
    missing_debug_implementations,
    reason = "shows a value to the codec, not to people"
)]
pub struct MembersMut<'a> {
    /// The names of the known members.
    pub names: &'a [&'a str],
    /// The known members, as many as names.
    pub known: &'a mut [&'a mut dyn FromJson],
    /// Takes the others, if they are kept.
    pub rest: Option<&'a mut dyn RestMut>,
}

/// Takes the members of an object that its type does not name.
pub trait RestMut {
    /// Forgets them.
    fn clear(&mut self);

    /// The member of that name, which is new unless it comes twice.
    fn insert(&mut self, name: &str) -> &mut dyn FromJson;
}
