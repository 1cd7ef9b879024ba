/** One way of writing each: what it calls. */
import { describe, expect, test } from "vitest";
import { operationsOf, readText, written } from "./a-program.ts";

async function callsOf(...lines: string[]): Promise<string[]> {
  const { calls, unresolved } = await readText(lines.join("\n"));
  const told = calls.map(({ client, operation, confidence }) => `${client}.${operation}${confidence === "high" ? "" : ` (${confidence})`}`);
  return [...new Set([...told, ...unresolved.map(({ what }) => `? ${what}`)])];
}

describe("clients are known", () => {
  test.each([
    ["by another name of boto3", ["import boto3 as b", "b.client('s3').list_buckets()"]],
    ["by the function alone", ["from boto3 import client as make", "make('s3').list_buckets()"]],
    ["from a session", ["from boto3.session import Session", "Session(region_name='x').client('s3').list_buckets()"]],
    ["from botocore", ["import botocore.session", "botocore.session.get_session().create_client('s3').list_buckets()"]],
    [
      "from aiobotocore",
      [
        "from aiobotocore.session import get_session",
        "async def f():",
        "  async with get_session().create_client('s3') as c:",
        "    await c.list_buckets()",
      ],
    ],
    ["by the service's name as an argument", ["import boto3", "boto3.client(service_name='s3').list_buckets()"]],
    [
      "where boto3 may be missing",
      ["try:", "  import boto3", "except ImportError:", "  boto3 = None", "boto3.client('s3').list_buckets()"],
    ],
    ["where they may be None", ["import boto3", "def f(c=None):", "  c = c or boto3.client('s3')", "  c.list_buckets()"]],
    ["in a dictionary", ["import boto3", "cs = {}", "for n in ['s3', 'sqs']:", "  cs[n] = boto3.client(n)", "cs['s3'].list_buckets()"]],
    ["in a list", ["import boto3", "cs = []", "cs.append(boto3.client('s3'))", "[c.list_buckets() for c in cs]"]],
    ["in an expression that assigns", ["import boto3", "if (c := boto3.client('s3')): c.list_buckets()"]],
    ["in a lambda", ["import boto3", "make = lambda: boto3.client('s3')", "make().list_buckets()"]],
    ["under the name of a method", ["import boto3", "f = boto3.client('s3').list_buckets", "f()"]],
    ["under a method that nobody is seen to call", ["import boto3, lib", "lib.retry(boto3.client('s3').list_buckets)"]],
    ["by a name in a text", ["import boto3", "getattr(boto3.client('s3'), 'list_' + 'buckets')()"]],
    ["by the operation's own name", ["import boto3", "boto3.client('s3')._make_api_call('ListBuckets', {})"]],
    ["by type alone", ["def f(c: 'S3Client'):", "  c.list_buckets()"]],
    ["by a type of aiobotocore", ["from types_aiobotocore_s3 import S3Client", "async def f(c: S3Client):", "  await c.list_buckets()"]],
    ["in a class of a class", ["import boto3", "class A:", "  class B:", "    c = boto3.client('s3')", "A.B.c.list_buckets()"]],
    [
      "by way of a global",
      ["import boto3", "c = None", "def start():", "  global c", "  c = boto3.client('s3')", "def f():", "  start()", "  c.list_buckets()"],
    ],
    [
      "as the default of a field",
      [
        "import boto3",
        "from dataclasses import dataclass, field",
        "@dataclass",
        "class D:",
        "  c: object = field(default_factory=lambda: boto3.client('s3'))",
        "D().c.list_buckets()",
      ],
    ],
    [
      "by way of super()",
      [
        "import boto3",
        "class A:",
        "  def __init__(self, n): self.c = boto3.client(n)",
        "class B(A):",
        "  def __init__(self): super().__init__('s3')",
        "  def f(self): self.c.list_buckets()",
      ],
    ],
    ["in a thread", ["import boto3, threading", "threading.Thread(target=boto3.client('s3').list_buckets).start()"]],
    ["when imported by name", ["import importlib", "importlib.import_module('boto3').client('s3').list_buckets()"]],
  ])("%s", async (_, lines) => {
    expect(await callsOf(...lines)).toEqual(["s3.ListBuckets"]);
  });
});

