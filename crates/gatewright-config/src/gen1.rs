//! The Gen 1 mobile file, nested or short: finds its two sections and reads them.

mod api;
mod auth;

use crate::config::Sections;
use crate::entry;
use crate::findings::Findings;
use crate::node::Node;

/// The keys of the nested form's top, of the short form's, and of the older `awsconfiguration.json`, which looks like
/// the short form.
const TOP: [&str; 22] = [
    "analytics",
    "api",
    "auth",
    "dataStore",
    "geo",
    "hub",
    "logging",
    "notifications",
    "predictions",
    "storage",
    "awsAPIPlugin",
    "awsCognitoAuthPlugin",
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

/// Reads the sections `awsAPIPlugin` and `awsCognitoAuthPlugin`, wherever they stand.
pub(crate) fn read(root: &Node<'_>, findings: &mut Findings) -> Sections {
    unknown_keys(root, findings);
    let apis = api_section(root, findings)
        .map(|section| api::read(&section, findings))
        .unwrap_or_default();
    let section = auth_section(root, findings);
    let auth = section
        .as_ref()
        .and_then(|section| auth::read(section, findings));
    if !section.is_some_and(|section| section.has("CognitoUserPool")) {
        entry::warn_of_tokens_from_nowhere(&apis, "CognitoUserPool", root, findings);
    }
    (apis, auth)
}

/// Warns of keys that no form has at its top.
pub(crate) fn unknown_keys(root: &Node<'_>, findings: &mut Findings) {
    findings.unknown_keys(root, &TOP);
}

fn api_section<'a>(root: &Node<'a>, findings: &mut Findings) -> Option<Node<'a>> {
    let nested = plugin(root, "api", "awsAPIPlugin", findings);
    let short = findings.section(root, "awsAPIPlugin");
    only_one(nested, short, findings)
}

/// In the short form the pools may stand right at the top; then the top is the section.
fn auth_section<'a>(root: &Node<'a>, findings: &mut Findings) -> Option<Node<'a>> {
    let nested = plugin(root, "auth", "awsCognitoAuthPlugin", findings);
    let short = findings.section(root, "awsCognitoAuthPlugin");
    for section in [&nested, &short].into_iter().flatten() {
        findings.unknown_keys(section, &auth::KEYS);
    }
    let named = only_one(nested, short, findings);
    let top = auth::has_pools(root).then(|| root.clone());
    only_one(named, top, findings)
}

/// `<category>.plugins.<key>` of the nested form.
fn plugin<'a>(
    root: &Node<'a>,
    category: &str,
    key: &str,
    findings: &mut Findings,
) -> Option<Node<'a>> {
    let category = findings.section(root, category)?;
    findings.unknown_keys(&category, &["plugins"]);
    let plugins = findings.section(&category, "plugins")?;
    findings.unknown_keys(&plugins, &[key]);
    findings.section(&plugins, key)
}

fn only_one<'a>(
    first: Option<Node<'a>>,
    second: Option<Node<'a>>,
    findings: &mut Findings,
) -> Option<Node<'a>> {
    if let (Some(first), Some(second)) = (&first, &second) {
        let message = format!(
            "this section is given twice, here and at #{}: keep one of them",
            second.pointer()
        );
        findings.problem(first, message);
    }
    first.or(second)
}
