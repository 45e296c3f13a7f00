//! What a security scheme makes a caller send, by its name and declaration.

use std::fmt;

use serde_json::Value;

use crate::tree::{followed, lower};

/// One value that a caller sends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Sent {
    Signature,
    PlanKey,
    /// A header by its lower-case name, for the scheme of this name.
    Header(String, String),
    /// A query parameter, for the scheme of this name.
    Query(String, String),
}

impl Sent {
    /// Where it is in a request, so that two in one place are told.
    pub(crate) fn place(&self) -> (bool, &str) {
        match self {
            Sent::Signature => (true, "authorization"),
            Sent::PlanKey => (true, "x-api-key"),
            Sent::Header(name, _) => (true, name),
            Sent::Query(name, _) => (false, name),
        }
    }

    pub(crate) fn is_plan_key(&self) -> bool {
        *self == Sent::PlanKey
    }

    pub(crate) fn make_plan_key(&mut self) {
        if self.place() == (true, "x-api-key") {
            *self = Sent::PlanKey;
        }
    }
}

impl fmt::Display for Sent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Sent::Signature => f.write_str("signature"),
            Sent::PlanKey => f.write_str("api key"),
            Sent::Header(name, scheme) => write!(f, "header {name} of {scheme}"),
            Sent::Query(name, scheme) => write!(f, "query {name} of {scheme}"),
        }
    }
}

/// What a scheme means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Meaning {
    pub(crate) sent: Vec<Sent>,
    /// Whether it is an authorizer of the gateway, so that the parameters of an operation may fill it.
    pub(crate) is_gateways: bool,
}

fn plain(sent: Vec<Sent>) -> Meaning {
    Meaning {
        sent,
        is_gateways: false,
    }
}

/// Of the scheme `name` in the document `root`.
pub(crate) fn of(name: &str, root: &Value) -> Meaning {
    let sections = ["/components/securitySchemes", "/securityDefinitions"];
    let section = sections[usize::from(root.get("openapi").is_none())];
    let declared = root.pointer(section).and_then(|schemes| schemes.get(name));
    match declared {
        Some(scheme) => of_declared(name, followed(root, scheme), root),
        None => plain(by_name(name).into_iter().collect()),
    }
}

/// A scheme that nobody declares, as in exports without extensions and in what AWS SAM writes.
fn by_name(name: &str) -> Option<Sent> {
    let name: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    match name.to_ascii_lowercase().as_str() {
        "apikey" | "xapikey" => Some(Sent::PlanKey),
        "sigv4" | "awssigv4" | "awsauthsigv4" | "awsv4" | "iam" | "awsiam" => Some(Sent::Signature),
        _ => None,
    }
}

fn of_declared(name: &str, scheme: &Value, root: &Value) -> Meaning {
    let authtype = lower(scheme, "x-amazon-apigateway-authtype");
    if authtype.as_deref() == Some("awssigv4") {
        return plain(vec![Sent::Signature]);
    }
    let own = own_place(name, scheme).filter(|place| place.place() != (true, "unused"));
    let authorizer = authorizer(scheme, root);
    let kind = authorizer.and_then(|authorizer| lower(authorizer, "type"));
    let known = ["token", "request", "cognito_user_pools", "jwt"];
    if let (Some(authorizer), Some(kind)) = (
        authorizer,
        kind.filter(|kind| known.contains(&kind.as_str())),
    ) {
        let default = || Sent::Header("authorization".to_owned(), name.to_owned());
        let own = own.or_else(|| (kind == "jwt").then(default));
        return Meaning {
            sent: sources(name, authorizer).unwrap_or_else(|| own.into_iter().collect()),
            is_gateways: true,
        };
    }
    let is_plain = authtype.is_none() && authorizer.is_none();
    let sent = own.map(|own| if is_plain { named(name, own) } else { own });
    Meaning {
        sent: sent.into_iter().collect(),
        is_gateways: authtype.is_some(),
    }
}

/// A scheme without a word of API Gateway: the header of API keys is one, and the name tells a signature.
fn named(name: &str, own: Sent) -> Sent {
    match own.place() {
        (true, "x-api-key") => Sent::PlanKey,
        (true, "authorization") if by_name(name) == Some(Sent::Signature) => Sent::Signature,
        _ => own,
    }
}

/// Where OpenAPI says that the value is.
fn own_place(name: &str, scheme: &Value) -> Option<Sent> {
    let header = |header: &str| Sent::Header(header.to_ascii_lowercase(), name.to_owned());
    let text = |key: &str| scheme.get(key).and_then(Value::as_str);
    match (text("type")?, text("in")) {
        ("apiKey", Some("header")) => Some(header(text("name")?)),
        ("apiKey", Some("query")) => Some(Sent::Query(text("name")?.to_owned(), name.to_owned())),
        ("apiKey", Some("cookie")) => Some(header("cookie")),
        ("http" | "basic" | "oauth2" | "openIdConnect", _) => Some(header("authorization")),
        _ => None,
    }
}

fn authorizer<'a>(scheme: &'a Value, root: &'a Value) -> Option<&'a Value> {
    let authorizer = scheme.get("x-amazon-apigateway-authorizer")?;
    let Some(name) = authorizer.as_str() else {
        return Some(followed(root, authorizer));
    };
    let sections = [
        root.pointer("/components/x-amazon-apigateway-authorizers"),
        root.get("x-amazon-apigateway-authorizers"),
    ];
    sections
        .into_iter()
        .flatten()
        .find_map(|named| named.get(name))
}

/// What the identity sources of an authorizer name of a request; `None` if there are no sources.
fn sources(name: &str, authorizer: &Value) -> Option<Vec<Sent>> {
    let source = authorizer.get("identitySource")?;
    let texts: Vec<&str> = match source {
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        one => vec![one.as_str()?],
    };
    let all = texts.iter().flat_map(|text| text.split(','));
    let all: Vec<_> = all.map(str::trim).filter(|one| !one.is_empty()).collect();
    if all.is_empty() {
        return None;
    }
    let mut sent = Vec::new();
    for source in all {
        let Some((_, place)) = source.split_once("request.") else {
            continue;
        };
        let found = match place.split_once('.') {
            Some(("header", header)) => Sent::Header(header.to_ascii_lowercase(), name.to_owned()),
            Some(("querystring", query)) => Sent::Query(query.to_owned(), name.to_owned()),
            _ => continue,
        };
        if !sent.contains(&found) {
            sent.push(found);
        }
    }
    Some(sent)
}
