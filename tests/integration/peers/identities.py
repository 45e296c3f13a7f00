"""The identity pool with its roles, and an IAM user."""

from cloud import policy


def pool(cloud, users, api):
    """Guests may GET /iam and /both; who is signed in may call everything."""
    identity = cloud.client("cognito-identity")
    providers = [provider(cloud, users["id"], users["client"])]
    aliases = users["aliases"]
    providers.append(provider(cloud, aliases["id"], aliases["client"]))
    made = identity.create_identity_pool(
        IdentityPoolName="people", AllowUnauthenticatedIdentities=True, CognitoIdentityProviders=providers
    )
    stage = f"arn:aws:execute-api:{cloud.region}:*:{api}/prod"
    roles = {
        "unauthenticated": role(cloud, "guest", [f"{stage}/GET/iam", f"{stage}/GET/both"]),
        "authenticated": role(cloud, "signed-in", [f"{stage}/*"]),
    }
    identity.set_identity_pool_roles(IdentityPoolId=made["IdentityPoolId"], Roles=roles)
    return made["IdentityPoolId"]


def provider(cloud, user_pool, client):
    name = f"cognito-idp.{cloud.region}.amazonaws.com/{user_pool}"
    return {"ProviderName": name, "ClientId": client}


def role(cloud, name, resources):
    principal = {"Federated": "cognito-identity.amazonaws.com"}
    arn = cloud.role(name, principal, "sts:AssumeRoleWithWebIdentity")
    allowed = policy("execute-api:Invoke", Resource=resources)
    cloud.client("iam").put_role_policy(RoleName=name, PolicyName="calls", PolicyDocument=allowed)
    return arn


def user_without_policies(cloud):
    iam = cloud.client("iam")
    iam.create_user(UserName="nobody")
    key = iam.create_access_key(UserName="nobody")["AccessKey"]
    return {"id": key["AccessKeyId"], "secret": key["SecretAccessKey"]}
