//! Input that is made to harm, a case for each way: an error that names its place, or code with nothing in it but what the
//! emitter writes (`property` checks that of every case), in bounded time and memory, and no file where none belongs.

#[path = "fuzzing/property/mod.rs"]
mod property;

use gatewright_build::configure;
use serde_json::{Map, Value, json};

/// A document with these members beside what every document has.
fn document(members: &Value) -> Value {
    let mut document = json!({
        "openapi": "3.0.1", "info": {"title": "t", "version": "1"},
        "paths": {"/a": {"get": {"responses": {"200": {"description": "ok"}}}}},
    });
    for (key, value) in members.as_object().expect("members") {
        document[key] = value.clone();
    }
    document
}

/// A document whose operation answers with this schema, one of several.
fn answering(schema: &Value, schemas: &Value) -> Value {
    let content = json!({"application/json": {"schema": schema}});
    let responses = json!({"200": {"description": "ok", "content": content}});
    document(&json!({
        "paths": {"/a": {"get": {"responses": responses}}}, "components": {"schemas": schemas},
    }))
}

#[track_caller]
fn code(document: &Value) -> String {
    let code = property::check(&configure(), "api.json", document.to_string().as_bytes());
    code.expect("code")
}

/// The error of a file.
#[track_caller]
fn refusal(name: &str, bytes: &[u8]) -> String {
    assert_eq!(property::check(&configure(), name, bytes), None);
    let error = configure().generate_from_slice(name, bytes);
    error.expect_err("refused above").to_string()
}

#[track_caller]
fn assert_refused(document: &Value, place: &str, what: &str) {
    let error = refusal("api.json", document.to_string().as_bytes());
    assert!(error.starts_with(&format!("api.json{place}")), "{error}");
    assert!(error.contains(what), "{error}");
}

fn reference(name: &str) -> Value {
    json!({"$ref": format!("#/components/schemas/{name}")})
}

#[test]
fn schemas_that_are_nowhere_are_any_json_and_noted() {
    for target in [
        "#/components/schemas/Nobody",
        "#/nowhere",
        "https://example.com/pet.json",
        "./pet.yaml#/Pet",
        "file:///etc/passwd",
        "",
    ] {
        let document = answering(
            &json!({"type": "object", "properties": {"a": {"$ref": target}}}),
            &json!({}),
        );
        assert!(
            code(&document).contains("pub a: Option<rt::Value>"),
            "{target}"
        );
        let generated =
            configure().generate_from_slice("api.json", document.to_string().as_bytes());
        let notes = generated.expect("code").notes;
        assert!(
            notes
                .iter()
                .any(|note| note.pointer.ends_with("/properties/a")),
            "{target}: {notes:?}"
        );
    }
}

#[test]
fn parameters_that_are_nowhere_are_refused() {
    for target in [
        "#/components/parameters/Nobody",
        "https://example.com/p.json",
        "#/paths/~1a/get/parameters/0",
    ] {
        let operation = json!({"parameters": [{"$ref": target}], "responses": {}});
        let document = document(&json!({"paths": {"/a": {"get": operation}}}));
        assert_refused(&document, "#/paths/~1a/get/parameters/0", "");
    }
}

#[test]
fn circles_of_references_have_an_end() {
    let circles = [
        json!({"A": reference("A")}),
        json!({"A": reference("B"), "B": reference("C"), "C": reference("A")}),
        json!({"A": {"type": "array", "items": reference("A")}}),
        json!({"A": {"type": "object", "additionalProperties": reference("A")}}),
        json!({"A": {"type": "object", "required": ["a"], "properties": {"a": reference("A")}}}),
        json!({"A": {"type": "object", "properties": {"b": reference("B")}}, "B": {"type": "object", "properties": {"a": reference("A")}}}),
        json!({"A": {"allOf": [reference("A")]}}),
        json!({"A": {"allOf": [reference("B"), {"type": "boolean"}]}, "B": reference("A")}),
        json!({"A": {"allOf": [reference("B"), {"type": "object"}]}, "B": {"allOf": [reference("A"), {"type": "object"}]}}),
        json!({"A": {"oneOf": [reference("A"), {"type": "string"}]}}),
        json!({"A": {"anyOf": [reference("B")]}, "B": {"oneOf": [reference("A")]}}),
    ];
    for schemas in circles {
        code(&answering(&reference("A"), &schemas));
    }
}

