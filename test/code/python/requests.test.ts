import { describe, expect, test } from "vitest";
import { codeNeed } from "../../../shared/permissions/need-code.ts";
import { anywhere, noEnvironment } from "../../../shared/permissions/need-request.ts";
import { readText, written } from "./a-program.ts";

/** Members of the one call that the lines make, of which something is known. */
async function membersOf(...lines: string[]): Promise<string[]> {
  const { calls } = await readText(
    ["import boto3, os", 'c = boto3.client("s3"); d = boto3.client("dynamodb"); r = boto3.resource("s3")', ...lines].join("\n"),
  );
  return calls.flatMap(written).filter((one) => !one.endsWith("=?"));
}

describe("texts are put together as the code does it:", () => {
  test.each([
    ["f\"a-{os.environ['X']}\"", "a-<X>"],
    ['"a-" + os.environ["X"] + "-b"', "a-<X>-b"],
    ['"a-%s-%d" % (os.environ["X"], 3)', "a-<X>-3"],
    ['"a-%(x)s" % {"x": os.getenv("X")}', "a-<X>"],
    ['"{}-{y}-{0}".format("a", y=os.environ.get("Y", "why"))', "a-<Y:-why>-a"],
    ['os.environ.get("X") or "other"', "<X:-other>"],
    ['"-".join(["a", os.environ["X"]])', "a-<X>"],
    ['"arn:aws:s3:::" "parts"', "arn:aws:s3:::parts"],
    ['str("plain")', "plain"],
    ['{"dev": "x", "prod": "prod-bucket"}["prod"]', "prod-bucket"],
    ['" Upper ".strip().lower()', "upper"],
    ['"a,b".split(",")[1]', "b"],
    ['f"{{literal}}"', "{literal}"],
    ['f"a{1 + 1:>3}"', "a?"],
    ["unknown_name", undefined],
    ['"x" * 3', undefined],
  ])("%s", async (expression, text) => {
    expect(await membersOf(`c.head_bucket(Bucket=${expression})`)).toEqual(text === undefined ? [] : [`Bucket=${text}`]);
  });
});

test("a member that may be one of two texts gives two calls", async () => {
  const lines = ["def handler(event, context):", "    name = 'one' if event else 'two'", "    c.head_bucket(Bucket=name)"];
  expect(await membersOf(...lines)).toEqual(["Bucket=one", "Bucket=two"]);
});

test("what may also be something else is said twice: with the text, and as not known", async () => {
  const { calls } = await readText(
    'import boto3\ndef handler(event, context):\n    boto3.client("s3").head_bucket(Bucket=event.x if event else "two")\n',
  );
  expect(calls.map(written)).toEqual([["Bucket=?"], ["Bucket=two"]]);
});

test("nested members and lists are named too", async () => {
  expect(
    await membersOf(
      'd.transact_write_items(TransactItems=[{"Put": {"TableName": "a", "Item": {}}}, {"Delete": {"TableName": "b", "Key": {}}}])',
    ),
  ).toEqual(["TableName=a", "TableName=b"]);
  expect(await membersOf('boto3.client("ssm").get_parameters(Names=["/a", "/b/" + os.environ["X"]])')).toEqual([
    "Names=/a",
    "Names=/b/<X>",
  ]);
  expect(await membersOf('d.batch_get_item(RequestItems={"a": {}, os.environ["T"]: {}})')).toEqual(["TableName=a", "TableName=<T>"]);
  expect(await membersOf('c.copy({"Bucket": "a", "Key": "x/y"}, "b", "z")')).toEqual(["CopySource=a/x/y", "Bucket=b", "Key=z"]);
});

test("identifiers of resources go into their calls", async () => {
  expect(await membersOf('r.Bucket("b").Object("k").Acl().put(ACL="private")')).toEqual(["Bucket=b", "Key=k", "ACL=private"]);
  expect(await membersOf('b = boto3.resource("dynamodb").Table("t")', "b.query(IndexName='i')")).toEqual(["TableName=t", "IndexName=i"]);
});

test("queues and topics that are asked for by name keep it", async () => {
  const queue = ["q = boto3.client('sqs')", "u = q.get_queue_url(QueueName='jobs')['QueueUrl']", "q.send_message(QueueUrl=u)"];
  expect(await membersOf(...queue)).toEqual(["QueueName=jobs", "QueueUrl=jobs"]);
  expect(await membersOf("boto3.resource('sqs').get_queue_by_name(QueueName='jobs').purge()")).toEqual(["QueueName=jobs", "QueueUrl=jobs"]);
  const topic = ["n = boto3.client('sns')", "a = n.create_topic(Name='news')['TopicArn']", "n.publish(TopicArn=a)"];
  expect(await membersOf(...topic)).toEqual(["Name=news", "TopicArn=news"]);
});

