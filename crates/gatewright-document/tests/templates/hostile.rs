//! No template makes the reader panic, run for long or take much memory.

use std::fmt::Write as _;

use gatewright_document::{Document, ReadOptions, template_apis};
use serde_json::{Value, json};

fn read(template: &str) -> Result<Document, String> {
    let document = Document::from_slice("t.yaml", template.as_bytes());
    document.map_err(|error| error.to_string())
}

fn with_body(body: &Value, sections: &Value) -> String {
    let mut template = json!({"Resources": {"Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Body": body}}}});
    let more = sections.as_object().expect("an object").clone();
    template.as_object_mut().expect("an object").extend(more);
    template.to_string()
}

fn body(title: &Value) -> Value {
    json!({"openapi": "3.0.1", "info": {"title": title, "version": "1"}, "paths": {}})
}

#[test]
fn texts_that_repeat_texts_are_refused() {
    let long = "x".repeat(1 << 20);
    let sections = json!({"Parameters": {"P": {"Type": "String", "Default": long}}});
    let once = json!({"Fn::Sub": "${P}".repeat(100)});
    let error = read(&with_body(&body(&once), &sections)).unwrap_err();
    assert!(
        error.contains("repeat more text than any API has"),
        "{error}"
    );
    let mut nested = json!("ab");
    for _ in 0..40 {
        nested = json!({"Fn::Sub": ["${A}${A}", {"A": nested}]});
    }
    assert!(read(&with_body(&body(&nested), &json!({}))).is_err());
}

#[test]
fn conditions_may_lead_in_circles_and_far() {
    let mut conditions = json!({
        "A": {"Condition": "B"}, "B": {"Fn::Not": [{"Condition": "A"}]}, "Z": {"Fn::Equals": ["a", "a"]},
    });
    for number in 0..10_000 {
        let next = format!("C{}", number + 1);
        conditions[format!("C{number}")] =
            json!({"Fn::Equals": [{"Fn::If": [next, "a", "b"]}, "a"]});
    }
    for name in ["A", "C0", "C9999"] {
        let title = json!({"Fn::If": [name, "yes", "no"]});
        let template = with_body(&body(&title), &json!({"Conditions": conditions}));
        assert_eq!(read(&template).unwrap().title, "yes");
    }
}

#[test]
fn many_functions_and_events_are_read_in_one_pass() {
    let mut paths = json!({});
    for number in 0..20_000 {
        let item =
            json!({"get": {"responses": {}, "tags": [{"Ref": "AWS::NoValue"}, {"Ref": "Tag"}]}});
        paths[format!("/{number}")] = json!({"Fn::If": ["Unknown", item, {"Ref": "AWS::NoValue"}]});
    }
    let mut document = body(&json!("t"));
    document["paths"] = paths;
    let read_document = read(&with_body(&document, &json!({}))).unwrap();
    assert_eq!(read_document.operations.len(), 20_000);

    let mut template =
        "Resources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Events:\n"
            .to_owned();
    for number in 0..20_000 {
        let _ = writeln!(
            template,
            "        E{number}: {{ Type: Api, Properties: {{ Path: /a{}, Method: m{number} }} }}",
            number % 3
        );
    }
    assert!(read(&template).unwrap().operations.is_empty());
}

#[test]
fn scopes_are_not_copied_without_bound() {
    let scopes: Vec<_> = (0..2_000).map(|number| number.to_string()).collect();
    let events: serde_json::Map<_, _> = (0..2_000)
        .map(|number| {
            let event = json!({"Type": "Api", "Properties": {"RestApiId": {"Ref": "Api"}, "Path": format!("/{number}"), "Method": "get"}});
            (format!("E{number}"), event)
        })
        .collect();
    let template = json!({"Resources": {
        "Api": {"Type": "AWS::Serverless::Api", "Properties": {"Auth": {
            "DefaultAuthorizer": "Pool", "Authorizers": {"Pool": {"UserPoolArn": "x", "AuthorizationScopes": scopes}},
        }}},
        "F": {"Type": "AWS::Serverless::Function", "Properties": {"Events": events}},
    }});
    let error = read(&template.to_string()).unwrap_err();
    assert!(error.contains("is one scope too many"), "{error}");
}

#[test]
fn tags_nest_no_deeper_than_the_collections_that_they_stand_for() {
    for (open, close) in [("!If [", "]"), ("!Sub [", "]"), ("[!Ref x, ", "]")] {
        for depth in [40, 63, 64, 126, 127, 200] {
            let text = format!("a: {}x{}", open.repeat(depth), close.repeat(depth));
            let _ = read(&text);
        }
    }
    let error = read(&format!("a: {}x{}", "!If [".repeat(100), "]".repeat(100))).unwrap_err();
    assert!(error.contains("nested more than 127 levels"), "{error}");
}

