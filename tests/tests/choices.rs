//! What a user chooses in `build.rs` beside the document.

#![allow(
    clippy::unwrap_used,
    reason = "a test that cannot be set up has failed"
)]

use gatewright_build::{Builder, ParameterType, Select, configure};

fn code(builder: &Builder) -> String {
    builder
        .generate(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/fixtures/menagerie.json"
        ))
        .unwrap()
        .code
}

fn refusal(builder: &Builder) -> String {
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/menagerie.json");
    builder.generate(fixture).unwrap_err().to_string()
}

#[test]
fn only_the_included_operations_and_their_types_are_generated() {
    let code = code(&configure().include(Select::operation("CreateAnimal")));
    assert!(code.contains("fn create_animal") && code.contains("struct NewAnimal"));
    assert!(!code.contains("fn get_animals") && !code.contains("struct Problem"));
}

#[test]
fn a_path_selects_what_is_below_it_and_exclude_wins() {
    let animals = configure().include(Select::path("/animals"));
    let all = code(&animals);
    assert!(
        all.contains("fn get_animals")
            && all.contains("fn get_animal(")
            && !all.contains("fn get_root")
    );
    let read_only = code(&animals.exclude(Select::operation("DELETE /animals/{animalId}")));
    assert!(!read_only.contains("fn delete_animals") && read_only.contains("fn get_animal("));
}

#[test]
fn a_tag_selects_its_operations_and_their_types() {
    let answer = |name: &str| {
        format!(
            r##"{{"200": {{"description": "", "content": {{"application/json": {{"schema": {{"$ref": "#/components/schemas/{name}"}}}}}}}}}}"##
        )
    };
    let document = format!(
        r#"{{"openapi": "3.0.1", "info": {{"title": "t", "version": "1"}}, "paths": {{
            "/a": {{"get": {{"tags": ["x", "y"], "responses": {}}}}}, "/b": {{"get": {{"tags": ["z"], "responses": {}}}}}}},
            "components": {{"schemas": {{"One": {{"type": "object", "properties": {{"a": {{"type": "string"}}}}}},
                "Other": {{"type": "object", "properties": {{"b": {{"type": "string"}}}}}}}}}}}}"#,
        answer("One"),
        answer("Other"),
    );
    let code = |builder: Builder| {
        builder
            .generate_from_slice("t.json", document.as_bytes())
            .unwrap()
            .code
    };
    let included = code(configure().include(Select::tag("y")));
    assert!(included.contains("fn get_a(") && included.contains("struct One"));
    assert!(!included.contains("fn get_b(") && !included.contains("struct Other"));
    let excluded = code(configure().exclude(Select::tag("y")));
    assert!(excluded.contains("fn get_b(") && !excluded.contains("struct One"));
}

#[test]
fn a_chosen_name_wins_and_renames_no_other() {
    let chosen = code(&configure().rename(Select::operation("GET /animals"), "listAll"));
    assert!(chosen.contains("pub fn list_all(") && chosen.contains("struct ListAllParams"));
    assert!(chosen.contains("pub fn get_animal("));
}

#[test]
fn parameters_can_be_given_types() {
    let typed = configure()
        .parameter(
            Select::operation("GetAnimal"),
            "animalId",
            ParameterType::I64,
        )
        .parameter(
            Select::operation("GET /animals"),
            "page",
            ParameterType::I32,
        );
    let code = code(&typed);
    assert!(code.contains("animal_id: i64") && code.contains("pub page: Option<i32>"));
}

#[test]
fn an_answer_can_come_with_its_status_and_headers() {
    let code = code(&configure().return_headers(Select::operation("GetAnimal")));
    assert!(code.contains("rt::Response<types::Animal>"), "{code}");
}

#[test]
fn a_choice_that_is_about_nothing_gets_a_suggestion() {
    let error = refusal(&configure().include(Select::operation("CreateAnimel")));
    assert!(
        error.ends_with(
            "menagerie.json: has no operation `CreateAnimel`; did you mean `CreateAnimal`?"
        ),
        "{error}"
    );
    let error = refusal(&configure().exclude(Select::tag("nothing")));
    assert!(
        error.contains("has no operation with the tag `nothing`"),
        "{error}"
    );
    let get = Select::operation("GetAnimal");
    let error = refusal(&configure().parameter(get, "animalid", ParameterType::I64));
    assert!(
        error.contains("no parameter `animalid`; did you mean `animalId`?"),
        "{error}"
    );
}

#[test]
fn checked_in_code_that_is_stale_is_found() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("checked-in");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/menagerie.json");
    let builder = configure().out_dir(&folder);
    assert!(
        builder
            .check(fixture)
            .unwrap_err()
            .to_string()
            .contains("menagerie.rs")
    );
    builder.compile(fixture).unwrap();
    builder.check(fixture).unwrap();
    let other = builder.rename(Select::operation("GetAnimal"), "fetch");
    assert!(
        other
            .check(fixture)
            .unwrap_err()
            .to_string()
            .contains("generate it again")
    );
}