#[test]
fn schemas_that_multiply_are_bounded() {
    // Each has the one before it twice: written out, the last has a million members.
    let twice = |level: usize| {
        let before = reference(&format!("A{}", level - 1));
        json!({"type": "object", "properties": {"a": before, "b": before}, "allOf": [before, before]})
    };
    let levels = (1..20).map(|level| (format!("A{level}"), twice(level)));
    let mut schemas: Map<_, _> = levels.collect();
    schemas.insert("A0".to_owned(), json!({"type": "object"}));
    assert!(code(&answering(&reference("A19"), &schemas.into())).len() < 200_000);
}

#[test]
fn ten_thousand_levels_are_refused() {
    let (open, close) = ("{\"items\":".repeat(10_000), "}".repeat(10_000));
    let schemas = format!(
        "{{\"openapi\":\"3.0.1\",\"components\":{{\"schemas\":{{\"A\":{open}{{}}{close}}}}}}}"
    );
    assert!(refusal("deep.json", schemas.as_bytes()).contains("nested more than 127 levels"));
    let lines: String = (0..10_000)
        .map(|level| " ".repeat(level) + "a:\n")
        .collect();
    for yaml in [lines, format!("a: {open}1{close}"), "[".repeat(10_000)] {
        refusal("deep.yaml", yaml.as_bytes());
    }
}

#[test]
fn the_deepest_schema_that_is_read_becomes_code() {
    for key in [
        "items",
        "properties",
        "allOf",
        "oneOf",
        "additionalProperties",
    ] {
        let nest = |inner: Value, _| match key {
            "properties" => json!({"type": "object", "properties": {"a": inner}}),
            "allOf" | "oneOf" => json!({key: [inner, {"type": "object"}]}),
            _ => json!({"type": if key == "items" { "array" } else { "object" }, key: inner}),
        };
        let schema = (0..110 / levels(key)).fold(json!({"type": "string"}), nest);
        let document = answering(&schema, &json!({})).to_string();
        let generated = configure().generate_from_slice("api.json", document.as_bytes());
        assert!(generated.is_ok(), "{key}: {generated:?}");
    }
}

/// How many levels of JSON one level of such a schema takes.
fn levels(key: &str) -> usize {
    match key {
        "items" | "additionalProperties" => 1,
        _ => 2,
    }
}

#[test]
fn aliases_that_multiply_are_refused() {
    let mut yaml = "openapi: 3.0.1\npaths: &p0 {}\n".to_owned();
    for level in 1..40 {
        yaml += &format!("x{level}: &p{level} [*p{0}, *p{0}]\n", level - 1);
    }
    refusal("bomb.yaml", yaml.as_bytes());
}

#[test]
fn padding_is_read_over_up_to_a_limit() {
    let padding = " ".repeat(4 << 20);
    let padded = format!("{padding}{}{padding}", document(&json!({})));
    assert!(property::check(&configure(), "api.json", padded.as_bytes()).is_some());
    assert!(refusal("api.json", &vec![b' '; 100 << 20]).contains("larger than 64 MiB"));
}

#[test]
fn files_of_another_kind_are_refused() {
    let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
    for bytes in [
        png.as_slice(),
        b"PK\x03\x04\x14\0",
        b"\x7fELF\x02",
        b"\x1f\x8b\x08",
        b"\xff\xfe{\0",
        &[0; 4096],
        b"",
    ] {
        for name in ["api.json", "api.yaml", "api"] {
            refusal(name, bytes);
        }
    }
}

#[test]
fn a_byte_order_mark_and_crlf_change_nothing() {
    let plain = serde_json::to_string_pretty(&document(&json!({}))).expect("JSON");
    let windows = format!("\u{feff}{}", plain.replace('\n', "\r\n"));
    let of = |text: &str| property::check(&configure(), "api.json", text.as_bytes());
    assert_eq!(of(&windows), of(&plain));
    assert!(of(&plain).is_some());
}

const NAMES: [&str; 22] = [
    "type",
    "self",
    "Self",
    "gen",
    "_",
    "",
    " ",
    "😀",
    "\u{202e}gnirts",
    "\u{200b}",
    "Name",
    "name",
    "NAME",
    "ſtrange",
    "strange",
    "../../x",
    "a\"; drop",
    "*/",
    "\"#",
    "{{",
    "```\npanic!()\n```",
    "a\ncargo::rustc-env=A=B",
];

