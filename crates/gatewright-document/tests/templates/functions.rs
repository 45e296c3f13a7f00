//! Functions of `CloudFormation`, in templates and in documents without one.

use gatewright_document::{Document, Repair};
use serde_json::{Value, json};

use crate::{notes, read};

/// A template with this title of its API, and more sections.
fn title(title: &Value, sections: &Value) -> String {
    let body = json!({"openapi": "3.0.1", "info": {"title": title, "version": "1"}, "paths": {}});
    let mut template = json!({"Resources": {"Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Body": body}}}});
    let more = sections.as_object().expect("an object").clone();
    template.as_object_mut().expect("an object").extend(more);
    read(&template.to_string()).title
}

fn sections() -> Value {
    json!({
        "Parameters": {
            "Stage": {"Type": "String", "Default": "dev"},
            "Port": {"Type": "Number", "Default": 8443},
            "Hosts": {"Type": "CommaDelimitedList", "Default": "a, b,c"},
            "Open": {"Type": "String"},
            "Secret": {"Type": "String", "Default": "hunter2", "NoEcho": true},
            "SecretText": {"Type": "String", "Default": "hunter2", "NoEcho": "true"},
            "Shown": {"Type": "String", "Default": "shown", "NoEcho": false},
            "Stored": {"Type": "AWS::SSM::Parameter::Value<String>", "Default": "/the/name"},
        },
        "Mappings": {"Names": {"dev": {"Title": "development", "List": ["x", "y"]}}},
        "Conditions": {"IsDev": {"Fn::Equals": [{"Ref": "Stage"}, "dev"]}},
    })
}

#[test]
fn a_text_is_filled_in_as_far_as_the_template_knows() {
    for (function, expected) in [
        (json!({"Ref": "Stage"}), "dev"),
        (json!({"Ref": "Shown"}), "shown"),
        (json!({"Ref": "Open"}), "${Open}"),
        (json!({"Ref": "Pool"}), "${Pool}"),
        (json!({"Ref": "AWS::StackName"}), "${AWS::StackName}"),
        (json!({"Ref": "Stored"}), "${Stored}"),
        (json!({"Fn::GetAtt": ["Pool", "Arn"]}), "${Pool.Arn}"),
        (json!({"Fn::GetAtt": "Pool.Arn"}), "${Pool.Arn}"),
        (
            json!({"Fn::Sub": "${Stage}-${Open}-${Pool.Arn}-${!Kept}"}),
            "dev-${Open}-${Pool.Arn}-${Kept}",
        ),
        (
            json!({"Fn::Sub": ["${Stage}/${A}/${B}", {"A": {"Ref": "Port"}, "B": {"Ref": "Open"}}]}),
            "dev/8443/${Open}",
        ),
        (
            json!({"Fn::Sub": "${ Stage } ${unclosed"}),
            "dev ${unclosed",
        ),
        (
            json!({"Fn::Join": ["-", ["a", {"Ref": "Stage"}, {"Ref": "Pool"}]]}),
            "a-dev-${Pool}",
        ),
        (json!({"Fn::Join": ["", {"Ref": "Hosts"}]}), "abc"),
        (json!({"Fn::Select": [1, {"Ref": "Hosts"}]}), "b"),
        (
            json!({"Fn::Select": ["0", {"Fn::Split": [".", "a.b"]}]}),
            "a",
        ),
        (
            json!({"Fn::Select": [1, {"Fn::FindInMap": ["Names", "dev", "List"]}]}),
            "y",
        ),
        (
            json!({"Fn::FindInMap": ["Names", {"Ref": "Stage"}, "Title"]}),
            "development",
        ),
        (json!({"Fn::ImportValue": "shared-name"}), "${shared-name}"),
        (
            json!({"Fn::If": ["IsDev", {"Fn::Sub": "in ${Stage}"}, "elsewhere"]}),
            "in dev",
        ),
        (
            json!({"Fn::Join": ["", ["is ", {"Fn::If": ["IsDev", "dev", "prod"]}]]}),
            "is dev",
        ),
    ] {
        assert_eq!(title(&function, &sections()), expected, "{function}");
    }
}

