//! What a value is made of, to be read into and to be written.

#![allow(
    missing_debug_implementations,
    reason = "these show values to the codec, not to people"
)]

use serde_json::Value;

/// A type that shows what its values are made of.
pub trait Json {
    /// A value to read into. It must end: a type that cannot do without one of its own kind has no such value.
    fn blank() -> Self
    where
        Self: Sized;

    /// Where to put what is read. It takes the place of what was there.
    fn slot(&mut self) -> Slot<'_>;

    /// What there is to write.
    fn view(&self) -> View<'_>;

    /// Makes this the value of `null`, or of a member that is absent: `false` if there is none.
    fn set_absent(&mut self) -> bool {
        false
    }
}

/// Where to put what is read, by what can be put there.
pub enum Slot<'a> {
    /// `true` or `false`.
    Bool(&'a mut bool),
    /// An integer of 32 bits.
    I32(&'a mut i32),
    /// An integer of 64 bits.
    I64(&'a mut i64),
    /// A number.
    F64(&'a mut f64),
    /// A text.
    String(&'a mut String),
    /// A text that means something.
    Text(&'a mut dyn Text),
    /// Whatever comes.
    Any(&'a mut dyn Anything),
    /// A list.
    Items(&'a mut dyn Items),
    /// An object, or a map.
    Object(&'a mut dyn Object),
}

/// What there is to write.
#[derive(Clone, Copy)]
pub enum View<'a> {
    /// A known member that is left out; `null` elsewhere.
    Absent,
    /// `true` or `false`.
    Bool(bool),
    /// An integer.
    I64(i64),
    /// A number.
    F64(f64),
    /// A text.
    Text(&'a str),
    /// Whatever it is.
    Any(&'a Value),
    /// A list.
    Items(&'a dyn Items),
    /// An object, or a map.
    Object(&'a dyn Object),
}

/// A type that can be made of any JSON.
pub trait Anything {
    /// Becomes what `value` stands for.
    fn set(&mut self, value: Value);
}

/// A type that is made of a text.
pub trait Text {
    /// Becomes what `text` stands for.
    fn set(&mut self, text: &str);
}

/// A list.
pub trait Items {
    /// Forgets the items.
    fn clear(&mut self);

    /// A new item, at the end.
    fn push(&mut self) -> &mut dyn Json;

    /// The number of items.
    fn len(&self) -> usize;

    /// An item.
    fn get(&self, index: usize) -> Option<&dyn Json>;
}

/// An object: members that its type names, and others.
pub trait Object {
    /// Calls `with` once, with the members to read into.
    fn members_mut(&mut self, with: &mut dyn FnMut(MembersMut<'_>));

    /// Calls `with` once, with the members to write.
    fn members(&self, with: &mut dyn FnMut(Members<'_>));
}

/// The members of an object that is read.
pub struct MembersMut<'a> {
    /// The names of the known members.
    pub names: &'a [&'a str],
    /// The known members, as many as names.
    pub known: &'a mut [&'a mut dyn Json],
    /// Takes the others, if they are kept.
    pub rest: Option<&'a mut dyn Rest>,
}

/// The members of an object that is written.
#[derive(Clone, Copy)]
pub struct Members<'a> {
    /// The names of the known members.
    pub names: &'a [&'a str],
    /// What there is to write of the known members, as many as names. Not `dyn Json`: a call for each would take a tenth of
    /// the time to write.
    pub known: &'a [View<'a>],
    /// The others, if there are any.
    pub rest: Option<&'a dyn Rest>,
}

/// The members of an object that its type does not name.
pub trait Rest {
    /// Forgets them.
    fn clear(&mut self);

    /// The member of that name, which is new unless it comes twice.
    fn insert(&mut self, name: &str) -> &mut dyn Json;

    /// Calls `with` for each.
    fn each(&self, with: &mut dyn FnMut(&str, &dyn Json));
}
