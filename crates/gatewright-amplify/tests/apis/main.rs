//! What an app does with its APIs, whatever their mode.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

mod awkward;
mod aws_lambda;
mod clients;
mod conflicts;
mod forms;
mod habits;
mod origins;
mod positions;
mod problems;
mod secrets;
mod support;
mod untyped;
