//! The operations of Cognito, as functions. None of them needs a signature.

mod auth_response;
mod identity_pool;
mod parameters;
mod user_pool;

pub(crate) use auth_response::{AuthResponse, IssuedChallenge, NewDevice, NewTokens};
pub(crate) use identity_pool::{AwsCredentials, IdentityPoolApi, Logins};
pub(crate) use parameters::Parameters;
pub(crate) use user_pool::UserPoolApi;

#[cfg(test)]
mod tests;
