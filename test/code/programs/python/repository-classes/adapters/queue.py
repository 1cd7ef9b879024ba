import json
import boto3


class Publisher:
    def __init__(self, url, client=None):
        self._url = url
        self._client = client or boto3.client("sqs")

    def send(self, message):
        self._client.send_message(QueueUrl=self._url, MessageBody=json.dumps(message))

    def send_all(self, messages):
        entries = [{"Id": str(i), "MessageBody": json.dumps(m)} for i, m in enumerate(messages)]
        for start in range(0, len(entries), 10):
            self._client.send_message_batch(QueueUrl=self._url, Entries=entries[start : start + 10])