#[test]
fn the_short_forms_of_yaml_are_the_long_ones() {
    let template = "
Parameters: { Stage: { Type: String, Default: dev } }
Mappings: { Names: { dev: { Title: development } } }
Resources:
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body:
        openapi: 3.0.1
        info:
          title: !Join [' ', [!Ref Stage, !GetAtt Pool.Arn, !FindInMap [Names, !Ref Stage, Title], !Select [0, [a, b]]]]
          description: !Sub
            - '${Stage} ${Own}'
            - { Own: !ImportValue shared }
          version: !Sub '1'
        paths: {}
";
    let document = read(template);
    assert_eq!(document.title, "dev ${Pool.Arn} development a");
    assert_eq!(document.description.as_deref(), Some("dev ${shared}"));
}

#[test]
fn what_a_parameter_hides_is_nowhere() {
    for name in ["Secret", "SecretText"] {
        for function in [
            json!({"Ref": name}),
            json!({"Fn::Sub": format!("${{{name}}}")}),
            json!({"Fn::Join": ["", [{"Ref": name}]]}),
        ] {
            assert_eq!(title(&function, &sections()), format!("${{{name}}}"));
        }
    }
    let path = json!({"get": {"responses": {}, "summary": {"Ref": "Secret"}}});
    let document = with_path(
        &json!({"Fn::If": ["IsSecret", path, path]}),
        &json!({
            "Parameters": sections()["Parameters"],
            "Conditions": {"IsSecret": {"Fn::Equals": [{"Ref": "Secret"}, "hunter2"]}},
        }),
    );
    assert!(!format!("{document:?}").contains("hunter2"));
}

/// What is read of a template with this path.
fn with_path(item: &Value, sections: &Value) -> Document {
    let body =
        json!({"openapi": "3.0.1", "info": {"title": "t", "version": "1"}, "paths": {"/a": item}});
    let mut template = json!({"Resources": {"Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Body": body}}}});
    let more = sections.as_object().expect("an object").clone();
    template.as_object_mut().expect("an object").extend(more);
    read(&template.to_string())
}

/// Which branch of a path is read under a condition: its summaries, or none.
fn branch(condition: &Value) -> Vec<String> {
    let branch = |summary: &str| json!({"get": {"responses": {}, "summary": summary}});
    let item = json!({"Fn::If": ["Asked", branch("yes"), branch("no")]});
    let document = with_path(
        &item,
        &json!({
            "Parameters": sections()["Parameters"],
            "Conditions": {
                "IsDev": {"Fn::Equals": [{"Ref": "Stage"}, "dev"]},
                "IsOpen": {"Fn::Equals": [{"Ref": "Open"}, "x"]},
                "Circle": {"Condition": "Circle"},
                "Asked": condition,
            },
        }),
    );
    let operations = document.operations.iter();
    operations
        .filter_map(|operation| operation.summary.clone())
        .collect()
}

#[test]
fn conditions_follow_the_defaults_of_the_parameters() {
    let (dev, open) = (
        json!({"Condition": "IsDev"}),
        json!({"Condition": "IsOpen"}),
    );
    for (condition, expected) in [
        (dev.clone(), "yes"),
        (json!({"Fn::Not": [dev]}), "no"),
        (json!({"Fn::And": [dev, {"Fn::Equals": ["a", "b"]}]}), "no"),
        (
            json!({"Fn::Or": [{"Fn::Equals": [1, 2]}, {"Fn::Equals": [1, "1"]}]}),
            "yes",
        ),
        // One that is known decides, whatever the other is.
        (json!({"Fn::And": [open, {"Fn::Not": [dev]}]}), "no"),
        (json!({"Fn::Or": [open, {"Fn::Not": [dev]}]}), "yes"),
        (open.clone(), "yes"),
        (json!({"Condition": "Circle"}), "yes"),
        (json!({"Condition": "Missing"}), "yes"),
        (json!(5), "yes"),
    ] {
        assert_eq!(branch(&condition), [expected], "{condition}");
    }
}

#[test]
fn a_path_of_an_unknown_condition_is_read_with_a_note_that_names_it() {
    let path = json!({"get": {"responses": {}}});
    let nothing = json!({"Ref": "AWS::NoValue"});
    for (item, place) in [
        (json!({"Fn::If": ["HasPets", path, nothing]}), "1"),
        (json!({"Fn::If": ["HasPets", nothing, path]}), "2"),
    ] {
        for sections in [
            json!({}),
            json!({"Conditions": {"HasPets": {"Fn::Equals": [{"Ref": "Open"}, "x"]}}}),
        ] {
            let document = with_path(&item, &sections);
            let at = "#/Resources/Api/Properties/Body/paths/~1a";
            assert_eq!(
                document.operations[0].pointer.to_string(),
                format!("{at}/Fn::If/{place}/get")
            );
            let notes = notes(&document);
            assert!(
                notes[0].starts_with(&format!(
                    "{at}: depends on the condition `HasPets` of CloudFormation"
                )),
                "{notes:?}"
            );
        }
    }
}

