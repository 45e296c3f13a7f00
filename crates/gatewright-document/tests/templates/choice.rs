//! Which API of a template is read, and where it says that things are.

use gatewright_document::{ApiKind, ReadOptions, template_apis};

use crate::{read, read_api, refusal};

const TWO: &str = r##"
Resources:
  PetsApi:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      DefinitionBody:
        openapi: 3.0.1
        info: { title: pets, version: "1" }
        servers: [{ url: "https://api.example.com/prod" }]
        paths:
          /pets:
            get:
              security: [{ api_key: [] }]
              responses:
                "200":
                  description: pets
                  content: { application/json: { schema: { $ref: '#/components/schemas/Pet' } } }
        components:
          schemas:
            Pet: { type: object, properties: { id: { type: integer }, owner: { $ref: '#/components/schemas/Pet/properties/id' } } }
          securitySchemes:
            api_key: { type: apiKey, name: x-api-key, in: header }
  ShopsApi:
    Type: AWS::ApiGatewayV2::Api
    Properties:
      Body:
        openapi: 3.0.1
        info: { title: shops, version: "1" }
        paths:
          /shops: { get: { responses: { "200": { description: shops } } } }
  Chat:
    Type: AWS::ApiGatewayV2::Api
    Properties: { ProtocolType: WEBSOCKET }
"##;

#[test]
fn of_several_apis_one_has_to_be_chosen() {
    assert_eq!(
        refusal(TWO),
        "template.yaml: is a template with 2 APIs: `PetsApi`, `ShopsApi`; choose one of them by its logical id, such as \
         `.resource(\"PetsApi\")`"
    );
    assert_eq!(
        template_apis("template.yaml", TWO.as_bytes()).unwrap(),
        ["PetsApi", "ShopsApi"]
    );
    let (pets, shops) = (read_api("PetsApi", TWO), read_api("ShopsApi", TWO));
    assert_eq!((pets.title.as_str(), pets.kind), ("pets", ApiKind::Rest));
    assert_eq!((shops.title.as_str(), shops.kind), ("shops", ApiKind::Http));
    assert_eq!(pets.resource.as_deref(), Some("PetsApi"));
}

#[test]
fn a_slip_is_asked_about_and_other_resources_say_what_they_are() {
    let refusal = |id: &str| {
        let error = ReadOptions::new()
            .resource(id)
            .read("t.yaml", TWO.as_bytes());
        error.unwrap_err().to_string()
    };
    assert_eq!(
        refusal("PetApi"),
        "t.yaml: is a template without an API `PetApi`; did you mean `PetsApi`? It has: `PetsApi`, `ShopsApi`"
    );
    assert_eq!(
        refusal("Nothing"),
        "t.yaml: is a template without an API `Nothing`. It has: `PetsApi`, `ShopsApi`"
    );
    let chat = refusal("Chat");
    assert!(
        chat.starts_with("t.yaml#/Resources/Chat: is an API over WebSockets"),
        "{chat}"
    );
}

#[test]
fn a_choice_in_a_document_that_is_no_template_is_an_error() {
    let document = br#"{"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {}}"#;
    let error = ReadOptions::new()
        .resource("PetsApi")
        .read("pets.json", document);
    let error = error.unwrap_err().to_string();
    assert!(
        error.contains("is no template of CloudFormation"),
        "{error}"
    );
    assert!(template_apis("pets.json", document).unwrap().is_empty());
}

#[test]
fn places_are_those_of_the_template_and_references_those_of_the_body() {
    let document = read_api("PetsApi", TWO);
    let operation = &document.operations[0];
    let body = "#/Resources/PetsApi/Properties/DefinitionBody";
    assert_eq!(
        operation.pointer.to_string(),
        format!("{body}/paths/~1pets/get")
    );
    assert_eq!(
        operation.security.all_of[0].pointer.to_string(),
        format!("{body}/paths/~1pets/get/security/0/api_key")
    );
    let pet = document.schema_pointer("Pet").unwrap().to_string();
    assert_eq!(pet, format!("{body}/components/schemas/Pet"));
    // A schema that stands elsewhere is called by the way from the body, as if that were the whole document.
    let id = document.schema_pointer("Pet id").unwrap().to_string();
    assert_eq!(id, format!("{body}/components/schemas/Pet/properties/id"));
}

#[test]
fn a_format_is_set_by_a_pointer_into_the_body_or_the_template() {
    for pointer in [
        "#/components/schemas/Pet/properties/id",
        "#/Resources/PetsApi/Properties/DefinitionBody/components/schemas/Pet/properties/id",
    ] {
        let options = ReadOptions::new()
            .resource("PetsApi")
            .schema_format(pointer, "uint64");
        let document = options.read("t.yaml", TWO.as_bytes()).unwrap();
        assert!(
            format!("{:?}", document.schemas["Pet"]).contains("uint64"),
            "{pointer}"
        );
    }
}

#[test]
fn no_template_knows_where_its_api_will_be() {
    assert_eq!(read_api("PetsApi", TWO).endpoint, None);
}

#[test]
fn one_api_needs_no_choice_in_json_too() {
    let template = r#"{"Resources": {"Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Body": {
        "swagger": "2.0", "info": {"title": "t", "version": "1"}, "paths": {"/a": {"get": {"responses": {}}}}}}}}}"#;
    let document = read(template);
    assert_eq!(
        document.operations[0].pointer.to_string(),
        "#/Resources/Api/Properties/Body/paths/~1a/get"
    );
}

#[test]
fn the_key_that_an_authorizer_gives_is_sent_by_nobody() {
    let template = r#"{"Resources": {"Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"ApiKeySourceType": "AUTHORIZER", "Body": {
        "openapi": "3.0.1", "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"get": {"responses": {}, "security": [{"api_key": []}]}}},
        "components": {"securitySchemes": {"api_key": {"type": "apiKey", "name": "x-api-key", "in": "header"}}}}}}}}"#;
    assert!(read(template).operations[0].security.all_of.is_empty());
}