describe("boto3's other ways are what they call:", () => {
  const s3 = "import boto3; s3 = boto3.client('s3'); r = boto3.resource('s3'); d = boto3.resource('dynamodb')";
  test.each([
    ["s3.get_waiter('bucket_exists').wait(Bucket='b')", ["s3.HeadBucket"]],
    ["s3.get_paginator('list_objects_v2')", ["s3.ListObjectsV2"]],
    ["s3.upload_file('f', 'b', 'k')", ["s3.PutObject", "s3.UploadPart"]],
    ["s3.download_fileobj('b', 'k', f)", ["s3.HeadObject", "s3.GetObject"]],
    ["s3.copy({'Bucket': 'a', 'Key': 'k'}, 'b', 'k')", ["s3.CopyObject"]],
    ["s3.generate_presigned_post('b', 'k')", ["s3.PutObject"]],
    ["s3.can_paginate('list_objects'); s3.close(); s3.exceptions.NoSuchKey; s3.meta.region_name", []],
    ["r.Bucket('b').upload_file('f', 'k')", ["s3.PutObject", "s3.UploadPart"]],
    ["r.Object('b', 'k').download_file('f')", ["s3.HeadObject", "s3.GetObject"]],
    ["r.Object('b', 'k').content_length", ["s3.HeadObject"]],
    ["r.Bucket('b').name", []],
    ["[o.key for o in r.Bucket('b').objects.all()]", ["s3.ListObjects"]],
    ["[o.get() for o in r.Bucket('b').objects.all()]", ["s3.ListObjects", "s3.GetObject"]],
    ["r.Bucket('b').Versioning().enable()", ["s3.PutBucketVersioning"]],
    ["d.Table('t').load()", ["dynamodb.DescribeTable"]],
    ["d.create_table(TableName='t').wait_until_exists()", ["dynamodb.CreateTable", "dynamodb.DescribeTable"]],
    ["boto3.resource('ec2').Instance('i').terminate()", ["ec2.TerminateInstances"]],
    ["boto3.resource('iam').Role('r').attach_policy(PolicyArn='p')", ["iam.AttachRolePolicy"]],
    ["boto3.client('rds').generate_db_auth_token('h', 5432, 'u')", ["rdsdb.connect"]],
    ["boto3.client('dsql').generate_db_connect_auth_token('h')", ["dsql.DbConnect"]],
    ["boto3.client('rds').describe_db_instances()", ["rds.DescribeDBInstances"]],
    ["boto3.client('nobody-knows-it').list_things_v2()", ["nobodyknowsit.ListThingsV2"]],
    ["s3.get_tomorrows_thing(Bucket='b')", ["s3.GetTomorrowsThing (medium)"]],
  ])("%s", async (line, calls) => {
    expect(await callsOf(s3, line)).toEqual(calls);
  });
});

describe("of what is not known, the form of the call tells:", () => {
  test.each([
    ["def f(table): table.put_item(Item={})", ["dynamodb.PutItem (medium)"]],
    ["def f(x): x.put_item(Item={})", ["dynamodb.PutItem (medium)"]],
    ["def f(self): self.s3_client.list_buckets()", ["s3.ListBuckets (medium)"]],
    ["def f(page): page.query(text='x'); page.scan(); page.publish('x'); page.list_buckets()", []],
    ["def f(x): x.tag_resource(ResourceArn='a', Tags=[])", ["? TagResource of a client that could not be told"]],
    ["import boto3\ns = boto3.client('sqs')\ndef f(c): c.send_message(QueueUrl='q')", ["sqs.SendMessage (medium)"]],
  ])("%s", async (text, calls) => {
    expect(await callsOf(text)).toEqual(calls);
  });
});

