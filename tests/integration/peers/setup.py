"""Makes in a fresh ministack what the tests call, and prints it as JSON.

usage: setup.py ENDPOINT ISSUER

Its root credentials are `test` and `test`; their signature is not judged, so no test uses them.
"""

import json
import sys

import amplify
import identities
import people
import stage
from cloud import Cloud
from functions import Functions


def main():
    endpoint, issuer = sys.argv[1:]
    cloud = Cloud(endpoint)
    users = people.make(cloud)
    functions = Functions(cloud)
    rest_api = stage.rest_api(cloud, users["arn"], functions)
    http_api = stage.http_api(cloud, issuer, functions.arns["echo"])
    identity_pool = identities.pool(cloud, users, rest_api["id"])
    functions.wait(cloud)
    stage.show_token(rest_api["url"], people.access_token(cloud.client("cognito-idp"), users["client"], "alice"))
    made = {
        "region": cloud.region,
        "endpoint": endpoint,
        "user_pool": users,
        "identity_pool": identity_pool,
        "iam_user": identities.user_without_policies(cloud),
        "rest_api": rest_api,
        "http_api": http_api,
        "amplify": amplify.configuration(cloud, users, identity_pool, rest_api, http_api),
    }
    json.dump(made, sys.stdout, indent=2)


main()
