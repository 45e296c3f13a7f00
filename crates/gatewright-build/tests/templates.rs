//! Clients of the APIs of a template.

use std::fs;
use std::path::{Path, PathBuf};

use gatewright_build::{AuthMode, Select, configure};

const TEMPLATE: &str = r##"
Parameters: { Key: { Type: String, NoEcho: true, Default: hunter2 } }
Resources:
  PetsApi:
    Type: AWS::Serverless::Api
    Properties:
      Auth: { ApiKeyRequired: true }
      DefinitionBody:
        openapi: 3.0.1
        info: { title: !Sub 'Pets of ${Key}', version: "1" }
        paths:
          /pets:
            get:
              x-amazon-apigateway-integration: { type: aws_proxy }
              responses: { "200": { $ref: '#/components/responses/Found' } }
        components:
          responses:
            Found:
              description: pets
              content: { application/json: { schema: { type: object, properties: { name: { type: string } } } } }
  XMLShopAPI: { Type: AWS::Serverless::HttpApi }
  Shops:
    Type: AWS::Serverless::Function
    Properties: { Events: { List: { Type: HttpApi, Properties: { ApiId: !Ref XMLShopAPI, Path: '/shops/{id}', Method: get } } } }
"##;

/// A folder of its own for each test, with the template in it.
fn folder(test: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join("template.yaml"), TEMPLATE).expect("a template");
    folder
}

fn code(resource: &str) -> String {
    let builder = configure().resource(resource);
    let generated = builder.generate_from_slice("template.yaml", TEMPLATE.as_bytes());
    generated.expect("a client").code
}

#[test]
fn each_api_of_a_template_has_a_file_of_its_own() {
    let folder = folder("templates");
    let template = folder.join("template.yaml");
    for api in ["PetsApi", "XMLShopAPI"] {
        let builder = configure().resource(api).out_dir(&folder);
        builder.compile(&template).expect("a client");
        builder.check(&template).expect("the same client");
    }
    let file = |name: &str| fs::read_to_string(folder.join(name)).expect("a client");
    assert!(file("pets_api.rs").contains("pub fn get_pets("));
    assert!(file("xml_shop_api.rs").contains("pub fn get_shops_by_id("));
    let named = configure()
        .resource("PetsApi")
        .name("pets")
        .out_dir(&folder);
    named.compile(&template).expect("a client");
    assert_eq!(file("pets.rs"), file("pets_api.rs"));
}

#[test]
fn without_a_choice_the_error_lists_the_apis() {
    let error = configure().generate_from_slice("template.yaml", TEMPLATE.as_bytes());
    assert_eq!(
        error.expect_err("two APIs").to_string(),
        "template.yaml: is a template with 2 APIs: `PetsApi`, `XMLShopAPI`; choose one of them by its logical id, such as \
         `.resource(\"PetsApi\")`"
    );
    let slip = configure().resource("PetApi");
    let error = slip.generate_from_slice("template.yaml", TEMPLATE.as_bytes());
    let error = error.expect_err("a slip").to_string();
    assert!(error.contains("did you mean `PetsApi`?"), "{error}");
}

#[test]
fn a_client_has_the_authorization_of_the_template_no_address_and_no_secret() {
    let code = code("PetsApi");
    assert!(code.contains("Auth::API_KEY"), "{code}");
    assert!(
        code.contains("Pets of `${Key}`") || code.contains("Pets of ${Key}"),
        "{code}"
    );
    assert!(
        !code.contains("hunter2") && !code.contains("execute-api"),
        "{code}"
    );
    // What operations share has the name that it has in the document alone.
    assert!(code.contains("pub struct FoundResponse"), "{code}");
}

#[test]
fn choices_and_traits_are_held_against_the_chosen_api() {
    let builder = configure().resource("PetsApi");
    let open = builder
        .clone()
        .auth(Select::path("/pets"), [AuthMode::None]);
    let open = open.generate_from_slice("template.yaml", TEMPLATE.as_bytes());
    assert!(open.expect("a client").code.contains("Auth::NONE"));

    let folder = folder("template_traits");
    let (source, template) = (folder.join("pets.rs"), folder.join("template.yaml"));
    let pets = |path: &str| {
        let source_code = format!(
            "#[rest_endpoint]\ntrait Pets {{\n    #[get(\"{path}\")]\n    #[auth(api_key)]\n    async fn pets(&self) -> Sent;\n}}\n"
        );
        fs::write(&source, source_code).expect("a file");
        builder.verify_trait(&source, "Pets", &template)
    };
    pets("/pets").expect("a trait of this API");
    let error = pets("/shops")
        .expect_err("a path of the other API")
        .to_string();
    let place = "template.yaml#/Resources/PetsApi/Properties/DefinitionBody/paths)";
    assert!(error.contains(place), "{error}");
}

#[test]
fn where_nothing_is_left_the_place_is_that_of_the_template() {
    let template = r#"{"Resources": {"Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Body": {
        "openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {"/a#b": {"get": {"responses": {}}}}}}}}}"#;
    let error = configure().generate_from_slice("t.json", template.as_bytes());
    let error = error.expect_err("nothing").to_string();
    let place = "t.json#/Resources/Api/Properties/Body/paths: so no operation is left";
    assert!(error.contains(place), "{error}");
}
