//! One REST API. Every form of the file spells its settings alike: `endpoint`, `region`, `authorizationType`, `apiKey`.

use std::collections::BTreeMap;

use crate::endpoint;
use crate::findings::Findings;
use crate::node::{Node, Text};
use crate::printable::{MAX_NAME, printable};
use crate::suggest::did_you_mean;
use crate::{Api, AuthorizationType, Secret};

/// What is said of an API that is left out.
pub(crate) const GRAPHQL: &str = "this is a GraphQL API: skipped, only REST is served";

/// Everything is read before anything is given up, so that all problems of the entry are reported.
///
/// An entry without `authorizationType` is taken for `fallback`; where there is none, that is a problem.
pub(crate) fn read(
    name: &str,
    node: &Node<'_>,
    fallback: Option<AuthorizationType>,
    findings: &mut Findings,
) -> Option<Api> {
    let endpoint = endpoint(node, findings);
    let authorization = authorization(node, fallback, findings);
    let region = region(node, endpoint, authorization, findings);
    let api_key = api_key(node, authorization, findings);
    let (endpoint, authorization) = (endpoint?, authorization?);
    if authorization != AuthorizationType::None && endpoint::is_clear_text(endpoint) {
        findings.warning(
            node,
            "`endpoint` is plain http: credentials would cross the network unencrypted",
        );
    }
    Some(Api {
        name: name.to_owned(),
        endpoint: endpoint.to_owned(),
        region,
        authorization,
        api_key,
        pointer: node.pointer(),
    })
}

fn endpoint<'a>(node: &Node<'a>, findings: &mut Findings) -> Option<&'a str> {
    let hint = "give the invoke URL with its stage, such as `https://{id}.execute-api.{region}.amazonaws.com/{stage}`";
    let text = findings.required(node, "endpoint", hint)?;
    let checked = endpoint::parse(text.value);
    checked
        .map_err(|why| findings.problem(&text.node, why))
        .ok()
}

fn authorization(
    node: &Node<'_>,
    fallback: Option<AuthorizationType>,
    findings: &mut Findings,
) -> Option<AuthorizationType> {
    if fallback.is_some() && !node.has("authorizationType") {
        return fallback;
    }
    let names = AuthorizationType::ALL.map(AuthorizationType::as_str);
    let allowed = format!("allowed are {}", names.join(", "));
    let text = findings.required(node, "authorizationType", &allowed)?;
    let known = AuthorizationType::ALL
        .into_iter()
        .find(|known| known.as_str() == text.value);
    if known.is_none() {
        let hint = did_you_mean(text.value, names);
        findings.problem(&text.node, format!("is unknown: {allowed}{hint}"));
    }
    known
}

/// The region is needed to sign and for nothing else, so what is wrong with it is a problem only there.
fn region(
    node: &Node<'_>,
    endpoint: Option<&str>,
    authorization: Option<AuthorizationType>,
    findings: &mut Findings,
) -> Option<String> {
    let signs = authorization == Some(AuthorizationType::AwsIam);
    let in_host = endpoint.and_then(endpoint::region);
    if let Some(given) = findings.optional(node, "region") {
        return given_region(&given, in_host.as_deref(), signs, findings);
    }
    if signs && endpoint.is_some() && in_host.is_none() {
        findings.problem(node, no_region_to_sign_for(node));
    }
    in_host
}

fn no_region_to_sign_for(node: &Node<'_>) -> &'static str {
    if node.has("authorizationType") {
        "`region` is missing: AWS_IAM needs it, and the endpoint's host does not name one"
    } else {
        "`region` is missing: an entry without `authorizationType` is taken for AWS_IAM, which needs it, and the \
         endpoint's host does not name one"
    }
}

fn given_region(
    given: &Text<'_>,
    in_host: Option<&str>,
    signs: bool,
    findings: &mut Findings,
) -> Option<String> {
    let sound = endpoint::is_region(given.value);
    match in_host {
        _ if !sound && signs => findings.problem(&given.node, NO_REGION),
        _ if !sound => findings.warning(&given.node, format!("{NO_REGION}: ignored")),
        Some(host) if host != given.value => {
            findings.warning(
                &given.node,
                format!("differs from the region in the endpoint's host, `{host}`"),
            );
        }
        _ => {}
    }
    sound.then(|| given.value.to_owned())
}

const NO_REGION: &str = "is not the name of a region, such as `eu-west-1`";

/// A key is kept beside every type: API Gateway can ask for one as well as for another authorization.
fn api_key(
    node: &Node<'_>,
    authorization: Option<AuthorizationType>,
    findings: &mut Findings,
) -> Option<Secret> {
    let key = if authorization == Some(AuthorizationType::ApiKey) {
        findings.required(
            node,
            "apiKey",
            "API_KEY needs the value of a key of the API's usage plan",
        )
    } else {
        findings.optional(node, "apiKey")
    }?;
    if !key.value.bytes().all(|byte| byte.is_ascii_graphic()) {
        findings.problem(
            &key.node,
            "holds a space or another character that no API key has",
        );
        return None;
    }
    Some(Secret::from(key.value))
}

/// Not a problem: the app may bring its own source of tokens. `user_pool` is the key that is missing.
pub(crate) fn warn_of_tokens_from_nowhere(
    apis: &BTreeMap<String, Api>,
    user_pool: &str,
    root: &Node<'_>,
    findings: &mut Findings,
) {
    let asks = |api: &&Api| api.authorization == AuthorizationType::AmazonCognitoUserPools;
    if let Some(Api { name, .. }) = apis.values().find(asks) {
        let message = format!(
            "API `{}` asks for AMAZON_COGNITO_USER_POOLS, but the file has no `{user_pool}`: the app must \
             provide the tokens",
            printable(name, MAX_NAME)
        );
        findings.warning(root, message);
    }
}
