//! What the build script says of names, types and bodies.

use serde_json::{Value, json};

use crate::{Builder, ParameterType, Select, configure};

fn document() -> Value {
    let ok = json!({"200": {"description": "ok"}});
    json!({
        "openapi": "3.0.1",
        "info": {"title": "t", "version": "1"},
        "paths": {
            "/files": {
                "get": {"operationId": "listFiles", "responses": {"200": {"description": "ok", "content": {"application/json":
                    {"schema": {"$ref": "#/components/schemas/file_v1"}}}}},
                    "parameters": [{"name": "ids", "in": "query", "schema": {"type": "string"}},
                        {"name": "order", "in": "query", "required": true, "schema": {"type": "string"}}]},
                "post": {"operationId": "upload_file", "responses": ok},
                "head": {"operationId": "peek", "responses": ok},
            },
            "/files/{id}": {"delete": {"operationId": "drop", "responses": {"204": {"description": ""}}}, "put": {"responses": ok}},
        },
        "components": {"schemas": {"file_v1": {"type": "object", "properties": {
            "name": {"type": "string"}, "kind": {"type": "string", "enum": ["text"]}}}, "Other": {"type": "string"}}},
    })
}

/// The code, in one line.
fn code(builder: &Builder) -> String {
    let document = document().to_string();
    let generated = builder
        .generate_from_slice("t.json", document.as_bytes())
        .unwrap();
    let words: Vec<_> = generated.code.split_whitespace().collect();
    words.join(" ").replace("( ", "(").replace(", )", ")")
}

fn error(builder: &Builder) -> String {
    let document = document().to_string();
    let result = builder.generate_from_slice("t.json", document.as_bytes());
    result.unwrap_err().to_string()
}

fn list() -> Select {
    Select::operation("listFiles")
}

#[test]
fn a_chosen_name_is_had_and_the_operation_of_that_name_gets_another() {
    let code = code(&configure().rename(list(), "upload_file"));
    assert!(code.contains("pub fn upload_file(&self, order"), "{code}");
    assert!(code.contains("pub fn post_files(&self)"), "{code}");
    assert!(!code.contains("pub fn get_files"), "{code}");
    assert!(self::code(&configure().rename(list(), "allFiles")).contains("pub fn all_files(&self"));
    assert!(self::code(&configure().rename(list(), "type")).contains("pub fn r#type(&self"));
}

#[test]
fn a_chosen_name_that_cannot_be_had_is_an_error_with_the_reason() {
    for (name, why) in [
        ("new", "the client has a method of this name itself"),
        ("boxed", "the client has a method of this name itself"),
        ("", "it is no name in Rust"),
        ("1st", "it is no name in Rust"),
        ("self", "it is no name in Rust"),
        ("list files", "it is no name in Rust, as `list_files` is"),
    ] {
        let error = error(&configure().rename(list(), name));
        let expected = format!("`GET /files` cannot be renamed to `{name}`: {why}");
        assert!(error.contains(&expected), "{error}");
    }
    let twice = configure().rename(Select::path("/files/{id}"), "one");
    let error = error(&twice);
    assert!(
        error.contains("it would be the method of `PUT /files/{id}` too"),
        "{error}"
    );
}

#[test]
fn a_body_that_is_not_declared_is_no_argument() {
    let code = code(&configure());
    assert!(code.contains("pub fn upload_file(&self) ->"), "{code}");
    assert!(
        code.contains("pub fn put_files_by_id(&self, id: &str) ->"),
        "{code}"
    );
    let said = "The document declares no body; `.body(..)` of the call sends one.";
    assert_eq!(code.matches(said).count(), 2, "{code}");
}

#[test]
fn own_types_stand_in_the_place_of_the_document_s() {
    let post = Select::operation("upload_file");
    let builder = configure()
        .request_type(post.clone(), "crate::NewFile")
        .response_type(post.clone(), "Vec<crate::File>")
        .return_headers(post);
    let code = code(&builder);
    let signature = "pub fn upload_file(&self, body: &crate::NewFile) -> rt::Call<S, rt::Response<Vec<crate::File>>>";
    assert!(code.contains(signature), "{code}");
    assert!(code.contains(".body(body).call()"), "{code}");
    let listed = self::code(&configure().response_type(list(), "crate::Files"));
    assert!(!listed.contains("FileV1"), "{listed}");
}

