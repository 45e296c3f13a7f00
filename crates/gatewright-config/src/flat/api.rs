//! The entries of `aws_cloud_logic_custom`.

use std::collections::BTreeMap;

use crate::findings::Findings;
use crate::node::Node;
use crate::printable::{MAX_NAME, printable};
use crate::{Api, AuthorizationType, entry};

pub(super) const KEY: &str = "aws_cloud_logic_custom";

/// The JavaScript library knows the first four; the others say what it leaves to the app.
const KEYS: [&str; 6] = [
    "name",
    "endpoint",
    "region",
    "service",
    "authorizationType",
    "apiKey",
];

/// Reads every entry; one that is not in order is left out and reported.
pub(super) fn read(root: &Node<'_>, findings: &mut Findings) -> BTreeMap<String, Api> {
    let mut apis = BTreeMap::new();
    let Some(list) = findings.list(root, KEY) else {
        return apis;
    };
    for node in list.elements() {
        if let Some(api) = read_entry(&node, findings) {
            insert(api, &node, &mut apis, findings);
        }
    }
    apis
}

fn read_entry(node: &Node<'_>, findings: &mut Findings) -> Option<Api> {
    if !findings.object(node) {
        return None;
    }
    findings.unknown_keys(node, &KEYS);
    warn_of_service(node, findings);
    let name = findings.required(node, "name", "give the name that the app calls the API by");
    let text = name.as_ref().map_or("", |name| name.value);
    let api = entry::read(text, node, Some(AuthorizationType::AwsIam), findings);
    name.and(api)
}

fn warn_of_service(node: &Node<'_>, findings: &mut Findings) {
    let service = findings.optional(node, "service");
    if let Some(other) = service.filter(|service| service.value != "execute-api") {
        let message = "is not used: requests of a configured API are signed for `execute-api`";
        findings.warning(&other.node, message);
    }
}

fn insert(api: Api, node: &Node<'_>, apis: &mut BTreeMap<String, Api>, findings: &mut Findings) {
    if let Some(first) = apis.get(&api.name) {
        let message = format!(
            "has the name of the API at #{}: the last one counts",
            printable(&first.pointer, MAX_NAME)
        );
        findings.warning(node, message);
    }
    apis.insert(api.name.clone(), api);
}