test("what people store is never kept: only that the member is there", async () => {
  const text = `import boto3
boto3.client("dynamodb").put_item(TableName="t", Item={"TableName": {"S": "sesame"}, "name": {"S": "sesame"}})
boto3.client("secretsmanager").put_secret_value(SecretId="s", SecretString="sesame")
boto3.client("s3").put_object(Bucket="b", Key="k", Body="sesame", Metadata={"BucketName": "sesame"}, ServerSideEncryption="aws:kms")
boto3.client("sns").publish(TopicArn="a", Message="sesame", MessageAttributes={"x": {"StringValue": "sesame"}})
boto3.client("dynamodb").execute_statement(Statement="UPDATE \\"t\\" SET name='sesame' WHERE id='sesame'")
boto3.client("lambda").invoke(FunctionName="f", Payload='{"Name": "sesame"}')
`;
  const { calls } = await readText(text);
  expect(JSON.stringify(calls)).not.toContain("sesame");
  expect(calls.map(written)).toEqual([
    ["TableName=t", "Item=?"],
    ["SecretId=s", "SecretString=?"],
    ["Bucket=b", "Key=k", "Body=?", "Metadata=?", "ServerSideEncryption=?"],
    ["TopicArn=a", "Message=?", "MessageAttributes=?"],
    ['Statement=UPDATE "t" '],
    ["FunctionName=f", "Payload=?"],
  ]);
});

describe("lists of a request", () => {
  /** `put x`, `update y`: each action of the transactions with what it is about, and how sure it is. */
  async function writesOf(...lines: string[]): Promise<string[]> {
    const body = lines.map((line) => `    ${line}`);
    const summary = await readText(
      ["import boto3, os", 'd = boto3.client("dynamodb")', "def handler(event, context):", ...body].join("\n"),
    );
    return codeNeed(summary, { place: anywhere, environment: noEnvironment, source: "code" }).needs.map(
      ({ action, resources, confidence }) =>
        `${action.replace("dynamodb:", "")} ${resources.map((arn) => arn.split("table/")[1]).join()}${confidence === "high" ? "" : "?"}`,
    );
  }
  const put = 'w = [{"Put": {"TableName": "a", "Item": {}}}]';
  const call = "d.transact_write_items(TransactItems=w)";

  test.each([
    ["put in one by one", ['for x in event: w.append({"Delete": {"TableName": "b"}})'], ["DeleteItem b", "PutItem a"]],
    ["of another list", ['w.extend([{"Update": {"TableName": t}} for t in ("b", "c")])'], ["PutItem a", "UpdateItem b", "UpdateItem c"]],
    ["added with +=", ['w += [{"Update": {"TableName": os.environ["T"]}}]'], ["PutItem a", `UpdateItem ${noEnvironment.unknown("T")}`]],
    ["joined", ['w = w + [{"ConditionCheck": {"TableName": "b"}}]'], ["ConditionCheckItem b", "PutItem a"]],
    ["spread", ['w = [*w, {"Delete": {"TableName": "b"}}]'], ["DeleteItem b", "PutItem a"]],
    ["taken in slices", ["while w:", "    now, w = w[:25], w[25:]", "    d.transact_write_items(TransactItems=now)"], ["PutItem a"]],
  ])("hold what is %s, each write with its own table", async (_, lines, expected) => {
    expect([...new Set(await writesOf(put, ...lines, call))].toSorted()).toEqual(expected);
  });

  test("that hold what is not told may hold any write", async () => {
    expect((await writesOf(put, "w.append(event)", call)).toSorted()).toEqual([
      "ConditionCheckItem *?",
      "DeleteItem *?",
      "PutItem *?",
      "PutItem a",
      "UpdateItem *?",
    ]);
  });
});

test("a slice of a text is not told, one of a list has its items", async () => {
  expect(await membersOf('c.head_bucket(Bucket="abcdef"[1:3])')).toEqual([]);
  expect(await membersOf('c.head_bucket(Bucket=[["one"], ["two"]][:1][0][0])')).toEqual(["Bucket=one", "Bucket=two"]);
});

test("what a class declares is what its objects were given", async () => {
  const lines = [
    "from dataclasses import dataclass",
    "import abc",
    "@dataclass",
    "class Inner:",
    "    name: str",
    "@dataclass",
    "class Outer(abc.ABC):",
    "    inner: Inner",
    "    def go(self): c.head_bucket(Bucket=self.inner.name)",
    'def handler(event, context): Outer(inner=Inner("given")).go()',
  ];
  const { calls } = await readText(["import boto3", 'c = boto3.client("s3")', ...lines].join("\n"));
  expect(calls.map(written)).toEqual([["Bucket=given"]]);
});

describe("the bus that events go to where none is named", () => {
  const busOf = async (...lines: string[]) => {
    const summary = await readText(["import boto3", 'bus = boto3.client("events")', "def handler(event, context):", ...lines].join("\n"));
    const { needs } = codeNeed(summary, { place: anywhere, environment: noEnvironment, source: "code" });
    return needs.flatMap(({ resources }) => resources.map((arn) => arn.split("/").at(-1)));
  };

  test.each([
    ["is that of the account", ["    bus.put_events(Entries=[{'Source': 'shop', 'Detail': event['d']}])"], "default"],
    ["is that of the account for lists made here", ["    bus.put_events(Entries=[{'Source': s} for s in event])"], "default"],
    ["is not known where the entry may say another", ["    bus.put_events(Entries=[{'EventBusName': event['bus']}])"], "*"],
    ["is not known of entries from elsewhere", ["    bus.put_events(Entries=event['entries'])"], "*"],
    ["is not known where one entry is not", ["    bus.put_events(Entries=[{'Source': 'shop'}, event])"], "*"],
    ["is not known where members are joined", ["    bus.put_events(Entries=[{'Source': 'shop', **event}])"], "*"],
    ["is not known where arguments are", ["    bus.put_events(**event)"], "*"],
  ])("%s", async (_, lines, name) => {
    expect(await busOf(...lines)).toEqual([name]);
  });
});

