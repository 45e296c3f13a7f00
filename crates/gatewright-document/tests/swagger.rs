//! A whole document of Swagger 2.0: the same model as of OpenAPI 3.0, the places those of the document.

use gatewright_document::{
    ApiKind, Authorizer, Document, Kind, Location, Method, Operation, Place, Status, StyleName,
};
use serde_json::{Value, json};

fn read() -> Document {
    let bytes = include_bytes!("fixtures/swagger.yaml");
    Document::from_slice("swagger.yaml", bytes).expect("readable")
}

fn operation<'d>(document: &'d Document, method: Method, path: &str) -> &'d Operation {
    let found = document
        .operations
        .iter()
        .find(|operation| operation.method == method && operation.path == path);
    found.unwrap_or_else(|| panic!("{} {path} is missing", method.as_str()))
}

fn json_of(schema: Option<&impl serde::Serialize>) -> Value {
    serde_json::to_value(schema.expect("a schema")).expect("JSON")
}

#[test]
fn the_document_says_what_it_says_in_openapi() {
    let document = read();
    assert_eq!(document.kind, ApiKind::Rest);
    let endpoint = "https://q7w2e9r4ty.execute-api.eu-north-1.amazonaws.com/live";
    assert_eq!(document.endpoint.as_deref(), Some(endpoint));
    assert_eq!(document.binary_media_types, ["image/png"]);
    let any = operation(&document, Method::Any, "/{proxy+}");
    assert!(any.parameters[0].greedy && any.integration.is_some());
    let repairs: Vec<_> = document
        .repairs
        .iter()
        .filter(|repair| !repair.is_minor)
        .collect();
    assert!(repairs.is_empty(), "{repairs:?}");
}

#[test]
fn parameters_say_how_lists_are_written() {
    let document = read();
    let get = operation(&document, Method::Get, "/loans");
    let found: Vec<_> = get
        .parameters
        .iter()
        .map(|found| {
            let written = (found.style.name, found.style.explode);
            (found.name.as_str(), found.location, written)
        })
        .collect();
    let expected = [
        ("branch", Location::Header, (StyleName::Simple, false)),
        ("state", Location::Query, (StyleName::Form, true)),
        ("fields", Location::Query, (StyleName::Form, false)),
    ];
    assert_eq!(found, expected);
    assert_eq!(get.parameters[0].pointer.to_string(), "#/parameters/Branch");
    let items = json!({"type": "string", "enum": ["open", "late"]});
    assert_eq!(
        json_of(get.parameters[1].schema.as_ref()),
        json!({"type": "array", "items": items})
    );
}

#[test]
fn bodies_and_forms_are_request_bodies() {
    let document = read();
    let post = operation(&document, Method::Post, "/loans");
    let body = post.body.as_ref().unwrap();
    assert!(body.required && post.validation.body && !post.validation.parameters);
    assert_eq!(
        body.pointer.to_string(),
        "#/paths/~1loans/post/parameters/0"
    );
    let media = &body.content["application/json"];
    assert_eq!(
        json_of(media.schema.as_ref()),
        json!({"$ref": "#/components/schemas/Loan"})
    );
    let form = operation(&document, Method::Put, "/covers/{bookId}")
        .body
        .as_ref()
        .unwrap();
    let properties =
        json!({"image": {"type": "string", "format": "binary"}, "caption": {"type": "string"}});
    assert_eq!(
        json_of(form.content["multipart/form-data"].schema.as_ref()),
        json!({"type": "object", "required": ["image"], "properties": properties})
    );
}

#[test]
fn responses_have_a_media_type_for_each_that_is_produced() {
    let document = read();
    let ok = &operation(&document, Method::Get, "/loans").responses[0];
    assert_eq!(ok.status, Status::Code(200));
    assert_eq!(ok.content["application/json"].example, Some(json!([])));
    assert_eq!(
        json_of(ok.headers["X-Total"].schema.as_ref()),
        json!({"type": "integer"})
    );
    let post = operation(&document, Method::Post, "/loans");
    assert!(post.responses[0].content.is_empty());
    assert_eq!(post.responses[1].pointer.to_string(), "#/responses/Missing");
    let cover = operation(&document, Method::Get, "/covers/{bookId}");
    let schema = json_of(cover.responses[0].content["image/png"].schema.as_ref());
    assert_eq!(schema, json!({"type": "string", "format": "binary"}));
}

#[test]
fn definitions_are_schemas_that_know_their_place() {
    let document = read();
    let place = document.schema_pointer("Loan").unwrap();
    assert_eq!(place.to_string(), "#/definitions/Loan");
    let loan = json_of(document.schemas.get("Loan"));
    assert_eq!(loan["properties"]["due"]["nullable"], true);
    assert_eq!(loan["discriminator"]["propertyName"], "kind");
    let itself = &loan["properties"]["renewals"]["items"]["$ref"];
    assert_eq!(itself, "#/components/schemas/Loan");
}

#[test]
fn security_is_read_as_the_gateway_reads_it() {
    let document = read();
    let kinds = |method| {
        let demands = &operation(&document, method, "/loans").security.all_of;
        demands
            .iter()
            .map(|demand| demand.kind.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(kinds(Method::Get), [Kind::Iam, Kind::ApiKey]);
    let places = vec![Place::Header("Authorization".to_owned())];
    let authorizer = Authorizer::Cognito;
    assert_eq!(kinds(Method::Post), [Kind::Token { places, authorizer }]);
}

#[test]
fn what_belongs_to_the_other_version_is_left_out_and_said() {
    let value = json!({
        "swagger": "2.0", "info": {"title": "t", "version": "1"}, "servers": [{"url": "https://a.example"}],
        "paths": {"/a": {"post": {
            "requestBody": {"content": {}},
            "responses": {"200": {"description": "", "content": {"application/json": {}}}},
        }}},
    });
    let document = Document::from_slice("mixed.json", value.to_string().as_bytes()).unwrap();
    assert_eq!(document.endpoint, None);
    let places: Vec<_> = document
        .repairs
        .iter()
        .map(|repair| repair.pointer.to_string())
        .collect();
    assert_eq!(
        places,
        [
            "#/servers",
            "#/paths/~1a/post/requestBody",
            "#/paths/~1a/post/responses/200/content"
        ]
    );
}

#[test]
fn an_undeclared_scheme_names_the_section_of_this_version() {
    let value = json!({"swagger": "2.0", "paths": {"/a": {"get": {"security": [{"gate": []}]}}}});
    let error = Document::from_slice("a.json", value.to_string().as_bytes()).unwrap_err();
    assert!(
        error.to_string().contains("add it to securityDefinitions"),
        "{error}"
    );
}
