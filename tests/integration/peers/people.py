"""The user pools: their app clients and their users."""

import base64
import hmac
import struct
import time

PASSWORD = "Grün-Haus:1984"
TEMPORARY = "Temp-1234"
FLOWS = ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
# Each test that changes a user has one of its own.
USERS = ["alice", "revoked", "signed-out", "crowd", "shared", "terminal"]


def make(cloud):
    idp = cloud.client("cognito-idp")
    pool = idp.create_user_pool(PoolName="people")["UserPool"]
    pool_id = pool["Id"]
    idp.set_user_pool_mfa_config(
        UserPoolId=pool_id,
        MfaConfiguration="OPTIONAL",
        SoftwareTokenMfaConfiguration={"Enabled": True},
    )
    client = app_client(idp, pool_id)["ClientId"]
    for name in USERS:
        user(idp, pool_id, name)
    idp.admin_create_user(UserPoolId=pool_id, Username="newcomer", TemporaryPassword=TEMPORARY, MessageAction="SUPPRESS")
    return {
        "id": pool_id,
        "arn": pool["Arn"],
        "client": client,
        "password": PASSWORD,
        "temporary_password": TEMPORARY,
        "totp": user_with_totp(idp, pool_id, client),
        "aliases": pool_with_aliases(idp),
    }


def app_client(idp, pool, **settings):
    made = idp.create_user_pool_client(UserPoolId=pool, ClientName="app", ExplicitAuthFlows=FLOWS, **settings)
    return made["UserPoolClient"]


def user(idp, pool, name):
    idp.admin_create_user(UserPoolId=pool, Username=name, MessageAction="SUPPRESS")
    idp.admin_set_user_password(UserPoolId=pool, Username=name, Password=PASSWORD, Permanent=True)


def pool_with_aliases(idp):
    """Its users sign in with an e-mail address, which is not their name, and its app client has a secret."""
    pool = idp.create_user_pool(PoolName="aliases", UsernameAttributes=["email"])["UserPool"]["Id"]
    client = app_client(idp, pool, GenerateSecret=True)
    user(idp, pool, "anna@example.test")
    return {"id": pool, "client": client["ClientId"], "client_secret": client["ClientSecret"], "email": "anna@example.test"}


def user_with_totp(idp, pool, client):
    """A user who has to give a code; returns the secret that the codes are made of."""
    user(idp, pool, "careful")
    token = access_token(idp, client, "careful")
    secret = idp.associate_software_token(AccessToken=token)["SecretCode"]
    idp.verify_software_token(AccessToken=token, UserCode=code(secret))
    idp.set_user_mfa_preference(AccessToken=token, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True})
    return {"user": "careful", "secret": secret}


def access_token(idp, client, name):
    parameters = {"USERNAME": name, "PASSWORD": PASSWORD}
    signed_in = idp.initiate_auth(ClientId=client, AuthFlow="USER_PASSWORD_AUTH", AuthParameters=parameters)
    return signed_in["AuthenticationResult"]["AccessToken"]


def code(secret):
    """The code of this half minute (RFC 6238)."""
    key = base64.b32decode(secret.upper() + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), "sha1").digest()
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"
