"""The app's Amplify configuration: one API for each `authorizationType`."""


def configuration(cloud, users, identity_pool, rest_api, http_api):
    rest, region = rest_api["url"], cloud.region
    apis = {
        "iam": api(rest, region, "AWS_IAM"),
        "key": {**api(rest, region, "API_KEY"), "apiKey": rest_api["api_keys"]["good"]},
        "users": api(rest, region, "AMAZON_COGNITO_USER_POOLS"),
        "partners": api(http_api["url"], region, "OPENID_CONNECT"),
        "friends": api(rest, region, "AWS_LAMBDA"),
        "open": api(rest, region, "NONE"),
    }
    user_pool = {"PoolId": users["id"], "AppClientId": users["client"], "Region": region}
    identities = {"PoolId": identity_pool, "Region": region}
    cognito = {
        "CognitoUserPool": {"Default": user_pool},
        "CredentialsProvider": {"CognitoIdentity": {"Default": identities}},
        "Auth": {"Default": {"authenticationFlowType": "USER_SRP_AUTH"}},
    }
    return {
        "UserAgent": "aws-amplify-cli/2.0",
        "Version": "1.0",
        "auth": {"plugins": {"awsCognitoAuthPlugin": cognito}},
        "api": {"plugins": {"awsAPIPlugin": apis}},
    }


def api(endpoint, region, authorization):
    return {
        "endpointType": "REST",
        "endpoint": endpoint,
        "region": region,
        "authorizationType": authorization,
    }
