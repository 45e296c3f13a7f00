//! The section `awsCognitoAuthPlugin`.

use crate::auth::{AuthenticationFlow, CognitoAuth, IdentityPool, UserPool};
use crate::findings::Findings;
use crate::node::{Node, Text};
use crate::suggest::did_you_mean;
use crate::{Secret, endpoint, ids};

/// The keys of the section. Those that have nothing to do with sign-in are the CLI's, for other plugins.
pub(super) const KEYS: [&str; 10] = [
    "CognitoUserPool",
    "CredentialsProvider",
    "Auth",
    "IdentityManager",
    "AppSync",
    "PinpointAnalytics",
    "PinpointTargeting",
    "S3TransferUtility",
    "UserAgent",
    "Version",
];
const USER_POOL: [&str; 7] = [
    "PoolId",
    "AppClientId",
    "AppClientSecret",
    "Region",
    "Endpoint",
    "PinpointAppId",
    "MigrationEnabled",
];
const SIGN_IN: [&str; 9] = [
    "authenticationFlowType",
    "OAuth",
    "socialProviders",
    "usernameAttributes",
    "signupAttributes",
    "passwordProtectionSettings",
    "mfaConfiguration",
    "mfaTypes",
    "verificationMechanisms",
];

/// Whether `node` holds a pool, as the top of a short-form file may.
pub(super) fn has_pools(node: &Node<'_>) -> bool {
    node.has("CognitoUserPool") || node.has("CredentialsProvider")
}

pub(super) fn read(section: &Node<'_>, findings: &mut Findings) -> Option<CognitoAuth> {
    if !has_pools(section) {
        findings.warning(
            section,
            "neither `CognitoUserPool` nor `CredentialsProvider` is here: nobody can sign in",
        );
        return None;
    }
    let users = findings.section(section, "CognitoUserPool");
    let identities = credentials_provider(section, users.as_ref(), findings);
    let users = users.and_then(|users| default(&users, &["CredentialsProvider"], findings));
    let identities = identities.and_then(|identities| default(&identities, &[], findings));
    Some(CognitoAuth {
        user_pool: users.as_ref().and_then(|pool| user_pool(pool, findings)),
        identity_pool: identities.and_then(|pool| identity_pool(&pool, findings)),
        flow: flow(section, users.as_ref(), findings),
    })
}

/// `CredentialsProvider.CognitoIdentity`. Amplify's page shows it inside `CognitoUserPool`, where its libraries do not
/// look.
fn credentials_provider<'a>(
    section: &Node<'a>,
    users: Option<&Node<'a>>,
    findings: &mut Findings,
) -> Option<Node<'a>> {
    let beside = findings.section(section, "CredentialsProvider");
    let inside = users.and_then(|users| findings.section(users, "CredentialsProvider"));
    if let (None, Some(inside)) = (&beside, &inside) {
        findings.warning(
            inside,
            "belongs beside `CognitoUserPool`, not inside it: read all the same",
        );
    }
    let provider = beside.or(inside)?;
    findings.unknown_keys(&provider, &["CognitoIdentity"]);
    if !provider.has("CognitoIdentity") {
        findings.problem(
            &provider,
            "`CognitoIdentity` is missing: the identity pool belongs into it",
        );
    }
    findings.section(&provider, "CognitoIdentity")
}

/// The member `Default`, the only one that Amplify reads.
fn default<'a>(parent: &Node<'a>, siblings: &[&str], findings: &mut Findings) -> Option<Node<'a>> {
    findings.unknown_keys(parent, &[&["Default"], siblings].concat());
    if !parent.has("Default") {
        findings.problem(
            parent,
            "`Default` is missing: the pool's settings belong into it",
        );
    }
    findings.section(parent, "Default")
}

