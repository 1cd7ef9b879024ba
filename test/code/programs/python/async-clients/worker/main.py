import asyncio
import os

import aioboto3

session = aioboto3.Session()
QUEUE = os.environ["QUEUE_URL"]


async def work_off(name):
    async with session.client("sqs") as sqs, session.client("s3") as s3:
        answer = await sqs.receive_message(QueueUrl=QUEUE, MaxNumberOfMessages=10, WaitTimeSeconds=5)
        for message in answer.get("Messages", []):
            paginator = s3.get_paginator("list_objects_v2")
            async for page in paginator.paginate(Bucket=name, Prefix=message["Body"]):
                for one in page.get("Contents", []):
                    content = await s3.get_object(Bucket=name, Key=one["Key"])
                    await store(one["Key"], await content["Body"].read())
            await sqs.delete_message(QueueUrl=QUEUE, ReceiptHandle=message["ReceiptHandle"])


async def store(key, body):
    async with session.resource("dynamodb") as dynamodb:
        table = await dynamodb.Table(os.environ["INDEX_TABLE"])
        await table.put_item(Item={"key": key, "size": len(body)})


def handler(event, context):
    asyncio.run(work_off(f"{os.environ['PREFIX']}-inbox"))
