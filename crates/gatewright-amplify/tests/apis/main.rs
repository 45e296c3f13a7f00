//! What an app does with its APIs, whatever their mode.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

mod aws_lambda;
mod clients;
mod conflicts;
mod positions;
mod problems;
mod secrets;
mod support;
mod untyped;
