import json
import os
from decimal import Decimal

import boto3
from boto3.dynamodb.conditions import Key

TABLE_NAME = os.environ["TABLE_NAME"]
dynamodb = boto3.resource("dynamodb")
table = dynamodb.Table(TABLE_NAME)


def respond(status, body):
    return {"statusCode": status, "body": json.dumps(body, default=str)}


def get_order(order_id):
    answer = table.get_item(Key={"pk": f"ORDER#{order_id}", "sk": "HEAD"})
    return answer.get("Item")


def list_orders(customer):
    return table.query(
        IndexName="byCustomer",
        KeyConditionExpression=Key("customer").eq(customer),
        ScanIndexForward=False,
    )["Items"]


def create_order(body):
    item = {"pk": f"ORDER#{body['id']}", "sk": "HEAD", "total": Decimal(str(body["total"]))}
    table.put_item(Item=item, ConditionExpression="attribute_not_exists(pk)")
    return item


def change_state(order_id, state):
    table.update_item(
        Key={"pk": f"ORDER#{order_id}", "sk": "HEAD"},
        UpdateExpression="SET #s = :s",
        ExpressionAttributeNames={"#s": "state"},
        ExpressionAttributeValues={":s": state},
    )


def lambda_handler(event, context):
    method = event["httpMethod"]
    parameters = event.get("pathParameters") or {}
    if method == "GET" and "id" in parameters:
        order = get_order(parameters["id"])
        return respond(200, order) if order else respond(404, {"message": "no such order"})
    if method == "GET":
        return respond(200, list_orders(event["queryStringParameters"]["customer"]))
    if method == "POST":
        return respond(201, create_order(json.loads(event["body"])))
    if method == "PATCH":
        change_state(parameters["id"], json.loads(event["body"])["state"])
        return respond(204, {})
    return respond(405, {})
