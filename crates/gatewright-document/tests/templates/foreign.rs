//! What holds no document of an API says what it is, and what to do.

use gatewright_document::Document;

use crate::refusal;

fn says(file: &str, words: &[&str]) {
    let message = refusal(file);
    for word in words {
        assert!(message.contains(word), "{word}: {message}");
    }
}

#[test]
fn an_api_of_resources_is_to_be_exported() {
    says(
        "Resources: { Api: { Type: AWS::ApiGateway::RestApi, Properties: { Name: a } }, Get: { Type: AWS::ApiGateway::Method } }",
        &[
            "#/Resources/Api: has no `Body`",
            "AWS::ApiGateway::Method",
            "aws apigateway get-export",
        ],
    );
    says(
        "Resources: { Api: { Type: AWS::ApiGatewayV2::Api, Properties: { ProtocolType: HTTP } } }",
        &[
            "#/Resources/Api: has no `Body`",
            "AWS::ApiGatewayV2::Route",
            "export-api",
        ],
    );
}

#[test]
fn a_body_in_another_file_names_it() {
    for (properties, words) in [
        (
            "{ DefinitionUri: ./api.yaml }",
            ["DefinitionUri: ", "`./api.yaml`: hand in that file"],
        ),
        (
            "{ DefinitionUri: s3://bucket/api.yaml }",
            ["DefinitionUri: ", "`s3://bucket/api.yaml`: fetch that file"],
        ),
        (
            "{ DefinitionUri: { Bucket: b, Key: k.json } }",
            ["DefinitionUri: ", "`s3://b/k.json`: fetch"],
        ),
        (
            "{ DefinitionBody: { 'Fn::Transform': { Name: AWS::Include, Parameters: { Location: ./api.yaml } } } }",
            ["DefinitionBody: ", "`./api.yaml`: hand in that file"],
        ),
    ] {
        let template = format!(
            "Resources: {{ Api: {{ Type: AWS::Serverless::Api, Properties: {properties} }} }}"
        );
        says(&template, &["#/Resources/Api/Properties/"]);
        says(&template, &words);
    }
    says(
        "Resources: { Api: { Type: AWS::ApiGateway::RestApi, Properties: { BodyS3Location: { Bucket: b, Key: k } } } }",
        &["BodyS3Location: ", "`s3://b/k`"],
    );
    says(
        "'Fn::Transform': { Name: AWS::Include, Parameters: { Location: ./api.yaml } }",
        &["hand in the file `./api.yaml`"],
    );
}

#[test]
fn a_template_without_an_api_says_where_it_may_be() {
    says(
        "Resources: { Chat: { Type: AWS::ApiGatewayV2::Api, Properties: { ProtocolType: WEBSOCKET } } }",
        &["`Chat` talks over WebSockets"],
    );
    for kind in ["AWS::CloudFormation::Stack", "AWS::Serverless::Application"] {
        says(
            &format!("Resources: {{ Inner: {{ Type: {kind} }} }}"),
            &["nested stack such as `Inner`"],
        );
    }
    says(
        "Resources: { Table: { Type: AWS::DynamoDB::Table } }",
        &["without an API: none of its resources"],
    );
}

#[test]
fn configurations_of_other_tools_are_called_by_their_names() {
    for (file, words) in [
        (
            "service: shop\nprovider: { name: aws }\nfunctions: {}",
            "Serverless Framework",
        ),
        ("app: npx ts-node bin/app.ts\ncontext: {}", "AWS CDK"),
        ("{\"resource\": {}, \"provider\": {}}", "Terraform"),
        ("terraform_version: 1.9.0\nresources: []", "Terraform"),
        ("a: 1", "is not an OpenAPI document: it has no `openapi`"),
    ] {
        says(file, &[words]);
    }
}

#[test]
fn what_is_to_be_rendered_first_is_said_of_files_of_terraform() {
    let hcl = "resource \"aws_api_gateway_rest_api\" \"pets\" {\n  body = jsonencode({})\n}\n";
    for name in ["main.tf", "api.hcl"] {
        let error = Document::from_slice(name, hcl.as_bytes())
            .unwrap_err()
            .to_string();
        assert!(error.contains("a configuration of Terraform"), "{error}");
    }
    let template = "{\n  \"openapi\": \"3.0.1\",\n%{ if open ~}\n  \"paths\": {}\n%{ endif ~}\n}";
    let error = Document::from_slice("api.json.tftpl", template.as_bytes());
    let error = error.unwrap_err().to_string();
    assert!(
        error.contains("it is a template, as `%{` in line 3 shows: render it first"),
        "{error}"
    );
    assert!(error.contains("terraform console"), "{error}");
}
