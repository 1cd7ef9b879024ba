import os
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import boto3


@dataclass(frozen=True)
class Clients:
    dynamodb: Any = field(default_factory=lambda: boto3.resource("dynamodb"))
    sns: Any = field(default_factory=lambda: boto3.client("sns"))


@dataclass
class Orders:
    clients: Clients
    table_name: str
    topic_arn: str

    @property
    def table(self):
        return self.clients.dynamodb.Table(self.table_name)

    def place(self, order):
        self.table.put_item(Item=order)
        self.clients.sns.publish(TopicArn=self.topic_arn, Message="placed")

    def of_day(self, day):
        return self.table.query(IndexName="by-day", KeyConditionExpression="d = :d", ExpressionAttributeValues={":d": day})["Items"]


@dataclass
class Container:
    orders: Orders


@lru_cache(maxsize=1)
def container() -> Container:
    return Container(orders=Orders(Clients(), os.environ["ORDERS"], os.environ["TOPIC_ARN"]))
