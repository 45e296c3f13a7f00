"""Judges requests signed with AWS Signature Version 4, with botocore as the second opinion.

    judge.py SETUP      SETUP is JSON: {"region", "service", "now": "20260102T030405Z",
                                        "keys": {ID: {"secret", "token" or null}}}

Reads one request as JSON from each line of standard input:
    {"method", "target": path and query as sent, "headers": [[name, value], ..], "body": hex}
and prints for each a line {"refused": null} or {"refused": reason}.
"""

import hmac
import json
import re
import sys
from collections import defaultdict
from datetime import datetime, timedelta
from urllib.parse import unquote_plus

from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>[^/]+)/(?P<day>\d{8})/(?P<region>[^/]+)/(?P<service>[^/]+)/aws4_request, "
    r"SignedHeaders=(?P<names>[a-z0-9;-]+), Signature=(?P<signature>[0-9a-f]{64})"
)
STAMP = "%Y%m%dT%H%M%SZ"
TOLERANCE = timedelta(minutes=5)


class Refused(Exception):
    pass


def insist(condition, reason):
    if not condition:
        raise Refused(reason)


def judge(setup, sent):
    headers = joined(sent["headers"])
    claim = AUTHORIZATION.fullmatch(headers.get("authorization", ""))
    insist(claim, "no well-formed authorization header")
    key = setup["keys"].get(claim["key"])
    insist(key, "unknown access key")
    insist(key["token"] == headers.get("x-amz-security-token"), "wrong session token")
    insist((claim["region"], claim["service"]) == (setup["region"], setup["service"]), "wrong scope")
    check_time(setup["now"], headers.get("x-amz-date", ""), claim["day"])
    body = bytes.fromhex(sent["body"])
    names = claim["names"].split(";")
    check_coverage(names, headers, body)
    signed = {name: headers[name] for name in names if name in headers}
    signer = SigV4Auth(Credentials(claim["key"], key["secret"]), setup["service"], setup["region"])
    for reading, request in readings(sent["method"], sent["target"], signed, body):
        request.context["timestamp"] = headers["x-amz-date"]
        expected = signer.signature(signer.string_to_sign(request, signer.canonical_request(request)), request)
        insist(hmac.compare_digest(expected, claim["signature"]), f"signature does not match the query {reading}")


def joined(headers):
    """Values of one name in one, each without the blanks that a signature leaves out."""
    values = defaultdict(list)
    for name, value in headers:
        values[name.lower()].append(" ".join(value.split()))
    return {name: ",".join(each) for name, each in values.items()}


def check_time(now, stamp, day):
    insist(re.fullmatch(r"\d{8}T\d{6}Z", stamp) and stamp.startswith(day), "no date that fits the scope")
    age = datetime.strptime(now, STAMP) - datetime.strptime(stamp, STAMP)
    insist(abs(age) <= TOLERANCE, "signed at another time")


def check_coverage(names, headers, body):
    """What the AWS documentation says must be signed."""
    must = {"host"} | {name for name in headers if name.startswith("x-amz-")}
    if body and "content-type" in headers:
        must.add("content-type")
    insist(must <= set(names), f"not signed: {', '.join(sorted(must - set(names)))}")


def readings(method, target, headers, body):
    """A server may take the query as it came, or decode it and encode it again: both have to match."""
    path, _, query = target.partition("?")
    base = f"https://{headers['host']}{path}"
    yield "as sent", AWSRequest(method, f"{base}?{query}" if query else base, headers, body)
    pairs = [tuple(unquote_plus(part) for part in pair.partition("=")[::2]) for pair in query.split("&") if pair]
    yield "as decoded", AWSRequest(method, base, headers, body, pairs)


def verdict(setup, line):
    try:
        judge(setup, json.loads(line))
    except Refused as refused:
        return str(refused)
    return None


if __name__ == "__main__":
    SETUP = json.loads(sys.argv[1])
    for LINE in sys.stdin:
        print(json.dumps({"refused": verdict(SETUP, LINE)}), flush=True)
