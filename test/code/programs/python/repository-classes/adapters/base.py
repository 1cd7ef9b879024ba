import boto3


class DynamoRepository:
    resource = boto3.resource("dynamodb")

    def __init__(self, table_name):
        self.table = self.resource.Table(table_name)

    def everyone(self):
        start = None
        while True:
            arguments = {"ExclusiveStartKey": start} if start else {}
            page = self.table.scan(**arguments)
            yield from page["Items"]
            start = page.get("LastEvaluatedKey")
            if not start:
                return
