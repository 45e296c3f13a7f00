//! APIs of AWS SAM without a body: their routes are the events of functions.

use gatewright_document::{ApiKind, Location, Method};

use crate::{demands, notes, read, read_api, refusal};

const ROUTES: &str = "
Resources:
  Pets:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        List: { Type: Api, Properties: { Path: /pets, Method: GET } }
        One: { Type: Api, Properties: { Path: '/pets/{petId}', Method: get, RestApiId: !Ref ServerlessRestApi } }
        Any: { Type: Api, Properties: { Path: '/files/{proxy+}', Method: any } }
        Queue: { Type: SQS, Properties: { Queue: !GetAtt Queue.Arn } }
  Run:
    Type: AWS::Serverless::StateMachine
    Properties:
      Events:
        Start: { Type: Api, Properties: { Path: /runs, Method: post } }
";

#[test]
fn events_without_an_api_make_the_implicit_one() {
    let document = read(ROUTES);
    assert_eq!(
        demands(&document),
        [
            "GET /pets: ",
            "GET /pets/{petId}: ",
            "ANY /files/{proxy+}: ",
            "POST /runs: "
        ]
    );
    assert_eq!(document.kind, ApiKind::Rest);
    assert_eq!(document.title, "ServerlessRestApi");
    assert_eq!(document.endpoint, None);
    let one = &document.operations[1];
    assert_eq!(
        one.pointer.to_string(),
        "#/Resources/Pets/Properties/Events/One"
    );
    assert_eq!(one.id, None);
    assert_eq!(
        (one.parameters[0].name.as_str(), one.parameters[0].location),
        ("petId", Location::Path)
    );
    assert!(document.operations[2].parameters[0].greedy);
    assert!(notes(&document).is_empty(), "{:?}", notes(&document));
}

#[test]
fn an_http_api_has_a_default_route() {
    let document = read(
        "
Resources:
  All: { Type: AWS::Serverless::Function, Properties: { Events: { All: { Type: HttpApi } } } }
  Pets:
    Type: AWS::Serverless::Function
    Properties: { Events: { List: { Type: HttpApi, Properties: { Path: /pets, Method: '*any' } }, Get: { Type: HttpApi, Properties: { Path: /pets, Method: Get } } } }
",
    );
    assert_eq!(document.kind, ApiKind::Http);
    let routes: Vec<_> = document
        .operations
        .iter()
        .map(|operation| (operation.method, operation.path.as_str()))
        .collect();
    assert_eq!(routes, [(Method::Any, "/{proxy+}"), (Method::Get, "/pets")]);
}

#[test]
fn implicit_and_declared_apis_of_a_template_are_told_apart() {
    let template = "
Resources:
  Shops: { Type: AWS::Serverless::HttpApi }
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        A: { Type: Api, Properties: { Path: /a, Method: get } }
        B: { Type: HttpApi, Properties: { Path: /b, Method: get } }
        C: { Type: HttpApi, Properties: { Path: /c, Method: get, ApiId: !Ref Shops } }
        D: { Type: HttpApi, Properties: { Path: /d, Method: get, ApiId: elsewhere } }
";
    let message = refusal(template);
    assert!(
        message.contains("3 APIs: `Shops`, `ServerlessRestApi`, `ServerlessHttpApi`;"),
        "{message}"
    );
    for (id, expected) in [
        ("Shops", "GET /c: "),
        ("ServerlessRestApi", "GET /a: "),
        ("ServerlessHttpApi", "GET /b: "),
    ] {
        assert_eq!(demands(&read_api(id, template)), [expected]);
    }
}

#[test]
fn models_and_parameters_of_events_are_those_of_operations() {
    for version in ["", "OpenApiVersion: 3.0.1"] {
        let document = read(&format!(
            "
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      {version}
      Models: {{ Pet: {{ type: object, required: [name], properties: {{ name: {{ type: string }} }} }} }}
  Pets:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Add:
          Type: Api
          Properties:
            RestApiId: !Ref Api
            Path: '/pets/{{id}}'
            Method: put
            RequestModel: {{ Model: Pet, Required: true, ValidateBody: true }}
            RequestParameters:
              - method.request.header.X-Trace
              - method.request.querystring.dry: {{ Required: true, Caching: false }}
"
        ));
        let operation = &document.operations[0];
        let parameters: Vec<_> = operation
            .parameters
            .iter()
            .map(|parameter| {
                (
                    parameter.name.as_str(),
                    parameter.location,
                    parameter.required,
                )
            })
            .collect();
        assert_eq!(
            parameters,
            [
                ("id", Location::Path, true),
                ("X-Trace", Location::Header, false),
                ("dry", Location::Query, true)
            ]
        );
        let body = operation.body.as_ref().unwrap();
        assert!(body.required && body.content.contains_key("application/json"));
        assert!(operation.validation.body && !operation.validation.parameters);
        assert_eq!(
            document.schema_pointer("pet").unwrap().to_string(),
            "#/Resources/Api/Properties/Models/Pet"
        );
    }
}

