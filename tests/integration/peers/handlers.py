"""The code of the Lambda functions."""

import json


def echo(event, _context):
    """Answers with what reached the API: the headers, and who the gateway says is calling."""
    context = event["requestContext"]
    seen = {"headers": event.get("headers") or {}, "authorizer": context.get("authorizer"), "body": event.get("body")}
    return {"statusCode": 200, "headers": {"content-type": "application/json"}, "body": json.dumps(seen)}


def authorize(event, _context):
    """Lets the token `friend` in, as it stands in the header, without a scheme."""
    friend = event["authorizationToken"] == "friend"
    statement = {
        "Action": "execute-api:Invoke",
        "Effect": "Allow" if friend else "Deny",
        "Resource": event["methodArn"],
    }
    return {
        "principalId": "a-friend" if friend else "a-stranger",
        "policyDocument": {"Version": "2012-10-17", "Statement": [statement]},
    }
