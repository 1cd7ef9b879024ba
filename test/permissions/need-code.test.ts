import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { actionOf } from "../../shared/data/action-table.ts";
import { operationRowCount } from "../../shared/data/operation-actions.ts";
import { servicePrefixOf } from "../../shared/data/sdk-services.ts";
import type { SdkCall } from "../../shared/model/code.ts";
import { actionsAsked } from "../../shared/permissions/need-actions.ts";
import { codeNeed } from "../../shared/permissions/need-code.ts";
import { anywhere, noEnvironment, requestOf } from "../../shared/permissions/need-request.ts";
import { aCall, aSummary, aText } from "./a-call.ts";

const offline = { place: anywhere, environment: noEnvironment, source: "code" } as const;
const at = { partition: "aws", region: "eu-west-1", account: "111122223333" };

/** A variable that a person fills in. */
const variable = (name: string) => `\${env:${name}}`;

/** `ACTION RESOURCE, RESOURCE` of each need. */
function needed(...calls: readonly SdkCall[]): string[] {
  return codeNeed(aSummary(calls), offline).needs.map(({ action, resources }) => `${action} ${resources.join(", ")}`);
}

describe("clients of SDKs", () => {
  test.each([
    ["cloudwatchlogs", "logs"],
    ["logs", "logs"],
    ["SFN", "states"],
    ["stepfunctions", "states"],
    ["eventbridge", "events"],
    ["cloudwatchevents", "events"],
    ["iotdataplane", "iot"],
    ["iot-data", "iot"],
    ["elasticloadbalancingv2", "elasticloadbalancing"],
    ["elbv2", "elasticloadbalancing"],
    ["apigatewaymanagementapi", "execute-api"],
    ["sesv2", "ses"],
    ["s3control", "s3"],
    ["bedrockruntime", "bedrock"],
    ["dynamodbstreams", "dynamodb"],
    ["rdsdata", "rds-data"],
    ["cognitoidentityserviceprovider", "cognito-idp"],
    ["efs", "elasticfilesystem"],
    ["pinpoint", "mobiletargeting"],
    ["opensearch", "es"],
  ])("%s is %s", (client, prefix) => {
    expect(servicePrefixOf(client)).toBe(prefix);
  });

  test("that no SDK has are unknown", () => {
    expect(servicePrefixOf("stripe")).toBeUndefined();
  });
});

test("nearly every command of the installed SDK asks actions that the table knows; what is left is named as unknown", () => {
  const folder = join(import.meta.dirname, "..", "..", "node_modules", "@aws-sdk");
  const clients = readdirSync(folder).filter((name) => name.startsWith("client-"));
  const commands = clients.flatMap((name) =>
    readdirSync(join(folder, name, "dist-types", "commands")).flatMap((file) => {
      const operation = /^(\w+)Command\.d\.ts$/.exec(file)?.[1];
      return operation ? [aCall(`${name.slice("client-".length).replaceAll("-", "")}:${operation}`)] : [];
    }),
  );
  const unknown = commands.filter((call) => actionsAsked(call, requestOf(call, noEnvironment, anywhere)) === undefined);
  expect(commands.length).toBeGreaterThan(3000);
  expect(unknown.length / commands.length).toBeLessThan(0.025);
  const shortfall = unknown.filter(({ client }) =>
    ["s3", "lambda", "sqs", "sns", "secretsmanager", "kinesis", "sfn", "eventbridge"].includes(client),
  );
  expect(shortfall).toEqual([]);
});

test("there are rows for what is called otherwise than its action", () => {
  expect(operationRowCount).toBeGreaterThan(200);
});

