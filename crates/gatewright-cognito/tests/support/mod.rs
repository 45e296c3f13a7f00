//! Amazon Cognito in memory: a user pool with the server's half of SRP, and an identity pool.
//!
//! It believes nothing: it checks proofs, secret hashes, sessions and expiry, and it counts what is asked of it.

mod api;
mod calls;
mod clock;
mod cognito;
mod faults;
mod identity_pool;
mod random;
mod response;
mod settings;
mod user_pool;

pub(crate) use api::{Api, ORDERS};
pub(crate) use clock::Clock;
pub(crate) use cognito::Cognito;
pub(crate) use faults::Fault;
pub(crate) use random::Random;
pub(crate) use settings::{
    CLIENT_ID, IDENTITY_POOL_ID, REGION, Settings, USER_POOL_ID, identity_pool, user_pool,
};
pub(crate) use user_pool::{Factor, Status, User, totp};
