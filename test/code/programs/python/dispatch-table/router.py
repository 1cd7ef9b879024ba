import json
import os
from functools import partial

import boto3

events = boto3.client("events")
invoke = boto3.client("lambda").invoke
firehose = boto3.client("firehose")
CLIENTS = {name: boto3.client(name) for name in ("kinesis", "sns")}


def to_bus(detail):
    events.put_events(Entries=[{"Source": "router", "DetailType": "order", "Detail": json.dumps(detail), "EventBusName": os.environ["BUS"]}])


def to_function(detail):
    invoke(FunctionName=os.environ["CONSUMER"], InvocationType="Event", Payload=json.dumps(detail))


def to_stream(detail):
    CLIENTS["kinesis"].put_records(StreamName="orders-" + os.environ["STAGE"], Records=[{"Data": json.dumps(detail), "PartitionKey": "1"}])


to_delivery = partial(firehose.put_record, DeliveryStreamName="orders-archive")
WAYS = {
    "bus": to_bus,
    "function": to_function,
    "stream": to_stream,
    "delivery": lambda detail: to_delivery(Record={"Data": json.dumps(detail)}),
}


def handler(event, _):
    for record in event["Records"]:
        detail = json.loads(record["body"])
        WAYS.get(detail["way"], to_bus)(detail)
        if detail.get("loud"):
            CLIENTS["sns"].publish(TopicArn="arn:aws:sns:{}:{}:loud".format(os.environ["AWS_REGION"], "111122223333"), Message="loud")
