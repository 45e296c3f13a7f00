//! Documents in several files.

use std::collections::HashMap;

use gatewright_document::{Document, Error, Files, Kind, Method, ReadOptions};
use openapiv3::{ReferenceOr, Schema, SchemaKind, Type};
use serde_json::json;

/// Files that a test writes down.
struct Shelf(HashMap<&'static str, &'static str>);

impl Files for Shelf {
    fn read(&mut self, path: &str) -> Result<Vec<u8>, String> {
        let text = self.0.remove(path);
        let text = text.ok_or("it is not on the shelf")?;
        Ok(text.as_bytes().to_vec())
    }
}

fn read(api: &str, files: &[(&'static str, &'static str)]) -> Result<Document, Error> {
    let mut shelf = Shelf(files.iter().copied().collect());
    ReadOptions::new().read_with("api/api.yaml", api, &mut shelf)
}

/// A document of this paths and components.
fn with(parts: &str, files: &[(&'static str, &'static str)]) -> Result<Document, Error> {
    let api = format!("openapi: 3.0.1\ninfo: {{ title: t, version: '1' }}\n{parts}");
    read(&api, files)
}

fn repairs(document: &Document) -> Vec<String> {
    let repairs = document.repairs.iter();
    let repairs = repairs.filter(|repair| !repair.is_minor);
    repairs
        .map(|repair| format!("{}: {}", repair.pointer, repair.message))
        .collect()
}

fn properties(schema: &ReferenceOr<Schema>) -> Vec<&str> {
    let ReferenceOr::Item(schema) = schema else {
        panic!("{schema:?}");
    };
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            object.properties.keys().map(String::as_str).collect()
        }
        kind => panic!("{kind:?}"),
    }
}

const PETS: &str = "
paths:
  /pets: { $ref: ./paths/pets.yaml }
  /pets/{id}: { $ref: 'paths/pet.yaml' }
components:
  schemas:
    Pet: { $ref: schemas/pet.json }
  securitySchemes:
    key: { $ref: 'common%20parts.yaml#/key' }
  parameters:
    Id: { $ref: 'common%20parts.yaml#/id' }
";

const FILES: [(&str, &str); 5] = [
    (
        "paths/pets.yaml",
        "
get:
  security: [{ key: [] }]
  responses:
    200: { description: pets, content: { application/json: { schema: { type: array, items: { $ref: ../schemas/pet.json } } } } }
    404: { $ref: '../common parts.yaml#/responses/NotFound' }
",
    ),
    (
        "paths/pet.yaml",
        "
parameters: [{ $ref: '../api.yaml#/components/parameters/Id' }]
get:
    responses: { 200: { description: one, content: { application/json: { schema: { $ref: '../api.yaml#/components/schemas/Pet' } } } } }
",
    ),
    (
        "schemas/pet.json",
        r##"{"type": "object", "properties": {"id": {"type": "integer"}, "owner": {"$ref": "owner.yaml"}, "size": {"$ref": "#/definitions/Size"}},
            "definitions": {"Size": {"type": "string", "enum": ["s", "l"]}}}"##,
    ),
    (
        "schemas/owner.yaml",
        "type: object\nproperties: { pets: { type: array, items: { $ref: ../api.yaml#/components/schemas/Pet } }, name: { $ref: './pet.json#/properties/id' } }",
    ),
    (
        "common parts.yaml",
        "
key: { type: apiKey, name: x-api-key, in: header }
id: { name: id, in: path, required: true, schema: { type: string } }
responses:
  NotFound: { description: none, content: { application/json: { schema: { $ref: '#/Fault' } } } }
Fault: { type: object, properties: { message: { type: string } } }
",
    ),
];

#[test]
fn a_document_in_six_files_that_refer_to_one_another_is_read_as_one() {
    let document = with(PETS, &FILES).unwrap();
    assert!(repairs(&document).is_empty(), "{:?}", repairs(&document));
    let operations = document.operations.iter();
    let operations: Vec<_> = operations
        .map(|it| (it.method, it.path.as_str(), it.pointer.to_string()))
        .collect();
    assert_eq!(
        operations,
        [
            (Method::Get, "/pets", "#/paths/~1pets/get".to_owned()),
            (
                Method::Get,
                "/pets/{id}",
                "#/paths/~1pets~1{id}/get".to_owned()
            ),
        ]
    );
    let pets = &document.operations[0];
    assert_eq!(pets.security.all_of[0].kind, Kind::ApiKey);
    assert_eq!(pets.responses[1].description, "none");
    assert_eq!(document.operations[1].parameters[0].name, "id");
}

