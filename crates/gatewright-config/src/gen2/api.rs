//! The entries of `custom.API`, as Amplify's page "Set up Amplify REST API" has a backend write them.

use std::collections::BTreeMap;

use crate::findings::Findings;
use crate::node::Node;
use crate::{Api, AuthorizationType, entry};

/// The page's own keys first; the last two say what it leaves to the app.
const KEYS: [&str; 5] = [
    "endpoint",
    "region",
    "apiName",
    "authorizationType",
    "apiKey",
];

/// Reads every entry; one that is not in order is left out and reported.
pub(super) fn read(root: &Node<'_>, findings: &mut Findings) -> BTreeMap<String, Api> {
    let Some(custom) = findings.section(root, "custom") else {
        return BTreeMap::new();
    };
    warn_of_misspelling(&custom, findings);
    let Some(section) = findings.section(&custom, "API") else {
        return BTreeMap::new();
    };
    let apis = section
        .entries()
        .filter_map(|(name, node)| read_entry(name, &node, findings));
    apis.map(|api| (api.name.clone(), api)).collect()
}

fn read_entry(name: &str, node: &Node<'_>, findings: &mut Findings) -> Option<Api> {
    if !findings.object(node) {
        return None;
    }
    findings.unknown_keys(node, &KEYS);
    entry::read(name, node, Some(AuthorizationType::AwsIam), findings)
}

/// `custom` is the app's own: of its other members only what is meant for `API` is worth a word.
fn warn_of_misspelling(custom: &Node<'_>, findings: &mut Findings) {
    let meant = |key: &str| matches!(key.to_ascii_lowercase().as_str(), "api" | "apis");
    let others = custom.entries().filter(|(key, _)| *key != "API");
    for (_, member) in others.filter(|(key, _)| meant(key)) {
        findings.warning(&member, "unknown key, ignored; did you mean `API`?");
    }
}
