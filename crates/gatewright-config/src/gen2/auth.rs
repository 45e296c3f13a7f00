//! The section `auth`.

use crate::CognitoAuth;
use crate::findings::Findings;
use crate::node::Node;
use crate::pools::{self, Keys};

pub(super) const USER_POOL: &str = "user_pool_id";

/// What is read, and what only a sign-in page uses.
const KEYS: [&str; 14] = [
    "aws_region",
    USER_POOL,
    "user_pool_client_id",
    "identity_pool_id",
    "unauthenticated_identities_enabled",
    "password_policy",
    "oauth",
    "standard_required_attributes",
    "username_attributes",
    "user_verification_types",
    "mfa_configuration",
    "mfa_methods",
    "passwordless",
    "groups",
];

const POOLS: Keys = Keys {
    user_pool: USER_POOL,
    client: "user_pool_client_id",
    identity_pool: "identity_pool_id",
    regions: &["aws_region"],
};

/// The schema demands a user pool; an app that has only an identity pool is read all the same.
pub(super) fn read(section: &Node<'_>, findings: &mut Findings) -> Option<CognitoAuth> {
    findings.unknown_keys(section, &KEYS);
    let guests = findings.flag(section, "unauthenticated_identities_enabled");
    let auth = pools::read(section, &POOLS, guests.unwrap_or(true), findings);
    if auth.is_none() {
        findings.warning(
            section,
            "neither `user_pool_id` nor `identity_pool_id` is here: nobody can sign in",
        );
    }
    auth
}
