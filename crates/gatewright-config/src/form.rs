//! Tells the forms of a configuration file apart by content: Gen 1 mobile and JavaScript files share one name.

use crate::node::Node;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// `amplifyconfiguration.json` of the mobile libraries, nested or short.
    Gen1,
    /// `aws-exports` or `amplifyconfiguration.json` of the JavaScript library: flat `aws_…` keys.
    Flat,
    /// Gen 2 `amplify_outputs.json`.
    Outputs,
}

/// Keys at the top that only the short form has.
const SHORT: [&str; 4] = [
    "awsAPIPlugin",
    "awsCognitoAuthPlugin",
    "CognitoUserPool",
    "CredentialsProvider",
];

impl Form {
    pub(crate) fn detect(root: &Node<'_>) -> Option<Self> {
        if is_short(root) || has_plugins(root) {
            Some(Self::Gen1)
        } else if root.entries().any(|(key, _)| key.starts_with("aws_")) {
            Some(Self::Flat)
        } else if is_outputs(root) {
            Some(Self::Outputs)
        } else {
            (root.has("api") || root.has("auth")).then_some(Self::Gen1)
        }
    }
}

fn is_short(root: &Node<'_>) -> bool {
    SHORT.iter().any(|key| root.has(key))
}

fn has_plugins(root: &Node<'_>) -> bool {
    let categories = ["api", "auth"].into_iter();
    let mut found = categories.filter_map(|key| root.get(key));
    found.any(|category| category.has("plugins"))
}

/// `version` is the only key that the outputs' schema requires; Gen 1 spells it `Version`.
fn is_outputs(root: &Node<'_>) -> bool {
    root.has("version")
        || root.has("custom")
        || root.get("auth").is_some_and(|auth| auth.has("aws_region"))
}
