//! `jwtConfiguration` of a JWT authorizer, in the form of HTTP APIs (`issuer`, `audience`) and in that of REST APIs (`issuers`,
//! `defaultAlgorithms`). Either form is read in either kind of API, for people write what they know.

use crate::display::quote;
use crate::node::{Field, Node};
use crate::value::Value;
use crate::{JwtAlgorithm, JwtClaim, JwtIssuer, JwtRules};

/// The claims that have rules of their own, so that none can be added ("`JwtAdditionalClaim`", API Gateway API reference).
const OF_THEIR_OWN: [&str; 7] = ["iss", "aud", "exp", "nbf", "iat", "scope", "scp"];

/// Reads what the authorizer `node` checks.
pub(super) fn rules(node: &Node<'_>) -> JwtRules {
    let Some(configuration) = node.object("jwtConfiguration") else {
        return JwtRules::new(Vec::new());
    };
    JwtRules {
        issuers: issuers(&configuration),
        algorithms: algorithms(&configuration),
    }
}

/// The issuers of the list, then the one that stands alone unless the list has it.
fn issuers(configuration: &Node<'_>) -> Vec<JwtIssuer> {
    let mut issuers: Vec<_> = one_or_more(configuration, "issuers")
        .iter()
        .filter_map(issuer)
        .collect();
    let shared = audiences(configuration);
    for issuer in &mut issuers {
        if issuer.audiences.is_empty() {
            issuer.audiences.clone_from(&shared);
        }
    }
    let name = configuration.text("issuer");
    let is_listed = issuers.iter().any(|listed| listed.issuer == name);
    let is_said = name.is_some() || (issuers.is_empty() && !shared.is_empty());
    if is_said && !is_listed {
        issuers.push(JwtIssuer {
            issuer: name,
            audiences: shared,
            claims: claims(configuration),
        });
    }
    issuers
}

/// An entry of the list: an object, or the text of the issuer alone.
fn issuer(node: &Node<'_>) -> Option<JwtIssuer> {
    if let Some(name) = node.value().as_str() {
        return Some(JwtIssuer::new(name, Vec::new()));
    }
    if !node.is_object() {
        return None;
    }
    let Some(name) = node.text("issuer") else {
        node.repair("is an issuer without a name; no token is of it, so it is left out");
        return None;
    };
    Some(JwtIssuer {
        issuer: Some(name),
        audiences: audiences(node),
        claims: claims(node),
    })
}

/// `audiences` of REST APIs and `audience` of HTTP APIs, each a list or one text.
fn audiences(node: &Node<'_>) -> Vec<String> {
    let fields = ["audiences", "audience"].map(|key| node.field(key));
    fields.iter().flatten().flat_map(texts).collect()
}

fn texts(field: &Field<'_, '_>) -> Vec<String> {
    match field.value {
        Value::Array(_) => field.texts(),
        _ => field.text().into_iter().collect(),
    }
}

fn claims(node: &Node<'_>) -> Vec<JwtClaim> {
    one_or_more(node, "additionalClaims")
        .iter()
        .filter_map(claim)
        .collect()
}

fn claim(node: &Node<'_>) -> Option<JwtClaim> {
    let name = node
        .is_object()
        .then(|| node.text("claimName"))?
        .unwrap_or_default();
    if name.is_empty() || OF_THEIR_OWN.contains(&name.as_str()) {
        node.repair(format!(
            "is a rule for the claim {}, which can have none; left out",
            quote(&name)
        ));
        return None;
    }
    if let Some(format) = node
        .text("format")
        .filter(|format| format != "SINGLE_STRING")
    {
        node.repair(format!(
            "is of the format {}; read as SINGLE_STRING",
            quote(&format)
        ));
    }
    let expected = node.field("expectedValues");
    Some(JwtClaim {
        name,
        required: node.flag("required").unwrap_or_default(),
        expected: expected.iter().flat_map(texts).collect(),
    })
}

/// All algorithms if the document names none. If all that it names are unknown then no token passes, as no import would have
/// taken the document.
fn algorithms(configuration: &Node<'_>) -> Vec<JwtAlgorithm> {
    let field = ["defaultAlgorithms", "algorithms"]
        .into_iter()
        .find_map(|key| configuration.field(key));
    let Some(field) = field else {
        return JwtAlgorithm::ALL.to_vec();
    };
    let mut known = Vec::new();
    for name in texts(&field) {
        match JwtAlgorithm::of_name(&name.to_ascii_uppercase()) {
            Some(algorithm) if known.contains(&algorithm) => {}
            Some(algorithm) => known.push(algorithm),
            None => field.node().repair(format!(
                "names the algorithm {}, which no JWT authorizer takes; left out",
                quote(&name)
            )),
        }
    }
    known
}

/// The elements of a list, or the one value that stands in its place.
fn one_or_more<'a>(node: &Node<'a>, key: &str) -> Vec<Node<'a>> {
    match node.child(key) {
        Some(list) if list.value().is_array() => list.items().collect(),
        other => other.into_iter().collect(),
    }
}

#[cfg(test)]
mod tests;