fn user_pool(node: &Node<'_>, findings: &mut Findings) -> Option<UserPool> {
    findings.unknown_keys(node, &USER_POOL);
    let id = ids::user_pool(node, "PoolId", findings);
    let client_id = ids::client(node, "AppClientId", findings);
    let client_secret = findings.optional(node, "AppClientSecret");
    let endpoint = custom_host(node, findings);
    let region = region(node, id.as_ref(), '_', findings);
    Some(UserPool {
        id: id?.value.to_owned(),
        client_id: client_id?.value.to_owned(),
        client_secret: client_secret.map(|secret| Secret::from(secret.value)),
        region: region?,
        endpoint,
    })
}

fn identity_pool(node: &Node<'_>, findings: &mut Findings) -> Option<IdentityPool> {
    findings.unknown_keys(node, &["PoolId", "Region"]);
    let id = ids::identity_pool(node, "PoolId", findings);
    let region = region(node, id.as_ref(), ':', findings);
    Some(IdentityPool {
        id: id?.value.to_owned(),
        region: region?,
        allows_guests: true,
    })
}

/// `Region`, else the part of the pool's id before `separator`.
fn region(
    node: &Node<'_>,
    id: Option<&Text<'_>>,
    separator: char,
    findings: &mut Findings,
) -> Option<String> {
    let in_id = id.and_then(|id| endpoint::region_of_id(id.value, separator));
    if node.has("Region") {
        return given_region(node, in_id, findings);
    }
    if in_id.is_none() {
        findings.problem(node, "`Region` is missing, and no `PoolId` begins with one");
    }
    in_id.map(str::to_owned)
}

fn given_region(node: &Node<'_>, in_id: Option<&str>, findings: &mut Findings) -> Option<String> {
    let hint = "name a region such as `eu-west-1`";
    let given = findings.required(node, "Region", hint)?;
    if !endpoint::is_region(given.value) {
        findings.problem(&given.node, format!("is not the name of a region: {hint}"));
        return None;
    }
    if let Some(other) = in_id.filter(|region| *region != given.value) {
        findings.warning(
            &given.node,
            format!("differs from the region that `PoolId` begins with, `{other}`"),
        );
    }
    Some(given.value.to_owned())
}

fn custom_host(node: &Node<'_>, findings: &mut Findings) -> Option<String> {
    let host = findings.optional(node, "Endpoint")?;
    match endpoint::authority_is_valid(host.value) {
        Ok(()) => Some(host.value.to_owned()),
        Err(_) => {
            findings.problem(
                &host.node,
                "must be a host alone, without scheme and path, such as `idp.shop.example`",
            );
            None
        }
    }
}

/// `MigrationEnabled` outdoes the flow, because a user is migrated with the password itself.
fn flow(
    section: &Node<'_>,
    users: Option<&Node<'_>>,
    findings: &mut Findings,
) -> AuthenticationFlow {
    let migrates = users.is_some_and(|pool| findings.flag(pool, "MigrationEnabled") == Some(true));
    let sign_in = findings.section(section, "Auth");
    let sign_in = sign_in.and_then(|auth| findings.section(&auth, "Default"));
    let flow = sign_in
        .map(|node| flow_type(&node, findings))
        .unwrap_or_default();
    if migrates {
        AuthenticationFlow::UserPassword
    } else {
        flow
    }
}

/// A flow that is unknown here may be known tomorrow, so it stops nothing; Amplify takes it for SRP too.
fn flow_type(node: &Node<'_>, findings: &mut Findings) -> AuthenticationFlow {
    findings.unknown_keys(node, &SIGN_IN);
    let Some(text) = findings.optional(node, "authenticationFlowType") else {
        return AuthenticationFlow::default();
    };
    let mut values = AuthenticationFlow::VALUES.into_iter();
    if let Some((_, flow)) = values.find(|(name, _)| *name == text.value) {
        return flow;
    }
    let names = AuthenticationFlow::VALUES.map(|(name, _)| name);
    let hint = did_you_mean(text.value, names);
    findings.warning(
        &text.node,
        format!(
            "is unknown, USER_SRP_AUTH is used: allowed are {}{hint}",
            names.join(", ")
        ),
    );
    AuthenticationFlow::default()
}
