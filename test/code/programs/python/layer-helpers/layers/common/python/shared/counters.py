import boto3


class Counter(object):
    def __init__(self):
        table = boto3.client("ssm").get_parameter(Name="/counters/table")["Parameter"]["Value"]
        self.table = boto3.resource("dynamodb").Table(table)

    def up(self, name):
        self.table.update_item(Key={"name": name}, UpdateExpression="ADD n :one", ExpressionAttributeValues={":one": 1})

    def drop(self, name):
        self.table.delete_item(Key={"name": name})