/// The names with a value for each.
fn each(value: impl Fn(&str) -> Value) -> Value {
    let members = NAMES.iter().map(|name| ((*name).to_owned(), value(name)));
    members.collect::<Map<_, _>>().into()
}

#[test]
fn names_of_every_kind_become_identifiers() {
    let escaped = |name: &str| {
        name.replace('~', "~0")
            .replace('/', "~1")
            .replace('%', "%25")
    };
    let schema = json!({
        "type": "object", "description": "```\npanic!()\n```", "properties": each(|name| reference(&escaped(name))),
    });
    let schemas = each(|name| match name {
        "Name" => json!({"type": "string", "enum": NAMES}),
        "name" => {
            json!({"oneOf": [reference("NAME"), {"type": "string"}], "discriminator": {"propertyName": "\u{202e}"}})
        }
        _ => schema.clone(),
    });
    let mut document = answering(&schema, &schemas);
    let schemes = each(|name| json!({"type": "apiKey", "in": "query", "name": format!("k{name}")}));
    document["components"]["securitySchemes"] = schemes;
    for (index, name) in NAMES.iter().enumerate() {
        let query = json!({"name": name, "in": "query", "schema": {"type": "string"}});
        document["paths"][format!("/{index}")] = json!({"get": {
            "operationId": name, "tags": [name], "summary": name, "parameters": [query],
            "responses": {"200": {"description": name}}, "security": [{(*name): []}],
        }});
    }
    let code = code(&document);
    // Those that no other name is equal to keep theirs, the others are called after their paths.
    for name in ["r#type", "r#gen", "a_drop", "gnirts", "x", "get_1", "get_4"] {
        assert!(
            code.contains(&format!(" fn {name}(&self")),
            "{name} in {code}"
        );
    }
}

#[test]
fn a_parameter_that_an_authorizer_reads_stays_an_argument_that_no_call_can_lack() {
    let source = "method.request.header.X-Seat, method.request.querystring.row";
    let authorizer = json!({"type": "request", "identitySource": source});
    let scheme = json!({"type": "apiKey", "in": "header", "name": "Unused", "x-amazon-apigateway-authorizer": authorizer});
    let header =
        json!({"name": "x-seat", "in": "header", "required": true, "schema": {"type": "string"}});
    let query = json!({"name": "row", "in": "query", "schema": {"type": "string"}});
    let operation =
        json!({"parameters": [header, query], "security": [{"usher": []}], "responses": {}});
    let code = code(&document(&json!({
        "paths": {"/a": {"get": operation}}, "components": {"securitySchemes": {"usher": scheme}},
    })));
    assert!(code.contains("(&self, x_seat: &str, row: &str)"), "{code}");
}

#[test]
fn a_great_many_names_that_become_the_same_take_no_longer_each() {
    let many = 10_000;
    let names = || {
        (0..many).map(|index| {
            "\u{1f600}".repeat(2) + &"\u{200b}".repeat(index % 50) + &"-".repeat(index / 50)
        })
    };
    let member = |name| (name, json!({"type": "string"}));
    let properties: Map<_, _> = names().map(member).collect();
    let values: Vec<_> = names().collect();
    let of = |schema: Value| {
        let document = answering(&schema, &json!({})).to_string();
        let generated = configure().generate_from_slice("api.json", document.as_bytes());
        generated.expect("code").code
    };
    assert!(of(json!({"type": "object", "properties": properties})).contains("pub field_10000:"));
    assert!(of(json!({"type": "string", "enum": values})).contains("10000 ="));
}

