//! Small parts that the crates of gatewright share. Not part of the public interface.

pub mod calendar;
pub mod error_type;
pub mod header;
#[cfg(feature = "cache")]
pub mod jwt;
pub mod loopback;
pub mod printable;
pub mod retry_after;

pub use self::printable::Printable;
pub use crate::causes::write_causes;
