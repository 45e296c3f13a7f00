//! What the impls of generated types have in common. Macros instead of emitted code, because they differ in nothing but
//! the names.
//!
//! Each is for both directions, or for the one of the word before the type: `read` for a type that arrives, `write` for
//! one that is sent. Every function is `#[inline]`, so that it is compiled only in programs that use it: a client has
//! hundreds.

mod integer;
mod object;
mod serde;
mod text;
mod union;