#[test]
fn texts_of_every_kind_stay_text() {
    let texts = [
        "*/ pub fn escaped() {} /*",
        "\"#; pub fn escaped() {}",
        "{{ }} {name} {0}",
        "```\npanic!()",
        "~~~rust\npanic!()\n",
        "a\n\n    panic!()",
        "-      panic!()",
        "1.\t\t\tpanic!()",
        "+\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}panic!()",
        "> ```\n> panic!()",
        "\"] #![allow(x)] #[doc = \"",
        "]\n#[no_mangle]\npub fn escaped() {}",
        "<script>alert(1)</script><!--",
        "![x](https://a.example/x.png) [y](javascript:alert(1))",
        "a\r\nb\rc\u{2028}d\u{202e}e\0f",
    ];
    for text in texts {
        let schema = json!({"type": "object", "title": text, "description": text, "properties": {"a": {"type": "string", "description": text, "pattern": text, "default": text}}});
        let header = json!({"name": "x-a", "in": "header", "description": text, "schema": {"type": "string"}});
        let content = json!({"application/json": {"schema": schema}});
        let operation = json!({
            "operationId": text, "summary": text, "description": text, "parameters": [header],
            "responses": {"200": {"description": text, "content": content}, "404": {"description": text, "content": content}},
        });
        let code = code(&document(&json!({
            "info": {"title": text, "version": text, "description": text}, "paths": {"/a": {"get": operation}},
        })));
        assert!(
            !code.contains("\npub fn escaped") && !code.contains("\n    pub fn escaped"),
            "{code}"
        );
    }
}

#[test]
fn wrong_types_everywhere_are_repaired_or_refused() {
    let whole = answering(
        &json!({"type": "object", "required": ["a"], "properties": {"a": {"oneOf": [{"type": "string", "enum": ["x"]}]}}, "additionalProperties": {"type": "integer", "format": "int64"}}),
        &json!({"B": {"allOf": [{"type": "array", "items": {"type": "number"}}]}}),
    );
    let mut whole = whole;
    whole["servers"] =
        json!([{"url": "https://a.example/{b}", "variables": {"b": {"default": "c"}}}]);
    whole["components"]["securitySchemes"] =
        json!({"k": {"type": "apiKey", "in": "header", "name": "x-api-key"}});
    whole["paths"]["/b/{c}"] = json!({"post": {
        "operationId": "b", "tags": ["t"], "security": [{"k": ["s"]}],
        "parameters": [{"name": "c", "in": "path", "required": true, "style": "simple", "explode": false, "schema": {"type": "string"}}],
        "requestBody": {"required": true, "content": {"application/json": {"schema": reference("B")}}},
        "responses": {"404": {"description": "", "headers": {"x": {"schema": {"type": "string"}}}}},
        "x-amazon-apigateway-integration": {"type": "mock", "responses": {"default": {"statusCode": 200}}},
    }});
    let mut places = Vec::new();
    collect(&whole, String::new(), &mut places);
    assert!(places.len() > 75, "{}", places.len());
    for place in &places {
        for junk in [
            Value::Null,
            json!(true),
            json!(-1.5),
            json!("junk"),
            json!([[7]]),
            json!({"a": 7}),
        ] {
            let mut document = whole.clone();
            *document.pointer_mut(place).expect("collected") = junk;
            property::check(&configure(), "api.json", document.to_string().as_bytes());
        }
    }
}

/// The pointers to all values below this one.
fn collect(value: &Value, at: String, places: &mut Vec<String>) {
    let members: Vec<(String, &Value)> = match value {
        Value::Object(members) => members
            .iter()
            .map(|(key, value)| (key.replace('/', "~1"), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, value)| (index.to_string(), value))
            .collect(),
        _ => Vec::new(),
    };
    for (key, value) in members {
        collect(value, format!("{at}/{key}"), places);
    }
    if !at.is_empty() {
        places.push(at);
    }
}

#[test]
fn no_name_leads_out_of_the_folder() {
    let folder = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("hostile-names");
    let out = folder.join("out");
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&out).expect("a folder");
    let file = folder.join("api.json");
    std::fs::write(
        &file,
        document(&json!({"info": {"title": "../../x", "version": "../y"}})).to_string(),
    )
    .expect("a file");
    for name in ["../x", "..", "", "a/b", "/tmp/x", "a\\b", "a\0b"] {
        let error = configure()
            .out_dir(&out)
            .name(name)
            .compile(&file)
            .expect_err(name);
        assert!(error.to_string().contains("needs a plain name"), "{error}");
    }
    configure().out_dir(&out).compile(&file).expect("code");
    let names = |folder| {
        std::fs::read_dir(folder)
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name())
            .collect::<Vec<_>>()
    };
    assert_eq!(names(&out), ["api.rs"]);
    assert_eq!(names(&folder).len(), 2);
}
