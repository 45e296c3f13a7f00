//! The codec of generated types: they show what they are made of, and two functions do the rest for all of them.
//!
//! serde's derive writes code for every type, and rustc compiles it for every type and format: users of a large client wait
//! for nothing else as long. Here a type has four functions without a branch or a loop, [`Json`], and what reads and
//! writes ([`deserialize`], [`serialize`]) knows types only as `dyn Json`: it is compiled once for a format.
//! Generated types are serde types all the same, in every format that describes itself and within types of the user's own.

mod macros;
mod read;
mod shape;
mod types;
mod write;

pub use read::deserialize;
pub use shape::{Anything, Json, Members, MembersMut, Object, Slot, Text, View};
pub use write::serialize;
