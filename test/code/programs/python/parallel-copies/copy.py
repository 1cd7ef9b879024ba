import os
import threading
from concurrent.futures import ThreadPoolExecutor, as_completed

import boto3

s3 = boto3.client("s3")
SOURCE, TARGET = os.environ["SOURCE"], os.environ["TARGET"]


def keys():
    token = None
    while True:
        options = dict(Bucket=SOURCE)
        if token:
            options["ContinuationToken"] = token
        page = s3.list_objects_v2(**options)
        for one in page.get("Contents", []):
            yield one["Key"]
        if not page["IsTruncated"]:
            break
        token = page["NextContinuationToken"]


def copy(key):
    s3.copy_object(Bucket=TARGET, Key=key, CopySource={"Bucket": SOURCE, "Key": key})
    s3.delete_object(Bucket=SOURCE, Key=key)


def tag(key):
    return s3.get_object_tagging(Bucket=SOURCE, Key=key)["TagSet"]


def main(event, context):
    with ThreadPoolExecutor(max_workers=8) as pool:
        futures = [pool.submit(copy, key) for key in keys()]
        heads = [pool.submit(s3.head_object, Bucket=SOURCE, Key=key) for key in event["check"]]
        for future in as_completed(futures + heads):
            future.result()
        list(pool.map(tag, event["check"]))
    writer = threading.Thread(target=s3.put_object, kwargs={"Bucket": TARGET, "Key": "done", "Body": b""})
    writer.start()
    bucket = boto3.resource("s3").Bucket(TARGET)
    bucket.objects.filter(Prefix="tmp/").delete()
    bucket.meta.client.get_object(Bucket=bucket.name, Key="done")
