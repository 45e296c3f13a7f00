//! What `Auth` of APIs and events of AWS SAM makes operations demand.

use gatewright_document::{Authorizer, Kind, Place};

use crate::{demands, notes, read, read_api};

/// A template of a REST API whose `Auth` is this, with operations of each kind.
fn rest(auth: &str) -> String {
    format!(
        "
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Cors: \"'*'\"
      Auth: {auth}
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Plain: {{ Type: Api, Properties: {{ RestApiId: !Ref Api, Path: /plain, Method: get }} }}
        None: {{ Type: Api, Properties: {{ RestApiId: !Ref Api, Path: /none, Method: get, Auth: {{ Authorizer: NONE }} }} }}
        Iam: {{ Type: Api, Properties: {{ RestApiId: !Ref Api, Path: /iam, Method: get, Auth: {{ Authorizer: AWS_IAM }} }} }}
        Keyed: {{ Type: Api, Properties: {{ RestApiId: !Ref Api, Path: /keyed, Method: get, Auth: {{ ApiKeyRequired: true }} }} }}
        Keyless: {{ Type: Api, Properties: {{ RestApiId: !Ref Api, Path: /keyless, Method: get, Auth: {{ ApiKeyRequired: false }} }} }}
        Other: {{ Type: Api, Properties: {{ RestApiId: !Ref Api, Path: /other, Method: get, Auth: {{ Authorizer: Tickets, AuthorizationScopes: [enter] }} }} }}
"
    )
}

const AUTHORIZERS: &str = "Authorizers: { Pool: { UserPoolArn: !GetAtt Users.Arn, AuthorizationScopes: [read] }, Tickets: { FunctionArn: !GetAtt F.Arn, Identity: { Header: X-Ticket } } }";

fn without_preflights(of: &str) -> Vec<String> {
    let mut demands = demands(&read(of));
    demands.retain(|line| !line.starts_with("OPTIONS"));
    demands
}

fn preflights(of: &str) -> Vec<String> {
    let mut demands = demands(&read(of));
    demands.retain(|line| line.starts_with("OPTIONS /plain"));
    demands
}

#[test]
fn the_default_authorizer_counts_where_an_event_names_none() {
    let template = rest(&format!("{{ DefaultAuthorizer: Pool, {AUTHORIZERS} }}"));
    assert_eq!(
        without_preflights(&template),
        [
            "GET /plain: Pool[read]",
            "GET /none: ",
            "GET /iam: iam",
            "GET /keyed: key+Pool[read]",
            "GET /keyless: Pool[read]",
            "GET /other: Tickets[enter]"
        ]
    );
    assert_eq!(preflights(&template), ["OPTIONS /plain: Pool[read]"]);
    let without = rest(&format!(
        "{{ DefaultAuthorizer: Pool, AddDefaultAuthorizerToCorsPreflight: false, {AUTHORIZERS} }}"
    ));
    assert_eq!(preflights(&without), ["OPTIONS /plain: "]);
}

#[test]
fn a_signature_may_be_the_default() {
    let template = rest(&format!("{{ DefaultAuthorizer: AWS_IAM, {AUTHORIZERS} }}"));
    assert_eq!(
        without_preflights(&template)[..3],
        ["GET /plain: iam", "GET /none: ", "GET /iam: iam"]
    );
}

#[test]
fn an_api_key_is_demanded_beside_the_authorizer() {
    let template = rest(&format!(
        "{{ ApiKeyRequired: true, DefaultAuthorizer: Pool, AddApiKeyRequiredToCorsPreflight: false, {AUTHORIZERS} }}"
    ));
    assert_eq!(
        without_preflights(&template),
        [
            "GET /plain: Pool[read]+key",
            "GET /none: key",
            "GET /iam: iam+key",
            "GET /keyed: key+Pool[read]",
            "GET /keyless: Pool[read]",
            "GET /other: Tickets[enter]+key"
        ]
    );
    assert_eq!(preflights(&template), ["OPTIONS /plain: Pool[read]"]);
}

#[test]
fn authorizers_read_where_they_say() {
    let template = rest(
        "{ DefaultAuthorizer: Both, Authorizers: { Both: { FunctionPayloadType: REQUEST, FunctionArn: x, Identity: { Headers: [X-A], QueryStrings: [b], Context: [identity.sourceIp] } }, Tickets: { FunctionArn: y, Identity: { Header: X-Ticket } } } }",
    );
    let document = read(&template);
    let kind = |index: usize| document.operations[index].security.all_of[0].kind.clone();
    let header = |name: &str| Place::Header(name.to_owned());
    assert_eq!(
        kind(0).places(),
        [header("X-A"), Place::Query("b".to_owned())]
    );
    let tickets = document.security_schemes["Tickets"].clone();
    assert_eq!(
        tickets,
        Some(Kind::Token {
            places: vec![header("X-Ticket")],
            authorizer: Authorizer::Lambda
        })
    );
}

#[test]
fn demands_name_their_places_in_the_template() {
    let document = read(&rest(&format!(
        "{{ ApiKeyRequired: true, DefaultAuthorizer: Pool, {AUTHORIZERS} }}"
    )));
    let place = |path: &str, index: usize| {
        let mut operations = document.operations.iter();
        let operation = operations.find(|operation| operation.path == path).unwrap();
        operation.security.all_of[index].pointer.to_string()
    };
    let auth = "#/Resources/Api/Properties/Auth";
    assert_eq!(place("/plain", 0), format!("{auth}/DefaultAuthorizer"));
    assert_eq!(place("/plain", 1), format!("{auth}/ApiKeyRequired"));
    let event = "#/Resources/Function/Properties/Events/Other/Properties/Auth/Authorizer";
    assert_eq!(place("/other", 0), event);
    assert!(notes(&document).is_empty(), "{:?}", notes(&document));
}

