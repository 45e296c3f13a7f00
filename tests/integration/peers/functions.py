"""The Lambda functions behind the APIs."""

import io
import pathlib
import zipfile


class Functions:
    """The functions of handlers.py."""

    def __init__(self, cloud):
        self.region = cloud.region
        role = cloud.role("functions", {"Service": "lambda.amazonaws.com"})
        self.arns = {name: self.create(cloud.client("lambda"), name, role) for name in ["echo", "authorize"]}

    def wait(self, cloud):
        """A function that was made just now is not there yet."""
        ready = cloud.client("lambda").get_waiter("function_active_v2")
        for name in self.arns:
            ready.wait(FunctionName=name, WaiterConfig={"Delay": 0.1, "MaxAttempts": 100})

    def create(self, client, name, role):
        made = client.create_function(
            FunctionName=name,
            Runtime="python3.11",
            Handler=f"handlers.{name}",
            Role=role,
            Code={"ZipFile": package()},
        )
        client.add_permission(
            FunctionName=name,
            StatementId="gateway",
            Action="lambda:InvokeFunction",
            Principal="apigateway.amazonaws.com",
        )
        return made["FunctionArn"]

    def uri(self, name):
        return f"arn:aws:apigateway:{self.region}:lambda:path/2015-03-31/functions/{self.arns[name]}/invocations"

    def integration(self, name):
        return {"type": "aws_proxy", "httpMethod": "POST", "uri": self.uri(name)}


def package():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.write(pathlib.Path(__file__).with_name("handlers.py"), "handlers.py")
    return data.getvalue()