describe("what a call needs", () => {
  test.each([
    ["a table by name", aCall("dynamodb:GetItem", { TableName: "orders" }), ["dynamodb:GetItem arn:aws:dynamodb:*:*:table/orders"]],
    [
      "an index, and not its table",
      aCall("dynamodb:Query", { TableName: aText("$TABLE"), IndexName: "byDate" }),
      [`dynamodb:Query arn:aws:dynamodb:*:*:table/${variable("TABLE")}/index/byDate`],
    ],
    [
      "what a transaction writes, each to its own table",
      {
        ...aCall("dynamodb:TransactWriteItems"),
        parameters: [
          ["TransactItems"],
          ["Put"],
          ["TableName", "orders"],
          ["Update"],
          ["TableName", "stock"],
          ["Delete"],
          ["TableName", "?"],
        ].map(([name = "", text = "?"]) => ({ name, value: aText(text) })),
      },
      [
        "dynamodb:PutItem arn:aws:dynamodb:*:*:table/orders",
        "dynamodb:UpdateItem arn:aws:dynamodb:*:*:table/stock",
        "dynamodb:DeleteItem arn:aws:dynamodb:*:*:table/*",
      ],
    ],
    [
      "anything more of a transaction that holds what could not be told",
      {
        ...aCall("dynamodb:TransactWriteItems"),
        parameters: [["TransactItems"], ["Put"], ["TableName", "orders"], ["TransactItems"]].map(([name = "", text = "?"]) => ({
          name,
          value: aText(text),
        })),
      },
      [
        "dynamodb:PutItem arn:aws:dynamodb:*:*:table/orders",
        ...["PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"].map((action) => `dynamodb:${action} arn:aws:dynamodb:*:*:table/*`),
      ],
    ],
    [
      "what a transaction writes, to any of its tables where it does not say which",
      aCall("dynamodb:TransactWriteItems", { TableName: ["orders", "stock"], Put: aText("?"), Update: aText("?") }),
      [
        "dynamodb:PutItem arn:aws:dynamodb:*:*:table/orders, arn:aws:dynamodb:*:*:table/stock",
        "dynamodb:UpdateItem arn:aws:dynamodb:*:*:table/orders, arn:aws:dynamodb:*:*:table/stock",
      ],
    ],
    [
      "the verb of a PartiQL statement, with its table",
      aCall("dynamodb:ExecuteStatement", { Statement: "UPDATE \"orders\" SET a=1 WHERE id='x'" }),
      ["dynamodb:PartiQLUpdate arn:aws:dynamodb:*:*:table/orders"],
    ],
    [
      "an object by what is known of its key",
      aCall("s3:HeadObject", { Bucket: "in", Key: aText("u/", "?", ".json") }),
      ["s3:GetObject arn:aws:s3:::in/u/*.json"],
    ],
    [
      "a version of an object",
      aCall("s3:GetObject", { Bucket: "in", Key: "a", VersionId: "1" }),
      ["s3:GetObjectVersion arn:aws:s3:::in/a"],
    ],
    ["a bucket for its list", aCall("s3:ListObjectsV2", { Bucket: "in" }), ["s3:ListBucket arn:aws:s3:::in"]],
    ["no resource for the list of buckets", aCall("s3:ListBuckets"), ["s3:ListAllMyBuckets *"]],
    [
      "two objects for a copy",
      aCall("s3:CopyObject", { CopySource: "/from/a%20b", Bucket: "to", Key: "c" }),
      ["s3:GetObject arn:aws:s3:::from/a b", "s3:PutObject arn:aws:s3:::to/c"],
    ],
    [
      "the list of an object's settings",
      aCall("s3:PutObject", { Bucket: "b", Key: "k", ACL: "private", Tagging: "a=b" }),
      ["s3:PutObject arn:aws:s3:::b/k", "s3:PutObjectAcl arn:aws:s3:::b/k", "s3:PutObjectTagging arn:aws:s3:::b/k"],
    ],
    [
      "objects of an access point",
      aCall("s3:GetObject", { Bucket: "arn:aws:s3:eu-west-1:111122223333:accesspoint/ap", Key: "k" }),
      ["s3:GetObject arn:aws:s3:eu-west-1:111122223333:accesspoint/ap/object/k"],
    ],
    [
      "the queue of a URL, for a batch as for one",
      aCall("sqs:SendMessageBatch", { QueueUrl: "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs" }),
      ["sqs:SendMessage arn:aws:sqs:eu-west-1:111122223333:jobs"],
    ],
    ["no topic for a text message", aCall("sns:Publish", { PhoneNumber: "+15550100" }), ["sns:Publish *"]],
    [
      "an alias of a function",
      aCall("lambda:Invoke", { FunctionName: "pay", Qualifier: "live" }),
      ["lambda:InvokeFunction arn:aws:lambda:*:*:function:pay:live"],
    ],
    [
      "a function of another account",
      aCall("lambda:Invoke", { FunctionName: "444455556666:function:pay" }),
      ["lambda:InvokeFunction arn:aws:lambda:*:444455556666:function:pay"],
    ],
    [
      "a secret with the six characters of its ARN open",
      aCall("secretsmanager:GetSecretValue", { SecretId: "prod/db" }),
      ["secretsmanager:GetSecretValue arn:aws:secretsmanager:*:*:secret:prod/db-??????"],
    ],
    [
      "a parameter without its first slash",
      aCall("ssm:GetParameter", { Name: "/app/key" }),
      ["ssm:GetParameter arn:aws:ssm:*:*:parameter/app/key"],
    ],
    [
      "everything under a path",
      aCall("ssm:GetParametersByPath", { Path: "/app/" }),
      ["ssm:GetParametersByPath arn:aws:ssm:*:*:parameter/app, arn:aws:ssm:*:*:parameter/app/*"],
    ],
    [
      "any key for an alias, which a resource cannot name",
      aCall("kms:Decrypt", { KeyId: "alias/app" }),
      ["kms:Decrypt arn:aws:kms:*:*:key/*"],
    ],
    [
      "anything, where what is given is something else's",
      aCall("kms:Decrypt", { KeyId: "arn:aws:sns:eu-west-1:111122223333:orders" }),
      ["kms:Decrypt *"],
    ],
    [
      "both keys of a re-encryption",
      aCall("kms:ReEncrypt", { SourceKeyId: "a", DestinationKeyId: "b" }),
      ["kms:ReEncryptFrom arn:aws:kms:*:*:key/a", "kms:ReEncryptTo arn:aws:kms:*:*:key/b"],
    ],
    ["the default bus where none is named", aCall("eventbridge:PutEvents"), ["events:PutEvents arn:aws:events:*:*:event-bus/default"]],
    [
      "the sender's address and domain",
      aCall("sesv2:SendEmail", { FromEmailAddress: "Shop <no-reply@example.com>" }),
      ["ses:SendEmail arn:aws:ses:*:*:identity/example.com, arn:aws:ses:*:*:identity/no-reply@example.com"],
    ],
    [
      "a model behind a profile, in any Region",
      aCall("bedrockruntime:Converse", { modelId: "eu.amazon.nova-lite-v1:0" }),
      [
        "bedrock:InvokeModel arn:aws:bedrock:*:*:inference-profile/eu.amazon.nova-lite-v1:0, arn:aws:bedrock:*::foundation-model/amazon.nova-lite-v1:0",
      ],
    ],
    [
      "connections of a WebSocket API",
      aCall("apigatewaymanagementapi:PostToConnection"),
      ["execute-api:ManageConnections arn:aws:execute-api:*:*:*/*/POST/@connections/*"],
    ],
    [
      "a verb for API Gateway",
      aCall("apigateway:UpdateStage", { restApiId: "abc" }),
      ["apigateway:PATCH arn:aws:apigateway:*::/restapis/abc, arn:aws:apigateway:*::/restapis/abc/*"],
    ],
    [
      "the secret that the Data API reads for the caller",
      aCall("rdsdata:ExecuteStatement", { resourceArn: "arn:aws:rds:eu-west-1:111122223333:cluster:c", secretArn: aText("$SECRET") }),
      ["rds-data:ExecuteStatement arn:aws:rds:eu-west-1:111122223333:cluster:c", `secretsmanager:GetSecretValue ${variable("SECRET")}`],
    ],
    [
      "a login for Redshift",
      aCall("redshiftdata:ExecuteStatement", { ClusterIdentifier: "c", Database: "d", DbUser: "u" }),
      [
        "redshift-data:ExecuteStatement arn:aws:redshift:*:*:cluster:c",
        "redshift:GetClusterCredentials arn:aws:redshift:*:*:dbname:c/d, arn:aws:redshift:*:*:dbuser:c/u",
      ],
    ],
    [
      "the role that is handed over",
      aCall("scheduler:CreateSchedule", { Name: "n", RoleArn: "arn:aws:iam::111122223333:role/x" }),
      ["scheduler:CreateSchedule arn:aws:scheduler:*:*:schedule/default/n", "iam:PassRole arn:aws:iam::111122223333:role/x"],
    ],
    [
      "the role that is taken, and does not hand it over",
      aCall("sts:AssumeRole", { RoleArn: "arn:aws:iam::111122223333:role/x" }),
      ["sts:AssumeRole arn:aws:iam::111122223333:role/x"],
    ],
    [
      "the roles of a task definition",
      aCall("ecs:RunTask", { taskDefinition: "job" }),
      ["ecs:RunTask arn:aws:ecs:*:*:task-definition/job:*", "iam:PassRole arn:aws:iam::*:role/*"],
    ],
    [
      "an operation in boto3's spelling",
      aCall("rds:DescribeDbInstances", { DBInstanceIdentifier: "main" }),
      ["rds:DescribeDBInstances arn:aws:rds:*:*:db:main"],
    ],
    [
      "endpoints, where the SDK asks for them first",
      aCall("timestreamwrite:WriteRecords", { DatabaseName: "d", TableName: "t" }),
      ["timestream:WriteRecords arn:aws:timestream:*:*:database/d/table/t", "timestream:DescribeEndpoints *"],
    ],
  ])("%s", (_, call, expected) => {
    expect(needed(call)).toEqual(expected);
  });

  test("nothing, where AWS asks no permission", () => {
    expect(
      needed(aCall("sts:GetCallerIdentity"), aCall("cognitoidentityprovider:InitiateAuth"), aCall("dynamodb:DescribeEndpoints")),
    ).toEqual([]);
  });

  test("each of several when the request does not say which, with less confidence", () => {
    const { needs } = codeNeed(aSummary([aCall("dynamodb:TransactWriteItems")]), offline);
    expect(needs.map(({ action, confidence }) => `${action} ${confidence}`)).toEqual([
      "dynamodb:PutItem medium",
      "dynamodb:UpdateItem medium",
      "dynamodb:DeleteItem medium",
      "dynamodb:ConditionCheckItem medium",
    ]);
  });

  test("says of an operation without a known action that it does not know it, and drops nothing", () => {
    const { needs, unresolved } = codeNeed(
      aSummary([aCall("s3:InventedYesterday"), aCall("stripe:Charge")], {
        unresolved: [{ what: "a client of a name put together at run time", at: "src/a.mjs:3" }],
        unread: [{ file: "src/b.mjs", why: "unexpected token" }],
      }),
      offline,
    );
    expect(needs).toEqual([]);
    expect(unresolved).toEqual([
      "what s3 InventedYesterday at src/orders.mjs:7 asks of IAM is not known",
      "what stripe Charge at src/orders.mjs:7 asks of IAM is not known",
      "a client of a name put together at run time at src/a.mjs:3",
      "src/b.mjs could not be read: unexpected token",
    ]);
  });

  test("counts a layer's calls as weaker evidence", () => {
    const { needs } = codeNeed(aSummary([aCall("sqs:SendMessage", { QueueUrl: "https://sqs.eu-west-1.amazonaws.com/111122223333/q" })]), {
      ...offline,
      source: "layer",
    });
    expect(needs[0]).toMatchObject({ source: "layer", confidence: "medium" });
  });

  test("names only actions of the table", () => {
    const calls = [
      aCall("s3:CopyObject"),
      aCall("athena:StartQueryExecution", { QueryString: "q", OutputLocation: "s3://b/p" }),
      aCall("textract:AnalyzeDocument", { Bucket: "b", Name: "n" }),
    ];
    const { needs } = codeNeed(aSummary(calls), offline);
    expect(needs.length).toBeGreaterThan(6);
    for (const { action } of needs) expect(actionOf(action)?.name).toBe(action);
  });
});