/// A random generator of numbers that is always the same (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((value ^ (value >> 31)) % end as u64) as usize
    }

    fn pick<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

const KEYS: [&str; 46] = [
    "Type",
    "Properties",
    "Events",
    "Auth",
    "Authorizers",
    "DefaultAuthorizer",
    "Authorizer",
    "ApiKeyRequired",
    "Path",
    "Method",
    "RestApiId",
    "ApiId",
    "DefinitionBody",
    "Body",
    "Globals",
    "Api",
    "HttpApi",
    "Resources",
    "Conditions",
    "Parameters",
    "Default",
    "Ref",
    "Fn::If",
    "Fn::Sub",
    "Fn::Join",
    "Fn::Select",
    "Fn::FindInMap",
    "Fn::GetAtt",
    "Fn::Equals",
    "Fn::Transform",
    "openapi",
    "paths",
    "/a",
    "get",
    "security",
    "responses",
    "components",
    "securitySchemes",
    "Cors",
    "CorsConfiguration",
    "Models",
    "RequestModel",
    "RequestParameters",
    "Condition",
    "Mappings",
    "info",
];

const TEXTS: [&str; 18] = [
    "AWS::Serverless::Api",
    "AWS::Serverless::HttpApi",
    "AWS::ApiGateway::RestApi",
    "AWS::Serverless::Function",
    "Api",
    "HttpApi",
    "/a",
    "/{b}",
    "get",
    "any",
    "AWS::NoValue",
    "C",
    "P",
    "3.0.1",
    "${P}-${Q.R}",
    "NONE",
    "AWS_IAM",
    "method.request.header.X",
];

fn value(random: &mut Random, depth: usize) -> Value {
    match random.below(if depth == 0 { 3 } else { 8 }) {
        0 => json!(random.below(3)),
        1 => json!(random.below(2) == 1),
        2 => json!(random.pick(&TEXTS)),
        3 | 4 => {
            let count = random.below(4);
            Value::Array((0..count).map(|_| value(random, depth - 1)).collect())
        }
        _ => {
            let count = random.below(5);
            let members =
                (0..count).map(|_| (random.pick(&KEYS).to_owned(), value(random, depth - 1)));
            Value::Object(members.collect())
        }
    }
}

/// A template with APIs and events, some of whose parts are anything.
fn template(random: &mut Random) -> Value {
    let mut part = |usual: Value| match random.below(3) {
        0 => value(random, 5),
        _ => usual,
    };
    let event = json!({"Type": "Api", "Properties": {"RestApiId": {"Ref": "Api"}, "Path": "/a", "Method": "get", "Auth": part(json!({}))}});
    let document = json!({"openapi": "3.0.1", "info": {"title": part(json!("t")), "version": "1"}, "paths": {"/a": part(json!({"get": {"responses": {}}}))}, "components": part(json!({}))});
    let mut resources = json!({
        "Api": {"Type": "AWS::Serverless::Api", "Properties": {"Auth": part(json!({})), "Cors": part(json!("'*'")), "Models": part(json!({}))}},
        "Body": {"Type": "AWS::ApiGatewayV2::Api", "Properties": {"Body": part(document.clone())}},
        "Both": {"Type": "AWS::Serverless::HttpApi", "Properties": {"DefinitionBody": part(document), "Auth": part(json!({}))}},
        "F": {"Type": "AWS::Serverless::Function", "Properties": {"Events": {"A": part(event), "B": part(json!({"Type": "HttpApi"}))}}},
    });
    resources["G"] = part(json!({}));
    json!({
        "Resources": resources, "Globals": part(json!({})), "Parameters": part(json!({"P": {"Default": "p"}})),
        "Conditions": part(json!({"C": {"Fn::Equals": ["a", "b"]}})), "Mappings": part(json!({})),
    })
}

#[test]
fn random_templates_never_panic() {
    let seed = std::env::var("GATEWRIGHT_SEED")
        .ok()
        .and_then(|seed| seed.parse().ok());
    let seed = seed.unwrap_or(20_261_201);
    println!("GATEWRIGHT_SEED={seed}");
    let mut random = Random(seed);
    let mut read_ones = 0;
    for _ in 0..1_500 {
        let text = template(&mut random).to_string();
        let apis = template_apis("t.json", text.as_bytes()).unwrap();
        for id in apis {
            let document = ReadOptions::new()
                .resource(id)
                .read("t.json", text.as_bytes());
            read_ones +=
                usize::from(document.is_ok_and(|document| !document.operations.is_empty()));
        }
    }
    assert!(read_ones > 100, "{read_ones}");
}
