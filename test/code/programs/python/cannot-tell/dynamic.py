import boto3

s3 = boto3.client("s3")
settings = {"retries": 3}


def generic(service, operation, arguments):
    return getattr(boto3.client(service), operation)(**arguments)


def handler(event, context):
    retries = getattr(event, "retries", settings["retries"])
    names = getattr(context, event["which"], None)
    generic(event["service"], event["operation"], event["arguments"])
    getattr(s3, "list_" + "buckets")()
    getattr(s3, event["operation"])(Bucket="reports")
    for _ in range(retries):
        boto3.client("dynamodb").put_item(TableName="calls", Item={"name": {"S": names}})