#[test]
fn globals_count_for_apis_that_say_nothing_else() {
    let template = "
Globals:
  Api:
    Auth: { DefaultAuthorizer: Pool, Authorizers: { Pool: { UserPoolArn: x }, Other: { UserPoolArn: y } } }
Resources:
  One: { Type: AWS::Serverless::Api, Properties: { StageName: a, Auth: { DefaultAuthorizer: Other } } }
  Two: { Type: AWS::Serverless::Api, IgnoreGlobals: '*', Properties: { StageName: a } }
  Three: { Type: AWS::Serverless::Api, Properties: { StageName: a } }
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        A: { Type: Api, Properties: { RestApiId: !Ref One, Path: /a, Method: get } }
        B: { Type: Api, Properties: { RestApiId: !Ref Two, Path: /b, Method: get } }
        C: { Type: Api, Properties: { RestApiId: !Ref Three, Path: /c, Method: get } }
";
    for (id, expected) in [
        ("One", "GET /a: Other"),
        ("Two", "GET /b: "),
        ("Three", "GET /c: Pool"),
    ] {
        assert_eq!(demands(&read_api(id, template)), [expected]);
    }
    let three = read_api("Three", template);
    assert_eq!(
        three.operations[0].security.all_of[0].pointer.to_string(),
        "#/Globals/Api/Auth/DefaultAuthorizer"
    );
}

#[test]
fn a_body_gets_what_its_operations_do_not_say() {
    let template = "
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      Auth: { DefaultAuthorizer: Pool, Authorizers: { Pool: { UserPoolArn: x }, Other: { UserPoolArn: y } } }
      DefinitionBody:
        swagger: '2.0'
        info: { title: t, version: '1' }
        paths:
          /plain: { get: { x-amazon-apigateway-integration: { type: mock }, responses: {} } }
          /own: { get: { x-amazon-apigateway-integration: { type: mock }, security: [{ Other: [] }], responses: {} } }
          /none: { get: { x-amazon-apigateway-integration: { type: mock }, security: [{ NONE: [] }], responses: {} } }
          /bare: { get: { responses: {} } }
          /said: { get: { x-amazon-apigateway-integration: { type: mock }, responses: {} } }
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Said: { Type: Api, Properties: { RestApiId: !Ref Api, Path: /said, Method: get, Auth: { Authorizer: Other, OverrideApiAuth: true } } }
";
    assert_eq!(
        demands(&read(template)),
        [
            "GET /plain: Pool",
            "GET /own: Other",
            "GET /none: ",
            "GET /bare: ",
            "GET /said: Other"
        ]
    );
}

#[test]
fn an_http_api_has_jwts_functions_and_signatures() {
    let template = "
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      Auth:
        DefaultAuthorizer: Jwt
        EnableIamAuthorizer: true
        Authorizers:
          Jwt: { IdentitySource: $request.header.Authorization, AuthorizationScopes: [read], JwtConfiguration: { Issuer: 'https://issuer.example', Audience: [pets] } }
          Gate: { FunctionArn: x, AuthorizerPayloadFormatVersion: 2.0, Identity: { Headers: [X-Gate] } }
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        Plain: { Type: HttpApi, Properties: { ApiId: !Ref Api, Path: /plain, Method: get } }
        Preflight: { Type: HttpApi, Properties: { ApiId: !Ref Api, Path: /plain, Method: options } }
        None: { Type: HttpApi, Properties: { ApiId: !Ref Api, Path: /none, Method: get, Auth: { Authorizer: NONE } } }
        Iam: { Type: HttpApi, Properties: { ApiId: !Ref Api, Path: /iam, Method: get, Auth: { Authorizer: AWS_IAM } } }
        Gate: { Type: HttpApi, Properties: { ApiId: !Ref Api, Path: /gate, Method: get, Auth: { Authorizer: Gate } } }
        Scoped: { Type: HttpApi, Properties: { ApiId: !Ref Api, Path: /scoped, Method: get, Auth: { AuthorizationScopes: [write] } } }
";
    let document = read(template);
    assert_eq!(
        demands(&document),
        [
            "GET /plain: Jwt[read]",
            "OPTIONS /plain: ",
            "GET /none: ",
            "GET /iam: iam",
            "GET /gate: Gate",
            "GET /scoped: Jwt[write]"
        ]
    );
    let Kind::Token {
        authorizer: Authorizer::Jwt(rules),
        ..
    } = &document.operations[0].security.all_of[0].kind
    else {
        panic!("a JWT");
    };
    assert_eq!(
        rules.issuers[0].issuer.as_deref(),
        Some("https://issuer.example")
    );
    let gate = document.security_schemes["Gate"].as_ref().unwrap();
    assert_eq!(gate.places(), [Place::Header("X-Gate".to_owned())]);
}

#[test]
fn an_authorizer_that_nobody_declares_is_no_open_operation() {
    let template = "
Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Events:
        A: { Type: Api, Properties: { Path: /a, Method: get, Auth: { Authorizer: Missing } } }
";
    let message = crate::refusal(template);
    assert!(
        message
            .contains("Events/A/Properties/Auth/Authorizer: names the security scheme `Missing`"),
        "{message}"
    );
}
