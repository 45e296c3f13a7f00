//! The ids of Cognito. A placeholder that nobody filled in is found here and not by the first call.

use crate::findings::Findings;
use crate::node::{Node, Text};

/// The member `key` as the id of a user pool: a region, an underscore, a name.
pub(crate) fn user_pool<'a>(
    node: &Node<'a>,
    key: &str,
    findings: &mut Findings,
) -> Option<Text<'a>> {
    let hint = "give the user pool's id, such as `eu-west-1_AbCdEfGhI`";
    id(node, key, hint, |id| has_two_parts(id, '_'), findings)
}

/// The member `key` as the id of an identity pool: a region, a colon, a UUID.
pub(crate) fn identity_pool<'a>(
    node: &Node<'a>,
    key: &str,
    findings: &mut Findings,
) -> Option<Text<'a>> {
    let hint =
        "give the identity pool's id, such as `eu-west-1:00000000-1111-2222-3333-444444444444`";
    id(node, key, hint, |id| has_two_parts(id, ':'), findings)
}

/// The member `key` as the id of an app client.
pub(crate) fn client<'a>(node: &Node<'a>, key: &str, findings: &mut Findings) -> Option<Text<'a>> {
    let hint = "give the id of the pool's app client";
    id(node, key, hint, |_| true, findings)
}

fn id<'a>(
    node: &Node<'a>,
    key: &str,
    hint: &str,
    has_form: fn(&str) -> bool,
    findings: &mut Findings,
) -> Option<Text<'a>> {
    let text = findings.required(node, key, hint)?;
    if text.value.bytes().all(|byte| byte.is_ascii_graphic()) && has_form(text.value) {
        return Some(text);
    }
    findings.problem(&text.node, format!("is no such id: {hint}"));
    None
}

/// Emulators have regions of their own, such as `local`: what the parts are is not looked at.
fn has_two_parts(id: &str, separator: char) -> bool {
    let parts = id.split_once(separator);
    parts.is_some_and(|(region, name)| !region.is_empty() && !name.is_empty())
}
