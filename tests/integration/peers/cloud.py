"""One ministack: its services, and the roles of its account."""

import json

import botocore.session


class Cloud:
    region = "eu-central-1"

    def __init__(self, endpoint):
        self.endpoint = endpoint
        self.session = botocore.session.Session()

    def client(self, service):
        return self.session.create_client(
            service,
            region_name=self.region,
            endpoint_url=self.endpoint,
            aws_access_key_id="test",
            aws_secret_access_key="test",
        )

    def role(self, name, principal, action="sts:AssumeRole"):
        trust = policy(action, Principal=principal)
        return self.client("iam").create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]["Arn"]


def policy(action, **rest):
    statement = {"Effect": "Allow", "Action": action, **rest}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
