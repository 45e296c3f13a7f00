//! Gen 2 `amplify_outputs.json`, by its JSON Schema (versions 1 to 1.5) and, for REST APIs, Amplify's convention for
//! `custom`.

mod api;
mod auth;

use crate::config::Sections;
use crate::entry;
use crate::findings::Findings;
use crate::node::Node;

const TOP: [&str; 9] = [
    "$schema",
    "version",
    "analytics",
    "auth",
    "custom",
    "data",
    "geo",
    "notifications",
    "storage",
];

/// Reads `auth` and `custom.API`.
pub(crate) fn read(root: &Node<'_>, findings: &mut Findings) -> Sections {
    findings.unknown_keys(root, &TOP);
    version(root, findings);
    if let Some(data) = root.get("data") {
        findings.warning(&data, entry::GRAPHQL);
    }
    let apis = api::read(root, findings);
    let section = findings.section(root, "auth");
    let auth = section
        .as_ref()
        .and_then(|section| auth::read(section, findings));
    if !section.is_some_and(|section| section.says(auth::USER_POOL)) {
        entry::warn_of_tokens_from_nowhere(&apis, "auth.user_pool_id", root, findings);
    }
    (apis, auth)
}

/// Another first number may give the keys another meaning.
fn version(root: &Node<'_>, findings: &mut Findings) {
    if !root.has("version") {
        findings.warning(root, "`version` is missing: taken for `1`");
        return;
    }
    let hint = "allowed are 1 and what begins with `1.`, such as `1.4`";
    let Some(version) = findings.required(root, "version", hint) else {
        return;
    };
    if version.value != "1" && !version.value.starts_with("1.") {
        findings.problem(
            &version.node,
            format!("is not a version that is read: {hint}"),
        );
    }
}
