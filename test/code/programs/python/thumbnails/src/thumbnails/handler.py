import logging
import os
import urllib.parse
import uuid

import boto3
from PIL import Image

from . import notify

logger = logging.getLogger()
s3_client = boto3.client("s3")
TARGET = os.environ.get("THUMBNAIL_BUCKET", "thumbnails-dev")


def resize(source, target):
    with Image.open(source) as image:
        image.thumbnail((200, 200))
        image.save(target)


def on_upload(event, context):
    for record in event["Records"]:
        bucket = record["s3"]["bucket"]["name"]
        key = urllib.parse.unquote_plus(record["s3"]["object"]["key"])
        source, target = f"/tmp/{uuid.uuid4()}", f"/tmp/small-{uuid.uuid4()}"
        s3_client.download_file(bucket, key, source)
        resize(source, target)
        s3_client.upload_file(target, TARGET, f"small/{key}", ExtraArgs={"ContentType": "image/jpeg"})
        notify.done(key)
