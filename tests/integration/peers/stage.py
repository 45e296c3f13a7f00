"""The REST API with one route for each way to authorize, and the HTTP API with a JWT authorizer."""

import json
import time
import urllib.request


# The gateway's own answer, `{}`; it comes after authorization like any other.
MOCK = {
    "type": "mock",
    "requestTemplates": {"application/json": '{"statusCode": 200}'},
    "responses": {"default": {"statusCode": "200"}},
}


def rest_api(cloud, user_pool, functions):
    document = openapi(user_pool, functions)
    api = deploy(cloud.client("cloudformation"), document)
    return {
        "id": api,
        "url": f"{cloud.endpoint}/_aws/execute-api/{api}/prod",
        "api_keys": api_keys(cloud.client("apigateway"), api),
    }


def openapi(user_pool, functions):
    echo = functions.integration("echo")
    return {
        "openapi": "3.0.1",
        "info": {"title": "Notes", "version": "1"},
        "paths": {
            "/open": {"get": operation(MOCK)},
            "/key": {"get": operation(MOCK, {"api_key": []})},
            "/iam": {"get": operation(MOCK, {"sigv4": []}), "post": operation(echo, {"sigv4": []})},
            "/iam/{id}": {"get": operation(MOCK, {"sigv4": []})},
            "/users": {"get": operation(echo, {"users": []})},
            "/both": {"get": operation(MOCK, {"sigv4": [], "api_key": []})},
            "/lambda": {"get": operation(echo, {"friends": []})},
        },
        "components": {
            "securitySchemes": {
                "api_key": {"type": "apiKey", "name": "x-api-key", "in": "header"},
                "sigv4": scheme("awsSigv4"),
                "users": scheme("cognito_user_pools", type="cognito_user_pools", providerARNs=[user_pool]),
                "friends": scheme(
                    "custom", type="token", authorizerUri=functions.uri("authorize"), authorizerResultTtlInSeconds=0
                ),
            }
        },
    }


def scheme(kind, **authorizer):
    made = {"type": "apiKey", "name": "Authorization", "in": "header", "x-amazon-apigateway-authtype": kind}
    if authorizer:
        made["x-amazon-apigateway-authorizer"] = authorizer
    return made


def operation(integration, security=None):
    made = {"responses": {"200": {"description": "ok"}}, "x-amazon-apigateway-integration": integration}
    return {**made, "security": [security]} if security else made


def deploy(formation, document):
    """By CloudFormation, which is how ministack imports an OpenAPI document."""
    api, deployment = {"Ref": "Api"}, {"Ref": "Deployment"}
    stage = {"RestApiId": api, "DeploymentId": deployment, "StageName": "prod"}
    resources = {
        "Api": resource("RestApi", {"Name": "Notes", "Body": document}),
        "Deployment": {**resource("Deployment", {"RestApiId": api}), "DependsOn": "Api"},
        "Stage": resource("Stage", stage),
    }
    template = {"Resources": resources, "Outputs": {"Api": {"Value": api}}}
    formation.create_stack(StackName="notes", TemplateBody=json.dumps(template))
    return finished(formation)["Outputs"][0]["OutputValue"]


def resource(kind, properties):
    return {"Type": f"AWS::ApiGateway::{kind}", "Properties": properties}


def finished(formation):
    for _ in range(200):
        stack = formation.describe_stacks(StackName="notes")["Stacks"][0]
        if stack["StackStatus"] != "CREATE_IN_PROGRESS":
            break
        time.sleep(0.05)
    if stack["StackStatus"] != "CREATE_COMPLETE":
        raise SystemExit(f"the API was not made: {stack}")
    return stack


def api_keys(gateway, api):
    """One with a large quota, one with a quota of three calls a day, and one that no usage plan has."""
    made = {name: gateway.create_api_key(name=name, enabled=True) for name in ["good", "small", "unplanned"]}
    for name, limit in [("good", 1_000_000), ("small", 3)]:
        plan = gateway.create_usage_plan(
            name=name, apiStages=[{"apiId": api, "stage": "prod"}], quota={"limit": limit, "period": "DAY"}
        )
        gateway.create_usage_plan_key(usagePlanId=plan["id"], keyId=made[name]["id"], keyType="API_KEY")
    return {name: key["value"] for name, key in made.items()}


def show_token(api, token):
    """At the first token the gateway fetches the user pool's keys, and refuses some of the tokens that come meanwhile."""
    request = urllib.request.Request(f"{api}/users", headers={"authorization": token})
    urllib.request.urlopen(request).close()


def http_api(cloud, issuer, function):
    """GET /jwt asks for a token of `issuer` for `urn:notes` with the scope `notes:read`."""
    gateway = cloud.client("apigatewayv2")
    api = gateway.create_api(Name="notes", ProtocolType="HTTP")["ApiId"]
    authorizer = gateway.create_authorizer(
        ApiId=api,
        Name="issuer",
        AuthorizerType="JWT",
        IdentitySource=["$request.header.Authorization"],
        JwtConfiguration={"Audience": ["urn:notes"], "Issuer": issuer},
    )
    integration = gateway.create_integration(
        ApiId=api, IntegrationType="AWS_PROXY", IntegrationUri=function, PayloadFormatVersion="2.0"
    )
    gateway.create_route(
        ApiId=api,
        RouteKey="GET /jwt",
        Target=f"integrations/{integration['IntegrationId']}",
        AuthorizationType="JWT",
        AuthorizerId=authorizer["AuthorizerId"],
        AuthorizationScopes=["notes:read"],
    )
    gateway.create_stage(ApiId=api, StageName="$default", AutoDeploy=True)
    return {"url": f"{cloud.endpoint}/_aws/execute-api/{api}"}
