//! Clients generated from the fixtures, for the tests beside.
//!
//! They are compiled with the strictest lints that a user may have on, because emitted code must not disturb them.

#![deny(warnings, missing_docs, unreachable_pub, clippy::all, clippy::pedantic)]

/// A console-made REST API, with its configuration.
pub mod menagerie {
    gatewright::include_client!("menagerie");
}

/// A REST API with every kind of authorization.
///
/// To leave a credential out does not compile:
///
/// ```compile_fail,E0063
/// use gatewright::layers::ApiKeyLayer;
/// use gatewright_tests::gate::{Client, Credentials};
///
/// let api_key = ApiKeyLayer::new("a-key-of-the-connect-test").unwrap();
/// Client::connect("https://api.example.com".parse().unwrap(), Credentials { api_key });
/// ```
pub mod gate {
    gatewright::include_client!("gate");
}

/// Authorizers that share a place in the request, or have one with a parameter.
pub mod parcels {
    gatewright::include_client!("parcels");
}

/// A REST API exported as YAML.
pub mod coordinates {
    gatewright::include_client!("coordinates");
}

/// An HTTP API.
pub mod feed {
    gatewright::include_client!("feed");
}

/// A REST API with a JWT authorizer.
pub mod moorings {
    gatewright::include_client!("moorings");
}

/// A REST API whose document has faults.
pub mod quay {
    gatewright::include_client!("quay");
}

/// A document in several files that refer to one another.
pub mod vineyard {
    gatewright::include_client!("vineyard");
}

/// The REST API of a template of AWS SAM.
pub mod birds {
    gatewright::include_client!("birds_api");
}

/// The HTTP API of the same template, whose routes are the events of functions.
pub mod keepers {
    gatewright::include_client!("keepers_api");
}

/// The REST API of a template of `CloudFormation`.
pub mod berths {
    gatewright::include_client!("berths_api");
}

/// The HTTP API of the same template.
pub mod tides {
    gatewright::include_client!("tides_api");
}

/// Names that are hard to spell in Rust.
pub mod odd_names {
    gatewright::include_client!("odd_names");
}

/// Names and texts that are made to harm. A block of code in a text that rustdoc took for a doctest would fail.
pub mod hostile {
    gatewright::include_client!("hostile");
}

/// Unions.
pub mod zoo {
    gatewright::include_client!("zoo");
}

/// Types: what a document says of their values, and which way they go.
///
/// What only arrives cannot be sent:
///
/// ```compile_fail,E0277
/// use gatewright_tests::lodge::types::Refusal;
///
/// fn send(refusal: &Refusal) -> Result<String, serde_json::Error> {
///     serde_json::to_string(refusal)
/// }
/// ```
///
/// What only is sent cannot arrive:
///
/// ```compile_fail,E0277
/// use gatewright_tests::lodge::types::Booking;
///
/// fn receive(text: &str) -> Result<Booking, serde_json::Error> {
///     serde_json::from_str(text)
/// }
/// ```
pub mod lodge {
    gatewright::include_client!("lodge");
}

/// Parameters in every style, bodies and answers of every kind.
pub mod kiosk {
    gatewright::include_client!("kiosk");
}

/// Lists as bodies, what operations share, and secrets.
pub mod depot {
    gatewright::include_client!("depot");
}

/// Integers of every range, null apart from absent, and booleans and integers that tell types apart.
pub mod meter {
    gatewright::include_client!("meter");
}

/// An application's own document, of OpenAPI 3.1.
pub mod parrots {
    gatewright::include_client!("parrots");
}

/// Compiles what the README shows.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
