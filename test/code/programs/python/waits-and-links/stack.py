import time
import boto3

REGION = "eu-west-1"
session = boto3.Session(region_name=REGION)
cloudformation, athena, ecs, s3 = (session.client(n) for n in ["cloudformation", "athena", "ecs", "s3"])
BUCKET = "results-" + REGION


class Query:
    client = athena

    def __init__(self, sql):
        self.id = self.client.start_query_execution(
            QueryString=sql, WorkGroup="reports", ResultConfiguration={"OutputLocation": f"s3://{BUCKET}/athena/"}
        )["QueryExecutionId"]

    def wait(self):
        while self.client.get_query_execution(QueryExecutionId=self.id)["QueryExecution"]["Status"]["State"] == "RUNNING":
            time.sleep(1)
        return self

    @property
    def rows(self):
        return self.client.get_query_results(QueryExecutionId=self.id)["ResultSet"]["Rows"]


def handler(event, context):
    cloudformation.create_stack(StackName="copy", TemplateURL="https://example.com/t.yaml", RoleARN="arn:aws:iam::111122223333:role/deploy")
    waiter = cloudformation.get_waiter("stack_create_complete")
    waiter.wait(StackName="copy", WaiterConfig={"Delay": 5})
    rows = Query("SELECT 1").wait().rows
    ecs.run_task(cluster="jobs", taskDefinition="import:3", launchType="FARGATE", count=len(rows))
    s3.get_waiter("object_exists").wait(Bucket=BUCKET, Key="athena/done")
    link = s3.generate_presigned_url(ClientMethod="get_object", Params={"Bucket": BUCKET, "Key": "athena/done"}, ExpiresIn=60)
    form = s3.generate_presigned_post(BUCKET, "uploads/${filename}")
    return link, form