describe("variables of the environment", () => {
  test("within an ARN keep its name, and the Region that Lambda says is any", () => {
    const topic = aText("arn:aws:sns:", "$AWS_REGION", ":", "$ACCOUNT_ID", ":news");
    const machine = aText("arn:aws:states:", "$AWS_DEFAULT_REGION", ":*:stateMachine:orders-", "$STAGE");
    expect(needed(aCall("sns:Publish", { TopicArn: topic }), aCall("sfn:StartExecution", { stateMachineArn: machine }))).toEqual([
      `sns:Publish arn:aws:sns:*:${variable("ACCOUNT_ID")}:news`,
      `states:StartExecution arn:aws:states:*:*:stateMachine:orders-${variable("STAGE")}`,
    ]);
  });

  const environment = {
    value: (name: string) =>
      ({ QUEUE: "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs", TABLE: "arn:aws:dynamodb:eu-west-1:111122223333:table/orders" })[
        name
      ],
    isUnset: (name: string) => name === "BUCKET",
    unknown: () => "*",
  };
  const resources = (call: SdkCall) =>
    codeNeed(aSummary([call]), { place: at, environment, source: "code", encryption: () => ({ atRest: "other" }) }).needs[0]?.resources;

  test("that hold a URL or an ARN name the resource", () => {
    expect(resources(aCall("sqs:SendMessage", { QueueUrl: aText("$QUEUE") }))).toEqual(["arn:aws:sqs:eu-west-1:111122223333:jobs"]);
    expect(resources(aCall("dynamodb:Query", { TableName: aText("$TABLE"), IndexName: "i" }))).toEqual([
      "arn:aws:dynamodb:eu-west-1:111122223333:table/orders/index/i",
    ]);
  });
  test("that stand in a name give their resource's name", () => {
    expect(resources(aCall("dynamodb:GetItem", { TableName: aText("$TABLE", "-archive") }))).toEqual([
      "arn:aws:dynamodb:eu-west-1:111122223333:table/orders-archive",
    ]);
  });
  test("whose value is not known leave the name open, in the function's account and Region", () => {
    expect(resources(aCall("sns:Publish", { TopicArn: aText("$OTHER") }))).toEqual(["arn:aws:sns:eu-west-1:111122223333:*"]);
  });
  test("that are not set leave what the code takes instead", () => {
    expect(resources(aCall("s3:ListObjectsV2", { Bucket: [{ environment: "BUCKET", otherwise: "fallback" }] }))).toEqual([
      "arn:aws:s3:::fallback",
    ]);
    expect(resources(aCall("s3:ListObjectsV2", { Bucket: [{ environment: "OTHER", otherwise: "fallback" }] }))).toEqual(["arn:aws:s3:::*"]);
  });
});

