//! The codec of generated types: each type describes its parts, and two functions read and write all types.
//!
//! serde's derive writes code for every type, and rustc compiles it for every type and format: the largest part of the
//! compile time of a large client. Here a type has a few functions without a branch or a loop, and what reads and writes
//! ([`deserialize`], [`serialize`]) knows types only as `dyn FromJson` and `dyn ToJson`: it is compiled once for a format.
//! Generated types are serde types too, in every self-describing format and inside the user's own types.
//!
//! The two directions know nothing of each other: a type that is only sent has no [`FromJson`], one that only arrives no
//! [`ToJson`].

mod macros;
mod read;
#[cfg(test)]
mod tests;
mod write;

pub use read::deserialize;
pub use read::slot::{FromJson, Integer, MembersMut, Nothing, ObjectMut, Slot, Text, Union};
pub use read::union::Variants;
pub(crate) use read::{from_slice, without_bom};
pub use write::serialize;
pub use write::sink::{Object, Others, Sink, ToJson, Wide};
pub(crate) use write::text::to_vec;
