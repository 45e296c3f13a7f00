//! The entries of `awsAPIPlugin`.

use std::collections::BTreeMap;

use crate::findings::Findings;
use crate::node::Node;
use crate::suggest::did_you_mean;
use crate::{Api, entry};

const KEYS: [&str; 5] = [
    "endpointType",
    "endpoint",
    "region",
    "authorizationType",
    "apiKey",
];

/// Reads every REST entry; one that is not in order is left out and reported.
pub(super) fn read(section: &Node<'_>, findings: &mut Findings) -> BTreeMap<String, Api> {
    let apis = section.entries().filter_map(|(name, node)| {
        let is_rest = findings.object(&node) && is_rest(&node, findings);
        is_rest.then(|| read_rest(name, &node, findings)).flatten()
    });
    apis.map(|api| (api.name.clone(), api)).collect()
}

/// A missing `endpointType` is taken for REST, because no other kind is served.
fn is_rest(node: &Node<'_>, findings: &mut Findings) -> bool {
    if !node.has("endpointType") {
        findings.warning(node, "`endpointType` is missing: taken for `REST`");
        return true;
    }
    let Some(text) = findings.required(node, "endpointType", TYPES) else {
        return false;
    };
    match text.value {
        "REST" => return true,
        "GraphQL" => findings.warning(node, entry::GRAPHQL),
        other => {
            let hint = did_you_mean(other, ["REST", "GraphQL"]);
            findings.problem(&text.node, format!("is unknown: {TYPES}{hint}"));
        }
    }
    false
}

const TYPES: &str = "allowed are REST, GraphQL";

/// The mobile libraries have no default for `authorizationType`.
fn read_rest(name: &str, node: &Node<'_>, findings: &mut Findings) -> Option<Api> {
    findings.unknown_keys(node, &KEYS);
    entry::read(name, node, None, findings)
}
