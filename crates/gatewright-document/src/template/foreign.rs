//! What a file is that holds no document of an API, and what to hand in instead.

use super::choose::{Api, is_a};
use crate::display::quote;
use crate::error::Problem;
use crate::value::{Object, Value};

/// How an API that was deployed is read.
const EXPORT: &str = "deploy it and export the API: aws apigateway get-export --rest-api-id ID --stage-name STAGE --export-type oas30 \
    --parameters extensions=apigateway api.json, or aws apigatewayv2 export-api";

/// What a file is that has neither a version of OpenAPI nor resources.
pub(crate) fn unversioned(root: &Value) -> String {
    let has = |key: &str| root.get(key).is_some();
    if let Some(transform) = root.get("Fn::Transform") {
        let file = super::external::included(transform);
        let file = file.map_or_else(|| "that it includes".to_owned(), quote);
        return format!(
            "is the function `Fn::Transform` of CloudFormation, not an OpenAPI document: hand in the file {file}"
        );
    }
    if has("Resources") {
        return "is not an OpenAPI document: its `Resources` are no object, as those of a template are".to_owned();
    }
    if has("service") && (has("provider") || has("functions")) {
        return format!(
            "is a configuration of the Serverless Framework, not an OpenAPI document, and the template that `serverless package` writes has \
             none: {EXPORT}"
        );
    }
    if has("app") && (has("context") || has("watch") || has("build")) {
        return format!(
            "is a configuration of the AWS CDK, not an OpenAPI document: run `cdk synth` and hand in the template in `cdk.out` if \
             the API has a definition there (`SpecRestApi`); else {EXPORT}"
        );
    }
    let is_terraform = has("terraform") || has("terraform_version");
    if is_terraform || (has("resource") && (has("provider") || has("variable") || has("data"))) {
        return format!(
            "is a configuration or a state of Terraform, not an OpenAPI document: hand in the document that its `body` holds, \
             rendered; or {EXPORT}"
        );
    }
    "is not an OpenAPI document: it has no `openapi` or `swagger` with a version".to_owned()
}

/// Whether an API talks over `WebSocket`s.
pub(super) fn is_web_socket(resource: &Value) -> bool {
    let protocol = resource
        .get("Properties")
        .and_then(|properties| properties.get("ProtocolType"));
    let protocol = protocol.and_then(Value::as_str);
    is_a(resource, "AWS::Serverless::WebSocketApi")
        || is_a(resource, Api::HTTP) && protocol == Some("WEBSOCKET")
}

/// What is said of a template without an API that can be read.
pub(super) fn no_api(resources: &Object) -> Problem {
    let first = |test: &dyn Fn(&Value) -> bool| {
        let mut all = resources.iter();
        all.find(|(_, resource)| test(resource))
            .map(|(id, _)| quote(id))
    };
    let nested = |resource: &Value| {
        is_a(resource, "AWS::CloudFormation::Stack")
            || is_a(resource, "AWS::Serverless::Application")
    };
    let why = if let Some(id) = first(&is_web_socket) {
        format!(
            "without an API of HTTP: {id} talks over WebSockets, for which there are no clients here"
        )
    } else if let Some(id) = first(&nested) {
        format!(
            "without an API: if a nested stack such as {id} has it, hand in the template of that"
        )
    } else {
        "without an API: none of its resources is an AWS::Serverless::Api, AWS::Serverless::HttpApi, \
         AWS::ApiGateway::RestApi or AWS::ApiGatewayV2::Api, and no function has an event of type Api or HttpApi"
            .to_owned()
    };
    Problem::file(format!("is a template of CloudFormation {why}"))
}

/// What is said of a resource that was chosen and is no API to read.
pub(super) fn no_api_is(resource: &Value, apis: &str) -> String {
    if is_web_socket(resource) {
        return "is an API over WebSockets, for which there are no clients here".to_owned();
    }
    let kind = resource.get("Type").and_then(Value::as_str);
    let kind = quote(kind.unwrap_or_default());
    let apis = match apis {
        "" => "no API is in this template".to_owned(),
        apis => format!("the APIs of this template are: {apis}"),
    };
    format!("is a resource of the type {kind}, not an API; {apis}")
}

/// What is said of an API whose routes are resources of their own, as the CDK writes them.
pub(super) fn of_resources(kind: &str) -> String {
    let parts = match kind {
        Api::HTTP => "`AWS::ApiGatewayV2::Route`",
        _ => "`AWS::ApiGateway::Method`, as the CDK writes them",
    };
    format!(
        "has no `Body`: its routes, if it has any, are resources of their own ({parts}), and say little of requests and responses; {EXPORT}"
    )
}
