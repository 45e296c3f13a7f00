//! Clients generated from the fixtures, for the tests beside.
//!
//! They are compiled with the strictest lints that a user may have on, because emitted code must not disturb them.

#![deny(warnings, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]

/// A console-made REST API, with its configuration.
pub mod menagerie {
    gatewright::include_client!("menagerie");
}

/// A REST API with every kind of authorization.
pub mod gate {
    gatewright::include_client!("gate");
}

/// A REST API exported as YAML.
pub mod coordinates {
    gatewright::include_client!("coordinates");
}

/// An HTTP API.
pub mod feed {
    gatewright::include_client!("feed");
}

/// Names that are hard to spell in Rust.
pub mod odd_names {
    gatewright::include_client!("odd_names");
}

/// Compiles what the README shows.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
