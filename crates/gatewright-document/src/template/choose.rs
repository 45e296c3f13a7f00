//! Which API of a template is read.

use indexmap::IndexMap;

use super::sam::events;
use super::{foreign, place};
use crate::display::{one_line, quote};
use crate::error::Problem;
use crate::similar::nearest;
use crate::value::{Object, Value};

/// An API of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Api {
    pub(super) id: String,
    /// The type of its resource.
    pub(super) kind: &'static str,
    /// Whether it is made by the events of functions that name no API, and has no resource in the template.
    pub(super) is_implicit: bool,
}

impl Api {
    pub(super) const SERVERLESS_REST: &'static str = "AWS::Serverless::Api";
    pub(super) const SERVERLESS_HTTP: &'static str = "AWS::Serverless::HttpApi";
    pub(super) const REST: &'static str = "AWS::ApiGateway::RestApi";
    pub(super) const HTTP: &'static str = "AWS::ApiGatewayV2::Api";

    const KINDS: [&'static str; 4] = [
        Self::SERVERLESS_REST,
        Self::SERVERLESS_HTTP,
        Self::REST,
        Self::HTTP,
    ];
}

/// How many logical ids are shown.
const SHOWN: usize = 20;

/// The APIs of a template, in its order; those that AWS SAM adds come last.
pub(super) fn apis(resources: &Object) -> Vec<Api> {
    let declared = resources.iter().filter_map(|(id, resource)| {
        let kind = resource.get("Type")?.as_str()?;
        let kind = Api::KINDS.into_iter().find(|known| *known == kind)?;
        let is_read = !foreign::is_web_socket(resource);
        is_read.then_some((id, kind, false))
    });
    let implicit = events::implicit(resources).into_iter();
    let implicit = implicit.map(|(id, kind)| (id, kind, true));
    let mut apis = IndexMap::new();
    for (id, kind, is_implicit) in declared.chain(implicit) {
        let api = Api {
            id: id.to_owned(),
            kind,
            is_implicit,
        };
        apis.entry(id).or_insert(api);
    }
    apis.into_values().collect()
}

/// The API that was asked for, or the only one.
pub(super) fn api(resources: &Object, wanted: Option<&str>) -> Result<Api, Problem> {
    let apis = apis(resources);
    let Some(wanted) = wanted else {
        return only(apis, resources);
    };
    let found = apis.iter().find(|api| api.id == wanted);
    found
        .cloned()
        .ok_or_else(|| no_such(wanted, &apis, resources))
}

fn only(mut apis: Vec<Api>, resources: &Object) -> Result<Api, Problem> {
    if apis.len() > 1 {
        let first = &apis[0].id;
        let text = format!(
            "is a template with {} APIs: {}; choose one of them by its logical id, such as `.resource(\"{}\")`",
            apis.len(),
            list(&apis),
            one_line(first, 60)
        );
        return Err(Problem::file(text));
    }
    apis.pop().ok_or_else(|| foreign::no_api(resources))
}

fn no_such(wanted: &str, apis: &[Api], resources: &Object) -> Problem {
    if let Some(resource) = resources.get(wanted) {
        let text = foreign::no_api_is(resource, &list(apis));
        return Problem::pointer(place(wanted), text);
    }
    let shown = quote(wanted);
    let near = nearest(wanted, apis.iter().map(|api| &*api.id));
    let near = near.map_or_else(
        || ".".to_owned(),
        |id| format!("; did you mean {}?", quote(id)),
    );
    if apis.is_empty() {
        return foreign::no_api(resources);
    }
    let apis = list(apis);
    Problem::file(format!(
        "is a template without an API {shown}{near} It has: {apis}"
    ))
}

/// What is said where a document that is no template is asked for one of its APIs.
pub(super) fn no_template(wanted: &str) -> Problem {
    let shown = quote(wanted);
    Problem::file(format!(
        "is no template of CloudFormation, so there is no API {shown} to choose in it: leave `.resource(..)` out"
    ))
}

fn list(apis: &[Api]) -> String {
    let shown = apis.iter().take(SHOWN);
    let shown: Vec<_> = shown.map(|api| quote(&api.id)).collect();
    let more = apis.len().saturating_sub(SHOWN);
    let more = (more > 0).then(|| format!(" and {more} more"));
    shown.join(", ") + &more.unwrap_or_default()
}

/// Whether a resource has a type, and this one.
pub(super) fn is_a(resource: &Value, kind: &str) -> bool {
    resource.get("Type").and_then(Value::as_str) == Some(kind)
}
