//! gatewright against a local AWS and an OpenID Connect provider.
#![allow(clippy::unwrap_used, reason = "a test fails where it cannot go on")]

mod amplify;
mod api_key;
mod crowd;
mod iam;
mod lambda;
mod oidc;
mod renewal;
mod shared;
mod sign_in;
mod sign_out;
mod support;
mod terminal;
mod user_pool;