describe("what cannot be told is said:", () => {
  test.each([
    ["import boto3\ndef f(n): boto3.client(n).list_buckets(x=1)", "a client of a service whose name is put together at run time"],
    ["import boto3\ndef f(n): getattr(boto3, n)('s3')", "an operation of boto3 whose name is put together at run time"],
    ["import boto3\ndef f(n): getattr(boto3.client('s3'), n)()", "an operation of s3 whose name is put together at run time"],
    ["import boto3\ndef f(n): boto3.client('s3').get_paginator(n)", "an operation of s3 whose name is put together at run time"],
    ["def f(e): exec(e['code'])", "code that is put together at run time"],
    ["import subprocess\nsubprocess.run(['aws', 's3', 'ls'])", "the aws command"],
    ["import awswrangler as wr\nwr.s3.read_parquet('s3://b/k')", "what awswrangler calls"],
    ["import pandas as pd\npd.read_csv(f's3://{x}/k')", "what is read or written at an address of S3"],
    ["from botocore.auth import SigV4Auth\nSigV4Auth(c, 'lambda', 'r')", "a request that the code signs itself"],
  ])("%s", async (text, what) => {
    expect(await callsOf(text)).toEqual([`? ${what}`]);
  });

  test.each([
    "def f(o, n): return getattr(o, n)",
    "def f(o): return getattr(o, 'x', None)()",
    "import ast\ndef f(t): return ast.literal_eval(t)",
    "import re\ndef f(t): return re.compile(t).match(t)",
    "import pandas as pd\npd.read_csv('/tmp/x.csv')",
    "import subprocess\nsubprocess.run(['ffmpeg', '-i', 'aws.mp4'])",
    "exec('x = 1')",
    "import json\ndef f(b): return json.loads(b).get('client')",
  ])("nothing is said of %s", async (text) => {
    expect(await callsOf(text)).toEqual([]);
  });
});

test("credentials of another role make calls that are none of this role's", async () => {
  const text = `import boto3, os
sts = boto3.client("sts")
def keys(arn):
    c = sts.assume_role(RoleArn=arn, RoleSessionName="x")["Credentials"]
    return {"aws_access_key_id": c["AccessKeyId"], "aws_secret_access_key": c["SecretAccessKey"], "aws_session_token": c["SessionToken"]}
def handler(event, context):
    boto3.client("ec2", **keys(os.environ["ROLE"])).describe_instances()
    boto3.Session(**keys("arn:aws:iam::111122223333:role/b")).resource("s3").Bucket("b").delete()
    boto3.client("sqs", aws_access_key_id=os.environ["KEY"]).list_queues()
`;
  const summary = await readText(text, "app.handler");
  expect(operationsOf(summary)).toEqual(["sqs.ListQueues", "sts.AssumeRole"]);
  const roles = summary.calls.filter(({ operation }) => operation === "AssumeRole").map((call) => written(call)[0]);
  expect(roles).toEqual(expect.arrayContaining(["RoleArn=<ROLE>", "RoleArn=arn:aws:iam::111122223333:role/b"]));
  expect(summary.unresolved).toEqual([]);
});

test("a function that is only looked at is not called: its name is copied, it is asked what it is", async () => {
  const text = `import boto3, functools, inspect, logging, os
def guard(go):
    @functools.wraps(go)
    def inside(*args, **more):
        logging.info("%s", go)
        return go(*args, **more) if callable(go) and inspect.signature(go) else None
    return inside
class Store:
    def __init__(self, name): self.table = boto3.resource("dynamodb").Table(name)
    @guard
    def mark(self, key): self.table.update_item(Key=key)
def handler(event, context): Store(os.environ["MARKS"]).mark({"id": 1})
`;
  const { calls } = await readText(text, "app.handler");
  expect(calls.map((call) => [call.operation, ...written(call)])).toEqual([["UpdateItem", "TableName=<MARKS>", "Key=?"]]);
});