describe("Id and Name alone are those of what the operation is called after", () => {
  test.each([
    ["cloudfront:GetDistribution", { Id: "E1" }, "arn:aws:cloudfront::*:distribution/E1"],
    ["cloudfront:GetDistributionConfig", { Id: "E1" }, "arn:aws:cloudfront::*:distribution/E1"],
    ["codepipeline:GetPipelineState", { name: "release" }, "arn:aws:codepipeline:*:*:release"],
    ["kendra:DescribeExperience", { Id: "x", IndexId: "i" }, "arn:aws:kendra:*:*:index/i/experience/x"],
    ["databrew:DeleteProject", { Name: "p" }, "arn:aws:databrew:*:*:project/p"],
  ])("%s", (operation, members, arn) => {
    expect(needed(aCall(operation, members)).flatMap((need) => need.split(/,? /))).toContain(arn);
  });

  test("not where the name is what the thing shall be called from now on", () => {
    expect(needed(aCall("quicksight:UpdateFolder", { Name: "new", FolderId: "f" })).join()).not.toContain("new");
  });

  test("not where another thing is in the operation's name", () => {
    expect(needed(aCall("route53:DeleteKeySigningKey", { Name: "k" }))).toEqual([
      "route53:DeleteKeySigningKey arn:aws:route53:::hostedzone/*",
    ]);
  });
});

