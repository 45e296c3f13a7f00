//! Which operation a request is for.

use serde_json::Value;

use crate::{MISSING, NO_ROUTE, check, documents, row};

const LS: &str = "LS test_apigateway_common TestApigatewayRouting, 2024-07-23";

#[test]
fn a_rest_api_routes_as_recorded() {
    let gateway = documents::rest().build().unwrap();
    let said = |line, name, source| row(line, 200, "", name, source);
    let unknown = |line, source| row(line, 403, NO_ROUTE, MISSING, source);
    check(
        &gateway,
        &[
            said("GET /prod/existing", r#""existing""#, LS),
            said("GET /prod/existing/", r#""existing""#, "aws/chalice#65"),
            said("GET /prod/pets/7/", r#""variable""#, "aws/chalice#65"),
            said(
                "GET /prod//existing",
                r#""existing""#,
                "LS test_lambda_aws_proxy_integration",
            ),
            said("GET /prod/pets/mine", r#""static""#, LS),
            said("GET /prod/pets/7", r#""variable""#, LS),
            said(
                "GET /prod/pets/a%2Fb",
                r#""variable""#,
                "ustayready/fireprox#44",
            ),
            said("PUT /prod/files/a/b", r#""files""#, LS),
            said("POST /prod/test", r#""test""#, LS),
            said("OPTIONS /prod/test", r#""preflight""#, LS),
            said("OPTIONS /prod/test/any", r#""any""#, LS),
            said("GET /prod/test/any", r#""any""#, LS),
            said("GET /prod/part1", r#""part1""#, LS),
            said("GET /prod/part1/hardcoded-value", r#""hardcoded""#, LS),
            said("GET /prod/part1/random-value", r#""greedy""#, LS),
            unknown("GET /prod/nothing", LS),
            unknown("DELETE /prod/existing", LS),
            unknown("GET /prod/files", "DG api-gateway-set-up-simple-proxy"),
            unknown("HEAD /prod/existing", "LS ApiGatewayMethodRule").and(""),
            unknown("GET /prod", "DG using-stage-variables"),
        ]
        .map(|row| match row.line {
            // A response to HEAD has no body.
            line if line.starts_with("HEAD") => crate::Row {
                expected: (403, NO_ROUTE, vec![""]),
                ..row
            },
            _ => row,
        }),
    );
}

#[test]
fn a_token_on_an_unknown_route_of_a_rest_api_is_a_broken_signature() {
    let gateway = documents::rest().build().unwrap();
    let text = "Invalid key=value pair (missing equal-sign) in Authorization header (hashed with SHA-256 and encoded with Base64): '";
    check(
        &gateway,
        &[
            row(
                "GET /prod/nothing",
                403,
                "IncompleteSignatureException",
                text,
                "DataBiosphere/azul#7470",
            )
            .header("authorization", "Bearer abc"),
            row(
                "GET /prod/nothing",
                403,
                "IncompleteSignatureException",
                text,
                "public logs",
            )
            .header("authorization", "abc"),
        ],
    );
}

#[test]
fn an_http_api_routes_as_documented() {
    let gateway = documents::http(&Value::Null).build().unwrap();
    let source = "DG http-api-develop-routes";
    check(
        &gateway,
        &[
            row("GET /pets", 200, "", "said", source),
            row("POST /pets", 404, "", r#"{"message":"Not Found"}"#, source),
            row(
                "GET /nothing",
                404,
                "",
                r#"{"message":"Not Found"}"#,
                source,
            ),
            row("PUT /files/a/b", 200, "", "said", source),
            row("GET /nothing", 404, "", "Not Found", "public reports")
                .header("authorization", "Bearer abc"),
        ],
    );
}
