mod device;
mod identity_pool;
mod pools;
mod refresh;
mod sign_in;

use serde_json::{Value, json};

use super::*;
use crate::random::Random;
use crate::testing::{Reply, Server, ok};
use crate::{Error, ErrorKind, IdentityPool, Secret, UserPool};

fn user_pool() -> UserPool {
    UserPool::new("eu-west-1_AbCdEfGhI", "client").unwrap()
}

fn users(server: &Server, pool: UserPool) -> UserPoolApi {
    UserPoolApi::new(pool, server.service(), Random::default()).unwrap()
}

/// An `AuthenticationResult` with these members beside the access token.
fn tokens(mut more: Value) -> Reply {
    more["AccessToken"] = "access".into();
    ok(&json!({ "AuthenticationResult": more }))
}
