//! Models that the console of API Gateway has named.

use serde_json::json;

use super::{Choices, generate};

#[test]
fn a_model_of_the_console_is_called_after_what_it_is_used_for() {
    let reference = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    let json = |schema| json!({"application/json": {"schema": schema}});
    let object = |members: serde_json::Value| json!({"type": "object", "properties": members});
    let item = json!({"type": "array", "items": reference("MODEL3ebf60")});
    let document = json!({
        "openapi": "3.0.1",
        "info": {"title": "t", "version": "1"},
        "paths": {"/boats": {"post": {
            "operationId": "addBoats",
            "requestBody": {"content": json(reference("MODELe5f447"))},
            "responses": {"200": {"description": "d", "content": json(item)},
                "404": {"description": "d", "content": json(reference("MODELabcdef"))}},
        }}},
        "components": {"schemas": {
            "MODELe5f447": object(json!({"crew": reference("MODEL000001"), "a": {"type": "string"}})),
            "MODEL3ebf60": object(json!({"parent": reference("MODELe5f447")})),
            "MODEL000001": object(json!({"b": {"type": "string"}})),
            "MODELabcdef": object(json!({"c": {"type": "string"}})),
            "MODEL": object(json!({"d": {"type": "string"}})),
        }},
    });
    let generated = generate(
        "t.json",
        document.to_string().as_bytes(),
        None,
        &Choices::default(),
    );
    let code = generated.unwrap().code;
    for part in [
        "pub struct AddBoatsRequest {",
        "pub struct AddBoatsRequestCrew {",
        "pub struct AddBoatsResponseItem {",
        "pub struct AddBoatsError {",
        "pub parent: Option<types::AddBoatsRequest>,",
        "-> rt::Call<S, Vec<types::AddBoatsResponseItem>, types::AddBoatsError>",
    ] {
        assert!(code.contains(part), "{part} is missing in {code}");
    }
    assert!(!code.contains("ModeL"), "{code}");
}