#[test]
fn an_own_type_that_has_no_place_is_an_error() {
    for (builder, message) in [
        (
            configure().response_type(list(), "crate::"),
            "`crate::` is no type of Rust",
        ),
        (
            configure().response_type(Select::operation("drop"), "u8"),
            "`DELETE /files/{id}` has no body to read `u8` from",
        ),
        (
            configure().response_type(Select::operation("peek"), "u8"),
            "`HEAD /files` has no body to read `u8` from",
        ),
        (
            configure().request_type(list(), "u8"),
            "`GET /files` has no body to send `u8` in",
        ),
        (
            configure().request_type(Select::operation("upload_fil"), "u8"),
            "did you mean `upload_file`?",
        ),
    ] {
        let error = error(&builder);
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn traits_are_derived_for_all_types_or_for_one() {
    let code = code(
        &configure()
            .derive("Eq")
            .derive_for("FileV1", "schemars::JsonSchema"),
    );
    assert!(code.contains("#[derive(Eq, schemars::JsonSchema)] #[derive(Clone, Debug, PartialEq, Default)] pub struct FileV1"), "{code}");
    assert!(
        code.contains(
            "#[derive(Clone, Debug, PartialEq, Eq, Hash)] #[non_exhaustive] pub enum FileV1Kind"
        ),
        "{code}"
    );
    assert!(!code.contains("#[derive(Eq)]"), "{code}");
    for (builder, message) in [
        (
            configure().derive("Clone"),
            "`Clone` is implemented for every type already",
        ),
        (
            configure().derive("serde::Serialize"),
            "`all_codecs` makes all of them both",
        ),
        (
            configure().derive("Eq, Hash"),
            "`Eq, Hash` is no path of a trait",
        ),
        (
            configure().derive_for("FileV2", "Eq"),
            "the client has no type `FileV2`; did you mean `FileV1`?",
        ),
    ] {
        let error = error(&builder);
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn a_type_is_called_as_it_was_chosen() {
    let code = code(&configure().rename_type("file_v1", "Other"));
    assert!(code.contains("pub struct Other {"), "{code}");
    assert!(code.contains("rt::Call<S, types::Other>"), "{code}");
    for (builder, message) in [
        (
            configure().rename_type("file_v2", "File"),
            "has no schema `file_v2`; did you mean `file_v1`?",
        ),
        (
            configure().rename_type("file_v1", "file"),
            "a type has a name in UpperCamelCase",
        ),
        (
            configure().rename_type("file_v1", "Option"),
            "generated code uses this name itself",
        ),
        (
            configure()
                .rename_type("file_v1", "A")
                .rename_type("Other", "A"),
            "which another schema is called",
        ),
    ] {
        let error = error(&builder);
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn a_parameter_is_a_list_or_one_of_some_texts() {
    let builder = configure()
        .parameter(list(), "ids", ParameterType::list(ParameterType::I64))
        .parameter(list(), "order", ParameterType::one_of(["asc", "desc"]));
    let code = code(&builder);
    assert!(code.contains("pub ids: Option<Vec<i64>>"), "{code}");
    assert!(code.contains("order: &types::ListFilesOrder"), "{code}");
    assert!(
        code.contains(r#"string_enum!(write ListFilesOrder { Asc = "asc", Desc = "desc", })"#),
        "{code}"
    );
    let several = configure().parameter(
        list(),
        "ids",
        ParameterType::list(ParameterType::one_of(["a"])),
    );
    assert!(self::code(&several).contains("pub ids: Option<Vec<types::ListFilesIds>>"));
    for (ty, message) in [
        (
            ParameterType::one_of::<&str>([]),
            "an enum has at least one text",
        ),
        (
            ParameterType::list(ParameterType::list(ParameterType::Bool)),
            "lists of lists",
        ),
    ] {
        let error = error(&configure().parameter(list(), "ids", ty));
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn choices_that_leave_nothing_are_named() {
    let builder = configure().include(list()).exclude(Select::path("/files"));
    assert_eq!(
        error(&builder),
        "t.json: `include` and `exclude` leave no operation to make a client of"
    );
    let preflights = json!({"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {"/": {"options": {"responses": {}}}}});
    let result = configure().generate_from_slice("t.json", preflights.to_string().as_bytes());
    assert!(
        result
            .unwrap_err()
            .to_string()
            .contains("has no operations but the preflights of browsers")
    );
}
