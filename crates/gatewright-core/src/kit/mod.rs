//! Small parts that the crates of gatewright share. Not part of the public interface.

pub mod calendar;
pub mod error_type;
#[cfg(feature = "service")]
pub mod exchange;
pub mod header;
#[cfg(feature = "cache")]
pub mod jwt;
pub mod loopback;

pub use crate::causes::write_causes;