#[test]
fn a_schema_of_another_file_is_one_type_with_the_name_that_the_document_gives_it() {
    let document = with(PETS, &FILES).unwrap();
    let names: Vec<_> = document.schemas.keys().collect();
    assert_eq!(names, ["Pet", "Fault", "owner", "Size", "pet id"]);
    assert_eq!(
        properties(&document.schemas["Pet"]),
        ["id", "owner", "size"]
    );
    assert_eq!(properties(&document.schemas["owner"]), ["pets", "name"]);
    let place = |name: &str| document.schema_pointer(name).unwrap().to_string();
    assert_eq!(place("Pet"), "schemas/pet.json#");
    assert_eq!(place("Fault"), "common parts.yaml#/Fault");
    assert_eq!(place("Size"), "schemas/pet.json#/definitions/Size");
    let pets = &document.operations[0].responses[0].content["application/json"];
    let schema = serde_json::to_value(pets.schema.as_ref().unwrap()).unwrap();
    assert_eq!(schema["items"], json!({"$ref": "#/components/schemas/Pet"}));
}

#[test]
fn without_its_files_the_same_document_is_refused_at_each_place() {
    let api = format!("openapi: 3.0.1\ninfo: {{ title: t, version: '1' }}\n{PETS}");
    let error = Document::from_slice("api.yaml", api.as_bytes()).unwrap_err();
    let text = error.to_string();
    let says = "api.yaml#/paths/~1pets: `./paths/pets.yaml` leads out of the document, which is not followed: bundle the document first";
    assert!(text.contains(says), "{text}");
}

#[test]
fn sections_may_lie_in_files_and_references_lead_into_them() {
    let parts = "
paths: { $ref: paths.yaml }
components: { schemas: { $ref: 'schemas/index.yaml' }, responses: { $ref: responses.yaml } }
";
    let document = with(
        parts,
        &[
            (
                "paths.yaml",
                "/a: { get: { responses: { 200: { $ref: 'api.yaml#/components/responses/Found' } } } }",
            ),
            (
                "responses.yaml",
                "Found: { description: found, content: { application/json: { schema: { $ref: 'api.yaml#/components/schemas/Boat' } } } }",
            ),
            (
                "schemas/index.yaml",
                "Boat: { $ref: boat.yaml }\nRaft: { type: object, properties: { of: { $ref: '#/Boat' } } }",
            ),
            (
                "schemas/boat.yaml",
                "type: object\nproperties: { name: { type: string } }",
            ),
        ],
    );
    let document = document.unwrap();
    assert!(repairs(&document).is_empty(), "{:?}", repairs(&document));
    let names: Vec<_> = document.schemas.keys().collect();
    assert_eq!(names, ["Boat", "Raft"]);
    assert_eq!(properties(&document.schemas["Boat"]), ["name"]);
    assert_eq!(document.operations[0].responses[0].description, "found");
}

