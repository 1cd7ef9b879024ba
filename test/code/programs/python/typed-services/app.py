from __future__ import annotations

import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Optional

import boto3

if TYPE_CHECKING:
    from mypy_boto3_cognito_idp import CognitoIdentityProviderClient
    from mypy_boto3_dynamodb.client import DynamoDBClient
    from mypy_boto3_dynamodb.service_resource import Table
    from mypy_boto3_s3 import S3Client
    from mypy_boto3_sesv2.client import SESV2Client


@dataclass
class Services:
    database: DynamoDBClient
    mail: "SESV2Client"
    logs: object = None


def load_template(client: S3Client, name: str) -> str:
    return client.get_object(Bucket=os.environ["TEMPLATES"], Key=name + ".html")["Body"].read().decode()


def move(services: Services, order: str) -> None:
    services.database.transact_write_items(
        TransactItems=[
            {"Delete": {"TableName": "open-orders", "Key": {"id": {"S": order}}}},
            {"Put": {"TableName": "closed-orders", "Item": {"id": {"S": order}}}},
        ]
    )


def user(pool: Optional[CognitoIdentityProviderClient], name: str):
    return pool.admin_get_user(UserPoolId=os.environ["POOL"], Username=name)


def known(table: Table, order: str) -> bool:
    return "Item" in table.get_item(Key={"id": order})


def handler(event, context):
    services = Services(boto3.client("dynamodb"), mail=boto3.client("sesv2"))
    services.logs = boto3.client("logs")
    if known(event["table"], event["order"]):
        move(services, event["order"])
    text = load_template(event["files"], "closed")
    services.mail.send_email(FromEmailAddress="orders@example.com", Content={"Simple": {"Body": {"Html": {"Data": text}}}})
    services.logs.filter_log_events(logGroupName="/aws/lambda/orders")
    return user(event["pool"], event["name"])
