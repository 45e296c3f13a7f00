//! The flat form that the Gen 1 CLI writes for JavaScript, and its library reads with `parseAWSExports`.

mod api;

use crate::config::Sections;
use crate::entry;
use crate::findings::Findings;
use crate::node::Node;
use crate::pools::{self, Keys};
use crate::suggest::did_you_mean;

/// What is read, and what only a sign-in page uses.
const TOP: [&str; 18] = [
    api::KEY,
    GUESTS,
    GRAPHQL,
    "aws_project_region",
    "aws_cognito_region",
    "aws_cognito_identity_pool_id",
    "aws_user_pools_id",
    "aws_user_pools_web_client_id",
    "oauth",
    "federationTarget",
    "aws_cognito_username_attributes",
    "aws_cognito_social_providers",
    "aws_cognito_signup_attributes",
    "aws_cognito_sign_up_verification_method",
    "aws_cognito_mfa_configuration",
    "aws_cognito_mfa_types",
    "aws_cognito_password_protection_settings",
    "aws_cognito_verification_mechanisms",
];

/// How the keys of other categories begin: a new one of theirs is nothing to warn of.
const OTHER_CATEGORIES: [&str; 9] = [
    "aws_appsync_",
    "aws_bots",
    "aws_content_delivery_",
    "aws_mobile_analytics_",
    "aws_user_files_",
    "geo",
    "modelIntrospection",
    "Notifications",
    "predictions",
];

const GUESTS: &str = "aws_mandatory_sign_in";
const GRAPHQL: &str = "aws_appsync_graphqlEndpoint";

const POOLS: Keys = Keys {
    user_pool: "aws_user_pools_id",
    client: "aws_user_pools_web_client_id",
    identity_pool: "aws_cognito_identity_pool_id",
    regions: &["aws_cognito_region", "aws_project_region"],
};

/// Reads the REST APIs and the pools of the flat form.
pub(crate) fn read(root: &Node<'_>, findings: &mut Findings) -> Sections {
    unknown_keys(root, findings);
    if let Some(graphql) = root.get(GRAPHQL) {
        findings.warning(&graphql, entry::GRAPHQL);
    }
    let apis = api::read(root, findings);
    let guests = allows_guests(root, findings);
    let auth = pools::read(root, &POOLS, guests, findings);
    if !root.says(POOLS.user_pool) {
        entry::warn_of_tokens_from_nowhere(&apis, POOLS.user_pool, root, findings);
    }
    (apis, auth)
}

fn unknown_keys(root: &Node<'_>, findings: &mut Findings) {
    let elsewhere = |key: &str| OTHER_CATEGORIES.iter().any(|start| key.starts_with(start));
    findings.unknown_keys_but(root, &TOP, elsewhere);
}

/// The JavaScript library takes every value but `enable` for `disable`.
fn allows_guests(root: &Node<'_>, findings: &mut Findings) -> bool {
    let Some(text) = findings.optional(root, GUESTS) else {
        return true;
    };
    let allowed = ["enable", "disable"];
    if !allowed.contains(&text.value) {
        let hint = did_you_mean(text.value, allowed);
        let message = format!("is unknown, `disable` is used: allowed are enable, disable{hint}");
        findings.warning(&text.node, message);
    }
    text.value != "enable"
}