#[test]
fn types_of_one_name_in_two_files_are_two_types() {
    let parts = "
paths: {}
components: { schemas: { Both: { type: object, properties: { a: { $ref: a.yaml#/Item }, b: { $ref: b.yaml#/Item }, c: { $ref: c/index.yaml } } } } }
";
    let item = "Item: { type: object, properties: { x: { type: string } } }";
    let files = [
        ("a.yaml", item),
        ("b.yaml", item),
        ("c/index.yaml", "type: object"),
    ];
    let document = with(parts, &files).unwrap();
    let names: Vec<_> = document.schemas.keys().collect();
    assert_eq!(names, ["Both", "Item", "b Item", "c"]);
}

#[test]
fn a_discriminator_names_files() {
    let parts = "
paths: {}
components:
  schemas:
    Pet:
      oneOf: [{ $ref: 'pets/cat.yaml' }, { $ref: 'pets/dog.yaml' }]
      discriminator: { propertyName: kind, mapping: { cat: './pets/cat.yaml', dog: pets/dog.yaml, eel: Eel, newt: '#/components/schemas/Newt' } }
    Newt: { type: object }
";
    let cat = "type: object\nproperties: { kind: { type: string } }";
    let document = with(parts, &[("pets/cat.yaml", cat), ("pets/dog.yaml", cat)]).unwrap();
    let ReferenceOr::Item(pet) = &document.schemas["Pet"] else {
        panic!("a reference");
    };
    let mapping = &pet.schema_data.discriminator.as_ref().unwrap().mapping;
    let mapping: Vec<_> = mapping.iter().map(|(_, to)| to.as_str()).collect();
    let named = |name: &str| format!("#/components/schemas/{name}");
    assert_eq!(
        mapping,
        [&named("cat"), &named("dog"), "Eel", &named("Newt")]
    );
}

#[test]
fn what_is_wrong_in_a_file_is_placed_there() {
    let parts = "
paths: { /a: { get: { responses: { 200: { description: d, content: { application/json: { schema: { $ref: s/a.yaml } } } } } } } }
";
    let document = with(
        parts,
        &[(
            "s/a.yaml",
            "type: object\nproperties: { b: { type: 5 }, c: { $ref: '#/no' }, d: { $ref: gone.yaml } }",
        )],
    );
    assert_eq!(
        repairs(&document.unwrap()),
        [
            "s/a.yaml#/properties/b/type: is 5, which is no type of OpenAPI 3.0; read as anything",
            "s/a.yaml#/properties/c: the reference `#/no` leads to nothing in the file `s/a.yaml`; read as any value",
            "s/a.yaml#/properties/d: `gone.yaml` leads to a file that is not read: it is not on the shelf; read as any value",
        ]
    );
    let error = with(parts, &[("s/a.yaml", "type: object\nproperties: {")]).unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("api/s/a.yaml:2:13: is not YAML"),
        "{error}"
    );
    let twice = with(parts, &[("s/a.yaml", "type: object\ntype: object")]).unwrap();
    assert_eq!(
        repairs(&twice),
        ["s/a.yaml#/type: stands here more than once; only the last is read"]
    );
}

#[test]
fn an_operation_that_needs_a_file_that_is_not_there_is_refused() {
    for (reference, says) in [
        (
            "gone.yaml",
            "leads to a file that is not read: it is not on the shelf",
        ),
        (
            "https://example.com/a.yaml",
            "nothing is read over the network",
        ),
        ("//example.com/a.yaml", "nothing is read over the network"),
        ("file:///etc/passwd", "nothing is read over the network"),
        ("/etc/passwd", "by its path from the root"),
    ] {
        let parts = format!("paths: {{ /a: {{ $ref: '{reference}' }} }}");
        let error = with(&parts, &[]).unwrap_err().to_string();
        assert!(error.starts_with("api/api.yaml#/paths/~1a: "), "{error}");
        assert!(error.contains(says), "{error}");
    }
}

#[test]
fn references_in_a_circle_through_files_end() {
    let parts = "
paths: { /a: { $ref: 'a.yaml' }, /b: { get: { responses: {} } } }
components: { schemas: { A: { $ref: 'a.yaml#/x' } } }
";
    let files = [
        ("a.yaml", "{ $ref: b.yaml, x: { $ref: 'b.yaml#/x' } }"),
        ("b.yaml", "{ $ref: a.yaml, x: { $ref: 'a.yaml#/x' } }"),
    ];
    let document = with(parts, &files).unwrap();
    let repairs = repairs(&document);
    assert!(
        repairs[0].contains("leads back to itself; the operations of this path are left out"),
        "{repairs:?}"
    );
    assert!(
        repairs
            .iter()
            .any(|it| it.contains("a reference that leads back to itself; read as any value")),
        "{repairs:?}"
    );
    assert_eq!(document.operations.len(), 1);

    // Each step of the reference is one that is not there, and leads anew to the start.
    let deep = "a/".repeat(1_000);
    let api = format!("paths: {{ /a: {{ $ref: 'a.yaml#/{deep}' }} }}");
    let text: &'static str = Box::leak(format!("$ref: 'a.yaml#/{deep}'").into_boxed_str());
    assert!(
        with(&api, &[("a.yaml", text)])
            .unwrap()
            .operations
            .is_empty()
    );
}

#[test]
fn the_document_of_a_template_may_lie_in_a_file() {
    let template = "
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties: { DefinitionUri: docs/api.yaml, Auth: { ApiKeyRequired: true } }
  Other:
    Type: AWS::ApiGateway::RestApi
    Properties: { Body: { Fn::Transform: { Name: AWS::Include, Parameters: { Location: ./docs/api.yaml } } } }
";
    let files = [
        (
            "docs/api.yaml",
            "{ openapi: 3.0.1, info: { title: t, version: '1' }, paths: { /a: { get: { x-amazon-apigateway-integration: { type: mock }, responses: { 200: { $ref: a.yaml } } } }, b: {} } }",
        ),
        (
            "docs/a.yaml",
            "{ description: d, content: { application/json: { schema: { $ref: 'api.yaml#/x' } } } }",
        ),
    ];
    for (api, has_key) in [("Api", true), ("Other", false)] {
        let options = ReadOptions::new().resource(api);
        let mut shelf = Shelf(files.into_iter().collect());
        let document = options
            .read_with("template.yaml", template, &mut shelf)
            .unwrap();
        assert_eq!(document.operations[0].path, "/a");
        assert_eq!(
            document.operations[0].security.all_of.len(),
            usize::from(has_key)
        );
        assert_eq!(document.pointer.to_string(), "docs/api.yaml#");
        let repairs = repairs(&document);
        let place = "docs/api.yaml#/paths/b: is no path";
        assert!(
            repairs.iter().any(|it| it.starts_with(place)),
            "{repairs:?}"
        );

        let error = options.read("template.yaml", template).unwrap_err();
        assert!(
            error
                .to_string()
                .contains("hand in that file instead of the template"),
            "{error}"
        );
    }
}

#[test]
fn the_format_of_a_schema_in_a_file_can_be_told() {
    let pointer = "schemas/pet.json#/properties/id";
    let options = ReadOptions::new().schema_format(pointer, "uint64");
    let api = format!("openapi: 3.0.1\ninfo: {{ title: t, version: '1' }}\n{PETS}");
    let mut shelf = Shelf(FILES.into_iter().collect());
    let document = options.read_with("api.yaml", api, &mut shelf).unwrap();
    let pet = serde_json::to_value(&document.schemas["Pet"]).unwrap();
    assert_eq!(pet["properties"]["id"]["format"], "uint64");
}

#[test]
fn the_names_that_schemas_of_3_1_give_themselves_are_those_of_their_file() {
    let api = "
openapi: 3.1.0
info: { title: t, version: '1' }
paths: {}
components: { schemas: { A: { type: object, properties: { b: { $ref: 'b.yaml#boat' } } } } }
";
    let files = [(
        "b.yaml",
        "x: { $anchor: boat, type: object, properties: { next: { $ref: '#boat' } } }",
    )];
    let document = read(api, &files).unwrap();
    let names: Vec<_> = document.schemas.keys().collect();
    assert_eq!(names, ["A", "x"]);
}

#[test]
fn what_openapi_has_no_references_for_may_lie_in_files_all_the_same() {
    let parts = "
paths:
  /a:
    get: { $ref: a.yaml#/get }
    post: { $ref: gone.yaml }
";
    let files = [
        (
            "a.yaml",
            "
get:
  operationId: getA
  description: { $ref: '#/text' }
  tags: { $ref: '#/tags' }
  parameters: { $ref: '#/parameters' }
  responses: { 200: { description: d, content: { application/json: { schema: { type: object, properties: { $ref: '#/properties' } } } } } }
text: from afar
tags: [one]
parameters: [{ name: q, in: query, schema: { type: string } }]
properties: { b: { type: string } }
",
        ),
        ("gone.json", "{}"),
    ];
    let error = with(parts, &files).unwrap_err().to_string();
    assert!(
        error.starts_with(
            "api/api.yaml#/paths/~1a/post: `gone.yaml` leads to a file that is not read"
        ),
        "{error}"
    );
    let parts = parts.replace("gone.yaml", "a.yaml#/no");
    let document = with(&parts, &files).unwrap();
    let place = "#/paths/~1a/post: the reference `a.yaml#/no` leads to nothing in the file `a.yaml`; this operation is left out";
    assert_eq!(repairs(&document), [place]);
    let [get] = &document.operations[..] else {
        panic!("{:?}", document.operations);
    };
    assert_eq!(get.id.as_deref(), Some("getA"));
    assert_eq!(get.description.as_deref(), Some("from afar"));
    assert_eq!(get.tags, ["one"]);
    assert_eq!(get.parameters[0].name, "q");
    let schema = get.responses[0].content["application/json"].schema.as_ref();
    assert_eq!(properties(schema.unwrap()), ["b"]);
}
