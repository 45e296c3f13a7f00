//! What runs, and what is in it: the file that `GATEWRIGHT_PEERS` names, written by `cargo xtask integration`.

use std::env;
use std::fs;
use std::io::{self, Write};

use gatewright::BaseUrl;
use serde_json::Value;

use crate::clock::MovedClock;

/// An AWS account of its own, made by `tests/integration/peers/setup.py`.
#[derive(Clone, Debug)]
pub struct Cloud(Value);

impl Cloud {
    /// The one that lives by the system's clock.
    ///
    /// # Panics
    ///
    /// When the tests were not started by `cargo xtask integration`.
    pub fn steady() -> Self {
        Self(description()["cloud"].take())
    }

    /// The one whose clock the test moves, for as long as it holds it; nobody else moves it meanwhile. `None` after a line
    /// that names the test, where the clock of a process cannot be moved; on CI, or with `GATEWRIGHT_REQUIRE_PEERS`, that is a
    /// failure.
    ///
    /// # Panics
    ///
    /// As [`steady`](Self::steady), and as said.
    pub async fn moved(test: &str) -> Option<(Self, MovedClock)> {
        let mut moved = description()["moved"].take();
        if let Some(why) = moved["missing"].as_str() {
            skip(test, why);
            return None;
        }
        let clock = MovedClock::hold(text(&moved, "/clock").into()).await;
        Some((Self(moved["cloud"].take()), clock))
    }

    /// The one whose clock another process moves, which waits for this one.
    ///
    /// # Panics
    ///
    /// As [`steady`](Self::steady).
    pub fn moved_by_another() -> Self {
        Self(description()["moved"]["cloud"].take())
    }

    /// What stands at this JSON pointer in what `setup.py` printed.
    ///
    /// # Panics
    ///
    /// When there is no text.
    pub fn text(&self, pointer: &str) -> &str {
        text(&self.0, pointer)
    }

    /// The app's `amplifyconfiguration.json`.
    pub fn amplify(&self) -> String {
        self.0["amplify"].to_string()
    }

    /// Where the REST API's stage is.
    ///
    /// # Panics
    ///
    /// When `setup.py` did not make it.
    pub fn rest_api(&self) -> BaseUrl {
        url(self.text("/rest_api/url"))
    }

    /// Where the HTTP API's default stage is.
    ///
    /// # Panics
    ///
    /// When `setup.py` did not make it.
    pub fn http_api(&self) -> BaseUrl {
        url(self.text("/http_api/url"))
    }

    /// Where Cognito is.
    ///
    /// # Panics
    ///
    /// When `setup.py` did not say.
    pub fn endpoint(&self) -> BaseUrl {
        url(self.text("/endpoint"))
    }
}

/// Where the OpenID Connect provider is.
///
/// # Panics
///
/// When the tests were not started by `cargo xtask integration`.
pub fn issuer() -> String {
    text(&description(), "/issuer").to_owned()
}

fn description() -> Value {
    let file = env::var_os("GATEWRIGHT_PEERS").expect("run `cargo xtask integration`");
    let bytes = fs::read(file).expect("the peers are described");
    serde_json::from_slice(&bytes).expect("the description is JSON")
}

fn text<'a>(value: &'a Value, pointer: &str) -> &'a str {
    let found = value.pointer(pointer).and_then(Value::as_str);
    found.unwrap_or_else(|| panic!("setup.py printed no text at {pointer}"))
}

fn url(text: &str) -> BaseUrl {
    text.parse().expect("setup.py prints URLs")
}

fn skip(test: &str, why: &str) {
    let required = ["CI", "GATEWRIGHT_REQUIRE_PEERS"];
    assert!(
        required.iter().all(|name| env::var_os(name).is_none()),
        "cannot move a clock: {why}"
    );
    // Not `println!`, which the test harness swallows when a test passes.
    writeln!(io::stdout(), "skipped: {test}: {why}").expect("standard output is open");
}