describe("of a WebSocket API, the address that the client was given tells", () => {
  const posted = (...address: string[]) => needed(aCall("apigatewaymanagementapi:PostToConnection", { EndpointUrl: aText(...address) }));
  const arn = (path: string) => [`execute-api:ManageConnections arn:aws:execute-api:*:*:${path}/POST/@connections/*`];

  test("which it is, and which stage", () => {
    expect(posted("https://a1b2c3.execute-api.eu-west-1.amazonaws.com/live")).toEqual(arn("a1b2c3/live"));
    expect(posted("https://a1b2c3.execute-api.eu-west-1.amazonaws.com")).toEqual(arn("a1b2c3/*"));
    expect(posted("https://", "$API", ".execute-api.eu-west-1.amazonaws.com/", "$STAGE")).toEqual(
      arn(`${variable("API")}/${variable("STAGE")}`),
    );
  });

  test("nothing where it is a name of one's own, or comes out of an event", () => {
    expect(posted("https://chat.example.com/live")).toEqual(arn("*/*"));
    expect(posted("https://", "?", "/", "?")).toEqual(arn("*/*"));
    expect(posted("$ENDPOINT")).toEqual(arn("*/*"));
  });
});

describe("files that Bedrock reads and writes for the caller", () => {
  const [bucket, below] = ["arn:aws:s3:::clips", "arn:aws:s3:::clips/new/*"];

  test("are put where an invocation that goes on by itself is told to", () => {
    expect(needed(aCall("bedrockruntime:StartAsyncInvoke", { modelId: "amazon.nova-reel-v1:1", s3Uri: "s3://clips/new" }))).toEqual([
      "bedrock:InvokeModel arn:aws:bedrock:*::foundation-model/amazon.nova-reel-v1:1",
      `s3:PutObject ${below}`,
    ]);
  });

  test("are read and put where documents are taken apart", () => {
    const call = aCall("bedrockdataautomationruntime:InvokeDataAutomationAsync", { s3Uri: ["s3://clips/a.pdf", "s3://clips/new"] });
    const found = needed(call).map((need) => need.split(" ")[0]);
    expect(found).toEqual(["bedrock:InvokeDataAutomationAsync", "s3:GetObject", "s3:PutObject"]);
    expect(needed(call)[1]).toContain(`${bucket}/a.pdf`);
  });

  test("ask for nothing where none is named", () => {
    expect(needed(aCall("bedrockruntime:StartAsyncInvoke", { modelId: "m" }))).toHaveLength(1);
  });
});

