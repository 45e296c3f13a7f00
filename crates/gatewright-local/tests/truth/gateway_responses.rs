//! What the document says of refusals: "Gateway responses in API Gateway" in the developer guide.

use gatewright_local::{Gateway, GatewayError};
use serde_json::{Value, json};

use crate::{NO_ROUTE, check, documents, row};

const SOURCE: &str = "DG api-gateway-gatewayResponse-definition";

fn gateway(responses: &Value) -> Gateway {
    let gateway = documents::rest_with(responses).api_key("right");
    gateway
        .fail("GET /existing", GatewayError::IntegrationTimeout)
        .build()
        .unwrap()
}

#[test]
fn a_type_has_its_own_status_headers_and_body() {
    let template = r#"{"message": $context.error.messageString, "type": "$context.error.responseType", "stage": "${context.stage}", "id": "$context.requestId.", "price": "$5 $nothing $context.unknown|$context.error.validationErrorString|", "at": "$context.requestTime"}"#;
    let gateway = gateway(&json!({"MISSING_AUTHENTICATION_TOKEN": {
        "statusCode": 404,
        "responseParameters": {
            "gatewayresponse.header.Access-Control-Allow-Origin": "'*'",
            "gatewayresponse.header.x-trace": "method.request.header.x-trace",
            "gatewayresponse.header.x-limit": "method.request.querystring.limit",
            "gatewayresponse.header.x-stage": "context.stage",
        },
        "responseTemplates": {"application/json": template},
    }}));
    let unknown = row("GET /prod/nothing?limit=5", 404, NO_ROUTE, r#"{"message": "Missing Authentication Token", "type": "MISSING_AUTHENTICATION_TOKEN", "stage": "prod""#, SOURCE)
        .and(r#""id": "00000000-0000-4000-8000-000000000001.", "price": "$5 $nothing ||", "at": "23/Nov/2026:05:31:00 +0000"}"#)
        .header("x-trace", "7");
    let response = unknown.response(&gateway);
    let header = |name: &str| response.headers()[name].to_str().unwrap().to_owned();
    assert_eq!(header("access-control-allow-origin"), "*");
    assert_eq!(
        [header("x-trace"), header("x-limit"), header("x-stage")],
        ["7", "5", "prod"]
    );
    let body = String::from_utf8_lossy(response.body()).into_owned();
    for text in &unknown.expected.2 {
        assert!(body.contains(text), "{body}");
    }
    assert_eq!(response.status(), 404);
}

#[test]
fn other_types_have_the_default_of_their_hundred() {
    let origin = json!({"gatewayresponse.header.Access-Control-Allow-Origin": "'*'"});
    let gateway = gateway(&json!({
        "DEFAULT_4XX": {"responseParameters": origin},
        "DEFAULT_5XX": {"statusCode": "503", "responseTemplates": {"application/json": "{\"late\": \"$context.error.message\"}"}},
        "INVALID_API_KEY": {"statusCode": 429, "responseTemplates": {"application/json": "{\"message\": $context.error.messageString, \"type\": \"$context.error.responseType\"}"}},
    }));
    check(
        &gateway,
        &[
            row(
                "GET /prod/keyed",
                429,
                "ForbiddenException",
                r#"{"message": "Forbidden", "type": "INVALID_API_KEY"}"#,
                SOURCE,
            ),
            row(
                "GET /prod/existing",
                503,
                "InternalServerErrorException",
                r#"{"late": "Endpoint request timed out"}"#,
                SOURCE,
            ),
            row(
                "GET /prod/nothing",
                403,
                NO_ROUTE,
                r#"{"message":"Missing Authentication Token"}"#,
                SOURCE,
            ),
        ],
    );
    let signed = row("GET /prod/signed", 403, NO_ROUTE, "", SOURCE).response(&gateway);
    assert_eq!(signed.headers()["access-control-allow-origin"], "*");
}
