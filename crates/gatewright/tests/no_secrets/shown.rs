//! What is planted, and what it means to show it.

use std::error::Error;
use std::fmt::Debug;

use aws_credential_types::Credentials;
use gatewright::layers::{ApiKeyLayer, BearerTokenLayer, SigV4Layer};
use gatewright::{Auth, Operation, Place, Scheme, Token};
use http::HeaderName;

/// Part of every secret.
pub(crate) const MARK: &str = "s3cr3t";
pub(crate) const KEY: &str = "s3cr3t-key-0123456789";
pub(crate) const TOKEN: &str = "s3cr3t-token-0123456789";
const ACCESS: &str = "s3cr3t-access-key";
const SESSION: &str = "s3cr3t-session-token";

pub(crate) const X_TOKEN: HeaderName = HeaderName::from_static("x-token");
pub(crate) const OPERATION: Operation = Operation::new(
    "getPets",
    "GET",
    "/pets",
    Auth::of(&[
        Scheme::ApiKey,
        Scheme::Iam,
        Scheme::Token {
            scheme: "tenants",
            place: Place::Header("x-token"),
        },
    ]),
);

pub(crate) fn key() -> ApiKeyLayer {
    ApiKeyLayer::new(KEY).unwrap()
}

pub(crate) fn token() -> BearerTokenLayer<Token> {
    BearerTokenLayer::new(Token::new(TOKEN)).in_header(X_TOKEN)
}

pub(crate) fn credentials() -> Credentials {
    Credentials::new(
        "AKIDEXAMPLE",
        ACCESS,
        Some(SESSION.to_owned()),
        None,
        "test",
    )
}

pub(crate) fn signer() -> SigV4Layer<Credentials> {
    SigV4Layer::new("eu-west-1", credentials())
}

#[track_caller]
pub(crate) fn holds_no_secret(text: &str) {
    assert!(!text.to_ascii_lowercase().contains(MARK), "{text}");
}

/// Checks both layouts of `Debug`.
#[track_caller]
pub(crate) fn hides(thing: &impl Debug) {
    holds_no_secret(&format!("{thing:?}\n{thing:#?}"));
}

/// Checks an error and all its sources.
#[track_caller]
pub(crate) fn error_hides(error: &(dyn Error + 'static)) {
    for error in std::iter::successors(Some(error), |error| (*error).source()) {
        holds_no_secret(&format!("{error}\n{error:?}\n{error:#?}"));
    }
}