#[test]
fn a_path_that_is_not_there_by_default_is_left_out_and_said() {
    let item = json!({"Fn::If": ["Never", {"get": {"responses": {}}}, {"Ref": "AWS::NoValue"}]});
    let never = json!({"Conditions": {"Never": {"Fn::Equals": ["a", "b"]}}});
    let document = with_path(&item, &never);
    assert!(document.operations.is_empty());
    let is_said =
        |repair: &Repair| repair.leaves_out_operations && repair.message.contains("`Never`");
    assert!(
        document.repairs.iter().any(is_said),
        "{:?}",
        document.repairs
    );
}

#[test]
fn no_value_removes_members_and_items_and_places_stay_right() {
    let nothing = json!({"Ref": "AWS::NoValue"});
    let parameter = |name: &str| json!({"name": name, "in": "query", "schema": {"type": "string"}});
    let item = json!({"get": {
        "summary": nothing, "responses": {},
        "parameters": [nothing, parameter("a"), {"Fn::If": ["Never", parameter("b"), nothing]}, parameter("c")],
    }});
    let never = json!({"Conditions": {"Never": {"Fn::Equals": ["a", "b"]}}});
    let document = with_path(&item, &never);
    let operation = &document.operations[0];
    assert_eq!(operation.summary, None);
    let parameters = operation.parameters.iter();
    let parameters: Vec<_> = parameters
        .map(|parameter| (parameter.name.as_str(), parameter.pointer.to_string()))
        .collect();
    let at = "#/Resources/Api/Properties/Body/paths/~1a/get/parameters";
    assert_eq!(
        parameters,
        [("a", format!("{at}/1")), ("c", format!("{at}/3"))]
    );
}

#[test]
fn no_authorization_is_taken_by_chance() {
    let nothing = json!({"Ref": "AWS::NoValue"});
    let with = |security: &Value| {
        let body = json!({
            "openapi": "3.0.1", "info": {"title": "t", "version": "1"},
            "paths": {"/a": {"get": {"responses": {}, "security": security}}},
            "components": {"securitySchemes": {"api_key": {"type": "apiKey", "name": "x-api-key", "in": "header"}}},
        });
        let template = json!({"Resources": {"Api": {"Type": "AWS::ApiGateway::RestApi", "Properties": {"Body": body}}}});
        Document::from_slice("t.json", template.to_string().as_bytes())
    };
    let key = json!([{"api_key": []}]);
    for demanded in [
        json!({"Fn::If": ["Open", nothing, key]}),
        json!([{"Fn::If": ["Open", nothing, key[0]]}]),
    ] {
        assert_eq!(
            with(&demanded).unwrap().operations[0].security.all_of.len(),
            1
        );
    }
    for unknown in [
        json!({"Fn::If": ["Open", [], key]}),
        json!({"Fn::If": ["Open", [], nothing]}),
        json!({"Ref": "Security"}),
    ] {
        let error = with(&unknown).unwrap_err().to_string();
        assert!(
            error.contains("/security: is a function of CloudFormation"),
            "{error}"
        );
    }
}

#[test]
fn a_document_without_its_template_takes_the_branch_that_is_there() {
    let path = json!({"get": {"responses": {}, "description": {"Fn::Sub": "of ${Stage}"}}});
    let document = json!({
        "openapi": "3.0.1", "info": {"title": {"Ref": "AWS::StackName"}, "version": "1"},
        "paths": {"/a": {"Fn::If": ["HasPets", path, {"Ref": "AWS::NoValue"}]}},
        "components": {"schemas": {"A": {"type": "object", "example": {"Ref": "kept"}}}},
    });
    let document = read(&document.to_string());
    assert_eq!(
        document.operations[0].pointer.to_string(),
        "#/paths/~1a/Fn::If/1/get"
    );
    assert_eq!(
        document.operations[0].description.as_deref(),
        Some("of ${Stage}")
    );
    assert_eq!(document.title, "${AWS::StackName}");
    let example = format!("{:?}", document.schemas["A"]);
    assert!(
        example.contains("Ref") && example.contains("kept"),
        "{example}"
    );
}