test("a trail of CloudTrail is called by its name alone", () => {
  expect(needed(aCall("cloudtrail:StartLogging", { Name: "all" }))).toEqual(["cloudtrail:StartLogging arn:aws:cloudtrail:*:*:trail/all"]);
});

test("a profile of Bedrock by its ARN asks for the models behind it too", () => {
  const profile = "arn:aws:bedrock:eu-west-1:111122223333:inference-profile/eu.amazon.nova-lite-v1:0";
  expect(needed(aCall("bedrockruntime:InvokeModel", { modelId: profile }))).toEqual([
    `bedrock:InvokeModel arn:aws:bedrock:*::foundation-model/amazon.nova-lite-v1:0, ${profile}`,
  ]);
});

test.each([
  ["that nobody could tell", "?"],
  ["out of a variable that is not known", "$MODEL_ID"],
])("a model of Bedrock %s may be a profile, or a model of one's own", (_, modelId) => {
  expect(needed(aCall("bedrockruntime:Converse", { modelId }))).toEqual([
    "bedrock:InvokeModel arn:aws:bedrock:*:*:*, arn:aws:bedrock:*::foundation-model/*",
  ]);
});

test("a profile of one's own asks for models that its ARN does not name, a model of one's own for none", () => {
  const [profile, model] = ["application-inference-profile/abc", "provisioned-model/abc"].map(
    (id) => `arn:aws:bedrock:eu-west-1:111122223333:${id}`,
  );
  expect(needed(aCall("bedrockruntime:InvokeModel", { modelId: profile ?? "" }))).toEqual([
    `bedrock:InvokeModel arn:aws:bedrock:*::foundation-model/*, ${profile}`,
  ]);
  expect(needed(aCall("bedrockruntime:InvokeModel", { modelId: model ?? "" }))).toEqual([`bedrock:InvokeModel ${model}`]);
});

test.each([
  ["that is not known", { FunctionName: "pay", Qualifier: "?" }, "arn:aws:lambda:*:*:function:pay:*"],
  ["of a function that a variable names", { FunctionName: "$PAY", Qualifier: "live" }, `arn:aws:lambda:*:*:function:\${env:PAY}:live`],
])("a version of a function %s is asked for as one", (_, members, resource) => {
  expect(needed(aCall("lambda:Invoke", members))).toEqual([`lambda:InvokeFunction ${resource}`]);
});

test("what could not be told of a list is asked for beside what could", () => {
  expect(needed(aCall("ssm:GetParameters", { Names: ["/a", "?"] }))).toEqual([
    "ssm:GetParameters arn:aws:ssm:*:*:parameter/*, arn:aws:ssm:*:*:parameter/a",
  ]);
});
