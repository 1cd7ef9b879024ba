import base64
from functools import lru_cache

from aws import client, settings_under


@lru_cache(maxsize=None)
def secret(name: str) -> str:
    return client("secretsmanager").get_secret_value(SecretId=name)["SecretString"]


def handler(event, context):
    for value in settings_under("/orders/prod"):
        print(value)
    client("ssm").get_parameter(Name="/orders/flag", WithDecryption=True)
    key = client("kms").generate_data_key(KeyId="alias/orders", KeySpec="AES_256")
    client("kms").decrypt(CiphertextBlob=base64.b64decode(event["token"]))
    client(service="sqs").tag_queue(QueueUrl=event["queue"], Tags={"seen": "yes"})
    return secret("orders/database"), key
