//! `x-amazon-apigateway-authorizer`: who reads the token of a request, and where it reads.

use crate::node::Node;
use crate::read::jwt;
use crate::value::Value;
use crate::{Authorizer, Place};

/// The header whose name says that a scheme names no header ("x-amazon-apigateway-authorizer object").
const UNUSED: &str = "Unused";

/// What an authorizer reads.
pub(super) struct Reads {
    /// Where; nothing when it decides by the context of the request alone.
    pub(super) places: Vec<Place>,
    /// Who.
    pub(super) authorizer: Authorizer,
}

/// Reads the authorizer `node` of a scheme whose own place is `place`. `None` if its type is not known.
pub(super) fn authorizer(node: &Node<'_>, place: Option<Place>) -> Option<Reads> {
    let place = place.filter(|place| *place != Place::Header(UNUSED.to_owned()));
    let sources = sources(node);
    let kind = node.field("type")?.value.as_str()?.to_ascii_lowercase();
    let authorizer = match kind.as_str() {
        "cognito_user_pools" => Authorizer::Cognito,
        "token" | "request" => Authorizer::Lambda,
        "jwt" => Authorizer::Jwt(jwt::rules(node)),
        _ => return None,
    };
    let places: Vec<_> = match sources {
        Some(sources) => sources.iter().filter_map(|source| sent(source)).collect(),
        None => default_place(&authorizer, place).into_iter().collect(),
    };
    Some(Reads { places, authorizer })
}

fn default_place(authorizer: &Authorizer, place: Option<Place>) -> Option<Place> {
    match authorizer {
        Authorizer::Jwt(_) => place.or_else(|| Some(Place::Header("Authorization".to_owned()))),
        _ => place,
    }
}

/// The identity sources, which stand in one text between commas or in a list; `None` when there are none.
fn sources(node: &Node<'_>) -> Option<Vec<String>> {
    let field = node.field("identitySource")?;
    let texts = match field.value {
        Value::Array(_) => field.texts(),
        _ => vec![field.text()?],
    };
    let sources = texts.iter().flat_map(|text| text.split(','));
    let sources: Vec<_> = sources
        .map(|source| source.trim().to_owned())
        .filter(|source| !source.is_empty())
        .collect();
    (!sources.is_empty()).then_some(sources)
}

/// Where a caller puts what a source reads; `None` of what the gateway knows by itself (`context`, `stageVariables`).
fn sent(source: &str) -> Option<Place> {
    let path = source
        .strip_prefix("method.request.")
        .or_else(|| source.strip_prefix("$request."))?;
    let (kind, name) = path.split_once('.')?;
    match kind {
        "header" => Some(Place::Header(name.to_owned())),
        "querystring" => Some(Place::Query(name.to_owned())),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::source::Source;
    use crate::{JwtIssuer, JwtRules};

    fn header(name: &str) -> Place {
        Place::Header(name.to_owned())
    }

    fn read(value: &Value, place: Option<Place>) -> (Option<Reads>, usize) {
        let source = Source::of(value);
        let reads = authorizer(&Node::root(&source), place);
        (reads, source.finish().unwrap().len())
    }

    fn places(value: &Value, place: Option<Place>) -> Vec<Place> {
        read(value, place).0.unwrap().places
    }

    #[test]
    fn a_token_stands_in_the_header_of_the_scheme() {
        assert_eq!(
            places(&json!({"type": "token"}), Some(header("X-Token"))),
            [header("X-Token")]
        );
        let cognito = read(
            &json!({"type": "COGNITO_USER_POOLS"}),
            Some(header("Authorization")),
        )
        .0
        .unwrap();
        assert_eq!(
            (cognito.places, cognito.authorizer),
            (vec![header("Authorization")], Authorizer::Cognito)
        );
    }

    #[test]
    fn identity_sources_win_over_the_scheme() {
        let source =
            "method.request.header.A, method.request.querystring.b,context.identity.sourceIp";
        let expected = [header("A"), Place::Query("b".to_owned())];
        assert_eq!(
            places(
                &json!({"type": "request", "identitySource": source}),
                Some(header("Unused"))
            ),
            expected
        );
        let list = json!([
            "$request.header.A",
            "$request.querystring.b",
            "$stageVariables.c"
        ]);
        assert_eq!(
            places(&json!({"type": "request", "identitySource": list}), None),
            expected
        );
    }

    #[test]
    fn unused_is_never_a_header() {
        for value in [
            json!({"type": "request"}),
            json!({"type": "request", "identitySource": "context.httpMethod"}),
        ] {
            let (reads, repairs) = read(&value, Some(header("Unused")));
            assert!(reads.unwrap().places.is_empty());
            // What the scheme is for is noted where it is named.
            assert_eq!(repairs, 0);
        }
    }

    #[test]
    fn a_jwt_authorizer_names_issuer_and_audience() {
        let configuration = json!({"issuer": "https://issuer.example", "audience": ["a", "b"]});
        let reads = read(
            &json!({"type": "jwt", "jwtConfiguration": configuration}),
            None,
        )
        .0
        .unwrap();
        assert_eq!(reads.places, [header("Authorization")]);
        let issuer = JwtIssuer::new(
            "https://issuer.example",
            vec!["a".to_owned(), "b".to_owned()],
        );
        assert_eq!(
            reads.authorizer,
            Authorizer::Jwt(JwtRules::new(vec![issuer]))
        );
    }

    #[test]
    fn an_unknown_type_is_none() {
        assert!(read(&json!({"type": "magic"}), None).0.is_none());
        assert!(read(&json!({"type": {"Ref": "Type"}}), None).0.is_none());
    }
}
