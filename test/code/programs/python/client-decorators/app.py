import functools
import json
import os
import boto3


def with_client(service):
    def wrap(f):
        @functools.wraps(f)
        def inner(*args, **kwargs):
            return f(boto3.client(service), *args, **kwargs)
        return inner
    return wrap


def dead_letter(f):
    sqs = boto3.client("sqs")

    @functools.wraps(f)
    def inner(event, context):
        try:
            return f(event, context)
        except Exception as e:
            sqs.send_message(QueueUrl=os.environ["DLQ_URL"], MessageBody=json.dumps({"e": str(e)}))
            raise
    return inner


@with_client("rekognition")
def labels(rekognition, bucket, key):
    return rekognition.detect_labels(Image={"S3Object": {"Bucket": bucket, "Name": key}})["Labels"]


@with_client("dynamodb")
def keep(ddb, key, found):
    ddb.put_item(TableName="labels", Item={"pk": {"S": key}})


@dead_letter
def handler(event, context):
    for r in event["Records"]:
        b, k = r["s3"]["bucket"]["name"], r["s3"]["object"]["key"]
        keep(k, labels(b, k))
