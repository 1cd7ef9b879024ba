import json
import os

import boto3
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.event_handler import APIGatewayRestResolver
from aws_lambda_powertools.utilities import parameters
from aws_lambda_powertools.utilities.feature_flags import AppConfigStore, FeatureFlags
from aws_lambda_powertools.utilities.idempotency import DynamoDBPersistenceLayer, idempotent_function
from aws_lambda_powertools.utilities.parameters import SSMProvider
from aws_lambda_powertools.utilities.typing import LambdaContext

logger, tracer, metrics = Logger(), Tracer(), Metrics()
app = APIGatewayRestResolver()
layer = DynamoDBPersistenceLayer(table_name=os.environ["IDEMPOTENCY_TABLE"])
flags = FeatureFlags(store=AppConfigStore(environment="prod", application="payments", name="flags"))
provider = SSMProvider(boto3_client=boto3.client("ssm"))
workflows = boto3.client("stepfunctions")


@idempotent_function(data_keyword_argument="payment", persistence_store=layer)
def charge(payment: dict) -> dict:
    token = parameters.get_secret("payments/gateway")
    address = parameters.get_parameter("/payments/address", max_age=300)
    provider.get_parameters_by_name({"/payments/a": {}, "/payments/b": {}})
    return {"address": address, "token": token[:4]}


@app.post("/payments")
@tracer.capture_method
def create():
    body = app.current_event.json_body
    if flags.evaluate(name="wait_for_review", default=False):
        workflows.start_execution(stateMachineArn=os.environ["REVIEW_ARN"], input=json.dumps(body))
        return {"state": "waiting"}
    return charge(payment=body)


@logger.inject_lambda_context
@tracer.capture_lambda_handler
@metrics.log_metrics
def handler(event: dict, context: LambdaContext) -> dict:
    return app.resolve(event, context)