describe("an entry that a dictionary has on one way only", () => {
  const read = async (...lines: string[]) => {
    const { calls } = await readText(["import boto3", 'c = boto3.client("s3")', "def handler(event, context):", ...lines].join("\n"));
    return calls.map((call) => `${call.operation} ${written(call).join(" ")}`);
  };
  const asked = '    ask = {"Bucket": "b"}';
  const perhaps = ["    if event:", '        ask["VersionId"] = "v1"'];

  test("gives a request with it and one without", async () => {
    expect(await read(asked, ...perhaps, "    c.head_object(**ask)")).toEqual(["HeadObject Bucket=b VersionId=v1", "HeadObject Bucket=b"]);
  });

  test("also by way of another dictionary, of a transfer and of a signed address", async () => {
    expect(await read(asked, ...perhaps, '    c.head_object(**{"Prefix": "p", **ask})')).toHaveLength(2);
    expect(await read(asked, ...perhaps, '    c.download_file(Key="k", Filename="f", ExtraArgs=ask, Bucket="b")')).toHaveLength(4);
    expect(await read(asked, ...perhaps, '    c.generate_presigned_url("get_object", ask)')).toEqual([
      "GetObject Bucket=b VersionId=v1",
      "GetObject Bucket=b",
    ]);
  });

  test("leaves a parameter what it is without being given", async () => {
    const own = ["    def go(Bucket, VersionId='v0'): c.head_object(Bucket=Bucket, VersionId=VersionId)", "    go(**ask)"];
    expect(await read(asked, ...perhaps, ...own)).toEqual(["HeadObject Bucket=b VersionId=v1", "HeadObject Bucket=b VersionId=v0"]);
  });

  test("does not hide what was put there before", async () => {
    expect(await read(asked, ...perhaps, '    c.head_object(**{"VersionId": "v0", **ask})')).toEqual([
      "HeadObject VersionId=v0 Bucket=b",
      "HeadObject VersionId=v1 Bucket=b",
    ]);
  });
});

test("the address of a WebSocket API is kept with what is asked there, that of other services is not", async () => {
  const { calls } = await readText(
    [
      "import boto3, os",
      'boto3.client("apigatewaymanagementapi", endpoint_url=os.environ["CHAT"]).delete_connection(ConnectionId="c")',
      'boto3.client("sqs", endpoint_url="http://localhost:9324").list_queues()',
    ].join("\n"),
  );
  expect(calls.map((call) => [call.operation, ...written(call)])).toEqual([
    ["DeleteConnection", "ConnectionId=c", "EndpointUrl=<CHAT>"],
    ["ListQueues"],
  ]);
});

describe("one of several things is each of them:", () => {
  const names = '["one", "two"]';
  test.each([
    ["picked at random", `random.choice(${names})`],
    ["the first of some picked", `random.choices(${names}, k=1)[0]`],
    ["of the keys of a dictionary", "random.choice(list({'one': 1, 'two': 2}.keys()))"],
    ["of two lists in a row", "next(iter(itertools.chain(['one'], ['two'])))"],
    ["of lists in a list", "[x for x in itertools.chain.from_iterable([['one'], ['two']])][0]"],
    ["of those that come again and again", `next(itertools.cycle(${names}))`],
    ["of every pair", `[pair[0] for pair in itertools.product(${names}, [1, 2])][0]`],
    ["of a queue", `collections.deque(${names})[0]`],
  ])("%s", async (_, expression) => {
    expect(await membersOf("import collections, itertools, random", `c.head_bucket(Bucket=${expression})`)).toEqual([
      "Bucket=one",
      "Bucket=two",
    ]);
  });
});

test("what could not be told of a list, or of the tables of a batch, is kept beside what could", async () => {
  const { calls } = await readText(
    `import boto3
def handler(event, context):
    boto3.client("ssm").get_parameters(Names=["/a", event["n"]])
    boto3.client("dynamodb").batch_get_item(RequestItems={"b": {}, event["t"]: {}})
    boto3.client("ssm").get_parameters(Names=["/c"])
    boto3.client("dynamodb").batch_get_item(RequestItems={"d": {}})
`,
  );
  expect(calls.map((call) => written(call).filter((one) => /^(Names|TableName)=/.test(one)))).toEqual([
    ["Names=/a", "Names=?"],
    ["TableName=b", "TableName=?"],
    ["Names=/c"],
    ["TableName=d"],
  ]);
});
