//! The security schemes of the authorizers that an API of AWS SAM declares.

use super::layered::Layered;
use super::{object, string};
use crate::ApiKind;
use crate::value::{Members, Value};

const AUTHORIZER: &str = "x-amazon-apigateway-authorizer";

/// The scheme of AWS credentials, which nobody declares.
pub(super) fn iam() -> Value {
    api_key(
        "Authorization",
        [("x-amazon-apigateway-authtype", string("awsSigv4"))],
    )
}

/// The scheme of API keys.
pub(super) fn key() -> Value {
    api_key("x-api-key", [])
}

/// The scheme of a declared authorizer.
pub(super) fn scheme(authorizer: &Layered<'_>, kind: ApiKind) -> Value {
    match kind {
        ApiKind::Http => of_http(authorizer),
        ApiKind::Rest => of_rest(authorizer),
    }
}

fn api_key<'a>(header: &str, more: impl IntoIterator<Item = (&'a str, Value)>) -> Value {
    let members = [
        ("type", string("apiKey")),
        ("name", string(header)),
        ("in", string("header")),
    ];
    object(members.into_iter().chain(more))
}

/// An authorizer with a user pool, or a function of type `TOKEN` (the default) or `REQUEST`.
fn of_rest(authorizer: &Layered<'_>) -> Value {
    let identity = authorizer.get("Identity");
    let header = identity.get("Header").text();
    let header = header.map_or("Authorization", |(header, _)| header);
    if authorizer.get("UserPoolArn").value().is_some() {
        return scheme_of(header, "cognito_user_pools", "cognito_user_pools", None);
    }
    let kind = authorizer.get("FunctionPayloadType").text();
    if kind.is_none_or(|(kind, _)| kind != "REQUEST") {
        return scheme_of(header, "custom", "token", None);
    }
    let sources = sources(&identity, "method.request.", "");
    let sources = (!sources.is_empty()).then(|| string(&sources.join(", ")));
    scheme_of("Unused", "custom", "request", sources)
}

fn scheme_of(header: &str, auth_type: &str, kind: &str, sources: Option<Value>) -> Value {
    let sources = sources.map(|sources| ("identitySource", sources));
    let authorizer = [("type", string(kind))].into_iter().chain(sources);
    api_key(
        header,
        [
            ("x-amazon-apigateway-authtype", string(auth_type)),
            (AUTHORIZER, object(authorizer)),
        ],
    )
}

/// An authorizer of JWTs, or a function.
fn of_http(authorizer: &Layered<'_>) -> Value {
    let configuration = authorizer.get("JwtConfiguration");
    if configuration.value().is_some() {
        let mut members = vec![
            ("type", string("jwt")),
            ("jwtConfiguration", lower_case(&configuration)),
        ];
        if let Some((source, _)) = authorizer.get("IdentitySource").value() {
            members.push(("identitySource", source.clone()));
        }
        return object([("type", string("oauth2")), (AUTHORIZER, object(members))]);
    }
    let sources = sources(&authorizer.get("Identity"), "$request.", "$");
    let sources = sources.iter().map(|source| string(source));
    let mut members = vec![("type", string("request"))];
    let sources: Vec<_> = sources.collect();
    if !sources.is_empty() {
        members.push(("identitySource", Value::Array(sources.into())));
    }
    if let Some((version, _)) = authorizer.get("AuthorizerPayloadFormatVersion").value() {
        members.push(("authorizerPayloadFormatVersion", version.clone()));
    }
    api_key("Unused", [(AUTHORIZER, object(members))])
}

/// `issuer` and `audience`, however they are written: properties of resources begin with a capital letter.
fn lower_case(configuration: &Layered<'_>) -> Value {
    let mut members = Members::default();
    for key in configuration.keys() {
        if let Some((value, _)) = configuration.get(key).value() {
            members.insert(key.to_lowercase().as_str().into(), value.clone());
        }
    }
    Value::Object(members.into_object())
}

/// What an authorizer reads of a request, each with what begins its name.
fn sources(identity: &Layered<'_>, request: &str, other: &str) -> Vec<String> {
    let kinds = [
        ("Headers", format!("{request}header.")),
        ("QueryStrings", format!("{request}querystring.")),
        ("StageVariables", format!("{other}stageVariables.")),
        ("Context", format!("{other}context.")),
    ];
    let sources = kinds.iter().flat_map(|(key, prefix)| {
        let names = identity.get(key).items().filter_map(Value::as_str);
        names.map(move |name| format!("{prefix}{name}"))
    });
    sources.collect()
}
