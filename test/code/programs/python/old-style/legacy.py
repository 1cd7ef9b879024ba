# -*- coding: utf-8 -*-
import boto3, os, sys
from boto3 import resource as res
import botocore.session as bs

try:
    unicode
except NameError:
    unicode = str

core = bs.get_session()
cache = core.create_client("elasticache", region_name="us-east-1")


def rows(table=res("dynamodb").Table("%s-%s" % (os.environ["APP"], os.environ.get("STAGE") or "dev"))):
    return [r for r in table.scan()["Items"]]


def handler(event, context):
    print "starting", len(rows())
    queue = res("sqs").Queue(os.environ["QUEUE"])
    for m in queue.receive_messages(MaxNumberOfMessages=10):
        print(m.body)
        m.delete()
    if (clusters := cache.describe_cache_clusters()["CacheClusters"]):
        print(clusters)
    (s3, _) = boto3.client("s3"), None
    return s3.get_bucket_location(Bucket="legacy-%(stage)s" % {"stage": os.environ["STAGE"]})
