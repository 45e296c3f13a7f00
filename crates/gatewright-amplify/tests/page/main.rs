//! What Amplify's page "Define authorization rules" shows, section by section, done with gatewright against a local
//! gateway that enforces the rules of an export.
#![expect(clippy::unwrap_used, reason = "tests may panic")]

mod api_key;
mod cognito;
mod cognito_user_pool_authorization;
mod customizing_http_request_headers;
mod iam_authorization;
mod narrow;
mod none;
mod none_interceptor;
mod none_request_headers;
mod oidc;
mod oidc_id_token_of_the_user_pool;
mod sessions;
mod support;
mod unauthenticated_requests;