#[test]
fn events_of_a_described_operation_keep_what_is_described() {
    let document = read(
        "
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      DefinitionBody:
        openapi: 3.0.1
        info: { title: t, version: '1' }
        paths:
          /a:
            get: { operationId: readA, responses: { '200': { description: ok } } }
  Pets:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        A: { Type: HttpApi, Properties: { ApiId: !Ref Api, Path: /a, Method: get } }
        B: { Type: HttpApi, Properties: { ApiId: !Ref Api, Path: /b, Method: post } }
",
    );
    assert_eq!(document.operations.len(), 2);
    assert_eq!(document.operations[0].id.as_deref(), Some("readA"));
    assert!(document.operations[0].integration.is_some());
    assert_eq!(
        document.operations[1].pointer.to_string(),
        "#/Resources/Pets/Properties/Events/B"
    );
}

#[test]
fn events_of_a_rest_api_with_a_body_are_no_routes_unless_they_are_merged() {
    for (merge, count) in [("false", 1), ("true", 2)] {
        let document = read(&format!(
            "
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      MergeDefinitions: {merge}
      DefinitionBody: {{ openapi: 3.0.1, info: {{ title: t, version: '1' }}, paths: {{ /a: {{ get: {{ responses: {{}} }} }} }} }}
  Pets:
    Type: AWS::Serverless::Function
    Properties: {{ Events: {{ B: {{ Type: Api, Properties: {{ RestApiId: !Ref Api, Path: /b, Method: get }} }} }} }}
"
        ));
        assert_eq!(document.operations.len(), count);
    }
}

#[test]
fn functions_with_a_condition_are_there_unless_it_is_known_not_to_hold() {
    let template = "
Parameters: { Stage: { Type: String, Default: dev }, Open: { Type: String } }
Conditions:
  IsDev: !Equals [!Ref Stage, dev]
  IsProd: !Not [Condition: IsDev]
  IsOpen: !Equals [!Ref Open, x]
Resources:
  A: { Type: AWS::Serverless::Function, Condition: IsDev, Properties: { Events: { E: { Type: Api, Properties: { Path: /a, Method: get } } } } }
  B: { Type: AWS::Serverless::Function, Condition: IsProd, Properties: { Events: { E: { Type: Api, Properties: { Path: /b, Method: get } } } } }
  C: { Type: AWS::Serverless::Function, Condition: IsOpen, Properties: { Events: { E: { Type: Api, Properties: { Path: /c, Method: get } } } } }
";
    let document = read(template);
    assert_eq!(demands(&document), ["GET /a: ", "GET /c: "]);
    let notes = notes(&document);
    assert!(
        notes[0].starts_with("#/Resources/B/Properties/Events/E: ")
            && notes[0].contains("`IsProd`"),
        "{notes:?}"
    );
    assert!(notes[1].contains("`IsOpen`"), "{notes:?}");
}

#[test]
fn what_is_no_route_is_left_out_and_said() {
    let document = read(
        "
Resources:
  A:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Whole: { Type: Api, Properties: { Path: /a, Method: get } }
        Twice: { Type: Api, Properties: { Path: /a, Method: GET } }
        NoMethod: { Type: Api, Properties: { Path: /b } }
",
    );
    assert_eq!(demands(&document), ["GET /a: "]);
    let places: Vec<_> = document
        .repairs
        .iter()
        .filter(|repair| repair.leaves_out_operations)
        .map(|repair| repair.pointer.to_string())
        .collect();
    let at = "#/Resources/A/Properties/Events";
    assert_eq!(places, [format!("{at}/Twice"), format!("{at}/NoMethod")]);
}

#[test]
fn preflights_and_cors_are_those_of_the_api() {
    let document = read(
        "
Globals: { Api: { Cors: { AllowOrigin: \"'https://app.example'\", AllowHeaders: \"'x-a'\" } } }
Resources:
  A: { Type: AWS::Serverless::Function, Properties: { Events: { E: { Type: Api, Properties: { Path: /a, Method: get } } } } }
",
    );
    assert_eq!(demands(&document), ["GET /a: ", "OPTIONS /a: "]);
    assert_eq!(
        document.operations[1].pointer.to_string(),
        "#/Globals/Api/Cors"
    );
    let document = read(
        "
Resources:
  Api: { Type: AWS::Serverless::HttpApi, Properties: { CorsConfiguration: { AllowOrigins: ['https://app.example'], AllowCredentials: true } } }
",
    );
    let cors = document.cors.unwrap();
    assert_eq!(cors.allow_origins, ["https://app.example"]);
    assert!(cors.allow_credentials);
    assert_eq!(
        cors.pointer.to_string(),
        "#/Resources/Api/Properties/CorsConfiguration"
    );
}
