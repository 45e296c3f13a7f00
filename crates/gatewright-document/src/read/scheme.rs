//! Security schemes: what each of them makes a caller send.

use crate::display::{one_line, quote};
use crate::node::Node;
use crate::read::authorizer::{self, Reads};
use crate::{Authorizer, Kind, Place};

/// What a security scheme means to a caller.
pub(super) enum Meaning {
    /// The caller sends something.
    Sends(Kind),
    /// The caller sends nothing: what it shows is the connection's, or somebody said so who knows.
    SendsNothing,
    /// An authorizer decides by something that the document does not name.
    Silent,
    /// It cannot be told; why.
    Unknown(String),
}

/// Reads the scheme `name`; `root` holds the authorizers that a scheme may refer to by name.
pub(super) fn scheme(name: &str, node: &Node<'_>, root: &Node<'_>) -> Meaning {
    let authtype = node
        .text("x-amazon-apigateway-authtype")
        .map(|authtype| authtype.to_ascii_lowercase());
    if authtype.as_deref() == Some("awssigv4") {
        return Meaning::Sends(Kind::Iam);
    }
    if node.text("type").as_deref() == Some("mutualTLS") {
        node.repair("is the certificate of the connection (mutual TLS): give it to the transport; nothing is put on a request");
        return Meaning::SendsNothing;
    }
    let place = place(node);
    let is_unused = place.as_ref().is_some_and(is_unused);
    if let Some(reads) =
        authorizer_of(node, root).and_then(|node| authorizer::authorizer(&node, place.clone()))
    {
        return reading(reads);
    }
    if is_unused {
        return Meaning::Silent;
    }
    let has_authorizer = node.has("x-amazon-apigateway-authorizer");
    match (authtype.as_deref(), place) {
        (Some("cognito_user_pools"), Some(place)) => token(place, Authorizer::Cognito),
        (Some(_), Some(place)) => token(place, Authorizer::Lambda),
        (None, Some(place)) if !has_authorizer => plain(name, node, place),
        (None, Some(place)) => token(place, Authorizer::Other),
        (_, None) => Meaning::Unknown(unknown(name, node)),
    }
}

/// What is meant by a scheme that is named but not declared, as in an export without extensions; a guess by its name.
pub(super) fn guess(name: &str) -> Option<Kind> {
    let letters: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    match letters.to_ascii_lowercase().as_str() {
        "apikey" | "xapikey" => Some(Kind::ApiKey),
        // `aws.auth.sigv4` is the name in what Smithy writes.
        "sigv4" | "awssigv4" | "awsauthsigv4" | "awsv4" | "iam" | "awsiam" => Some(Kind::Iam),
        _ => None,
    }
}

/// Whether a place is the header whose name says that the scheme names none ("x-amazon-apigateway-authorizer object").
fn is_unused(place: &Place) -> bool {
    place.is_same(&Place::Header("Unused".to_owned()))
}

fn reading(reads: Reads) -> Meaning {
    let mut places = Vec::<Place>::new();
    for place in reads.places.into_iter().filter(|place| !is_unused(place)) {
        if !places.iter().any(|known| known.is_same(&place)) {
            places.push(place);
        }
    }
    if places.is_empty() {
        return Meaning::Silent;
    }
    Meaning::Sends(Kind::Token {
        places,
        authorizer: reads.authorizer,
    })
}

fn token(place: Place, authorizer: Authorizer) -> Meaning {
    Meaning::Sends(Kind::Token {
        places: vec![place],
        authorizer,
    })
}

/// A scheme of OpenAPI with no word of API Gateway.
fn plain(name: &str, node: &Node<'_>, place: Place) -> Meaning {
    let is_header = |wanted: &str| matches!(&place, Place::Header(header) if header.eq_ignore_ascii_case(wanted));
    if is_header("x-api-key") {
        return Meaning::Sends(Kind::ApiKey);
    }
    // An export without extensions has lost the `awsSigv4`, but not the name that API Gateway gives the scheme.
    if is_header("Authorization") && guess(name) == Some(Kind::Iam) {
        node.repair("says nothing of AWS Signature Version 4 but its name; read as that");
        return Meaning::Sends(Kind::Iam);
    }
    token(place, Authorizer::Other)
}

/// The authorizer of a scheme: an object, a reference, or the name of one that stands elsewhere in the document.
fn authorizer_of<'a>(node: &Node<'a>, root: &Node<'a>) -> Option<Node<'a>> {
    let authorizer = node.child("x-amazon-apigateway-authorizer")?;
    let Some(name) = authorizer.value().as_str() else {
        return authorizer.follow();
    };
    let in_components = root
        .object("components")
        .and_then(|components| components.object("x-amazon-apigateway-authorizers"));
    let named = [
        in_components,
        root.object("x-amazon-apigateway-authorizers"),
    ];
    let found = named
        .into_iter()
        .flatten()
        .find_map(|authorizers| authorizers.child(name));
    if found.is_none() {
        authorizer.repair(format!(
            "names the authorizer {}, which the document does not have",
            quote(name)
        ));
    }
    found
}

/// Where OpenAPI says that the scheme's value is sent.
fn place(node: &Node<'_>) -> Option<Place> {
    match node.text("type").as_deref() {
        Some("apiKey") => api_key_place(node),
        Some("http") => {
            check_http(node, &node.text("scheme").unwrap_or_default());
            Some(authorization())
        }
        Some(basic @ "basic") => {
            check_http(node, basic);
            Some(authorization())
        }
        Some("oauth2" | "openIdConnect") => Some(authorization()),
        _ => None,
    }
}

fn authorization() -> Place {
    Place::Header("Authorization".to_owned())
}

fn api_key_place(node: &Node<'_>) -> Option<Place> {
    let name = node.text("name")?;
    match node.text("in").as_deref() {
        Some("header") => Some(Place::Header(name)),
        Some("query") => Some(Place::Query(name)),
        Some("cookie") => {
            node.repair(format!(
                "is sent in a cookie; read as the whole header `Cookie`, such as {}",
                quote(&format!("{name}=value"))
            ));
            Some(Place::Header("Cookie".to_owned()))
        }
        _ => None,
    }
}

fn check_http(node: &Node<'_>, scheme: &str) {
    if !scheme.eq_ignore_ascii_case("bearer") {
        node.repair(format!(
            "is the HTTP scheme {}; read as the whole value of the header `Authorization`",
            quote(scheme)
        ));
    }
}

fn unknown(name: &str, node: &Node<'_>) -> String {
    let at = node.at();
    format!(
        "the security scheme {} ({at}) does not say what a caller sends: give it a `type`, a `name` and an `in`, or {}",
        quote(name),
        way_out(name)
    )
}

/// How somebody who knows the API says what a scheme is, for messages.
pub(super) fn way_out(name: &str) -> String {
    let name = one_line(name, 60);
    format!(
        "say what it is with `.scheme(\"{name}\", AuthMode::Header(\"..\".into()))` or another mode"
    )
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::source::Source;

    /// What a scheme called `name` sends, and how many repairs that took.
    fn kind(name: &str, scheme_value: &Value) -> (Option<Kind>, usize) {
        let value = json!({"scheme": scheme_value, "components": {"x-amazon-apigateway-authorizers": {"a": {"type": "token"}}}});
        let source = Source::of(&value);
        let root = Node::root(&source);
        let meaning = scheme(name, &root.child("scheme").unwrap(), &root);
        let kind = match meaning {
            Meaning::Sends(kind) => Some(kind),
            Meaning::SendsNothing | Meaning::Silent | Meaning::Unknown(_) => None,
        };
        (kind, source.finish().unwrap().len())
    }

    fn header_token(name: &str, authorizer: Authorizer) -> Kind {
        Kind::Token {
            places: vec![Place::Header(name.to_owned())],
            authorizer,
        }
    }

    #[test]
    fn api_keys_and_iam_are_told_from_tokens() {
        let key = |name: &str| json!({"type": "apiKey", "name": name, "in": "header"});
        let sigv4 = json!({"type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": "awsSigv4"});
        assert_eq!(kind("a", &key("X-Api-Key")), (Some(Kind::ApiKey), 0));
        assert_eq!(kind("a", &sigv4), (Some(Kind::Iam), 0));
        assert_eq!(kind("sigv4", &key("Authorization")), (Some(Kind::Iam), 1));
        assert_eq!(
            kind("a", &key("X-Other")),
            (Some(header_token("X-Other", Authorizer::Other)), 0)
        );
        let query = json!({"type": "apiKey", "name": "k", "in": "query"});
        let places = vec![Place::Query("k".to_owned())];
        assert_eq!(
            kind("a", &query),
            (
                Some(Kind::Token {
                    places,
                    authorizer: Authorizer::Other
                }),
                0
            )
        );
    }

    #[test]
    fn an_authorizer_or_its_type_decides() {
        for (extension, value, expected) in [
            (
                "x-amazon-apigateway-authorizer",
                json!({"type": "token"}),
                Authorizer::Lambda,
            ),
            (
                "x-amazon-apigateway-authorizer",
                json!("a"),
                Authorizer::Lambda,
            ),
            (
                "x-amazon-apigateway-authorizer",
                json!({"$ref": "#/components/x-amazon-apigateway-authorizers/a"}),
                Authorizer::Lambda,
            ),
            (
                "x-amazon-apigateway-authorizer",
                json!({"type": {"Ref": "T"}}),
                Authorizer::Other,
            ),
            (
                "x-amazon-apigateway-authtype",
                json!("cognito_user_pools"),
                Authorizer::Cognito,
            ),
            (
                "x-amazon-apigateway-authtype",
                json!("Custom scheme with claims"),
                Authorizer::Lambda,
            ),
        ] {
            let scheme =
                json!({"type": "apiKey", "name": "x-api-key", "in": "header", extension: value});
            assert_eq!(
                kind("a", &scheme),
                (Some(header_token("x-api-key", expected)), 0),
                "{scheme}"
            );
        }
    }

    #[test]
    fn the_schemes_of_openapi_are_tokens() {
        let other = || Some(header_token("Authorization", Authorizer::Other));
        assert_eq!(
            kind("a", &json!({"type": "http", "scheme": "Bearer"})),
            (other(), 0)
        );
        assert_eq!(
            kind("a", &json!({"type": "http", "scheme": "basic"})),
            (other(), 1)
        );
        assert_eq!(
            kind("a", &json!({"type": "oauth2", "flows": {}})),
            (other(), 0)
        );
        assert_eq!(
            kind(
                "a",
                &json!({"type": "openIdConnect", "openIdConnectUrl": "https://a.example"})
            ),
            (other(), 0)
        );
        assert_eq!(kind("a", &json!({"type": "basic"})), (other(), 1));
        let cookie = json!({"type": "apiKey", "name": "session", "in": "cookie"});
        assert_eq!(
            kind("a", &cookie),
            (Some(header_token("Cookie", Authorizer::Other)), 1)
        );
    }

    #[test]
    fn nonsense_means_nothing() {
        for value in [
            json!({}),
            json!({"type": "magic"}),
            json!({"type": "apiKey"}),
            json!([]),
            json!(5),
        ] {
            assert_eq!(kind("a", &value).0, None, "{value}");
        }
    }
}
