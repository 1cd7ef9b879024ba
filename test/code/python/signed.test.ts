import { describe, expect, test } from "vitest";
import { readText } from "./a-program.ts";

/** `client.Operation`, and `? service: why` for what is open. */
async function found(...lines: string[]): Promise<string[]> {
  const { calls, unresolved } = await readText(["import boto3, os", ...lines].join("\n"));
  return [
    ...calls.map(({ client, operation }) => `${client}.${operation}`),
    ...unresolved.map(({ what, client }) => `? ${client ?? "anything"}: ${what}`),
  ];
}

const keys = "keys = boto3.Session().get_credentials().get_frozen_credentials()";
const signed = "a request that the code signs itself";

describe("a request that the code signs itself asks for", () => {
  test.each([
    ["requests_aws4auth", "AWS4Auth(keys.access_key, keys.secret_key, 'r', 'execute-api', session_token=keys.token)", "executeapi.Invoke"],
    ["httpx_auth", "AWS4Auth(access_id=keys.access_key, secret_key=keys.secret_key, region='r', service='appsync')", "appsync.GraphQL"],
    ["aws_requests_auth.boto_utils", "BotoAWSRequestsAuth(aws_host='h', aws_region='r', aws_service='execute-api')", "executeapi.Invoke"],
    ["opensearchpy", "AWSV4SignerAuth(keys, 'r', 'aoss')", "aoss.APIAccessAll"],
    ["botocore.auth", "SigV4Auth(keys, 'vpc-lattice-svcs', 'r')", "vpclatticesvcs.Invoke"],
    ["requests_auth_aws_sigv4", "AWSSigV4('osis')", "osis.Ingest"],
  ])("the one action of the service, signed by %s", async (module, line, call) => {
    const [name = ""] = line.split("(");
    expect(await found(`from ${module} import ${name}`, ...(line.includes("keys") ? [keys] : []), line)).toEqual([call]);
  });

  test.each([
    ["the service has several actions", "AWS4Auth(keys.access_key, keys.secret_key, 'r', 'es')", "es"],
    ["its name is not known", "AWS4Auth(keys.access_key, keys.secret_key, 'r', os.environ['S'])", "anything"],
    ["its name is not given", "AWS4Auth(keys.access_key, **options)", "anything"],
  ])("nobody knows what where %s", async (_, line, service) => {
    expect(await found("from requests_aws4auth import AWS4Auth", keys, line)).toEqual([`? ${service}: ${signed}`]);
  });

  test.each([
    ["an invocation", "f'{base}/2015-03-31/functions/{name}/invocations'", ["lambda.Invoke"]],
    ["a function's own address", "f'https://{id}.lambda-url.{region}.on.aws/'", ["lambda.Invoke", "lambda.InvokeFunctionUrl"]],
    ["neither of them", "f'{base}/2015-03-31/functions'", [`? lambda: ${signed}`]],
  ])("of a function, %s, as the address is written", async (_, url, asked) => {
    expect(await found("from requests_auth_aws_sigv4 import AWSSigV4", `url = ${url}`, "AWSSigV4('lambda')")).toEqual(asked);
  });

  test("search, where OpenSearch's own signer is told no service", async () => {
    expect(await found("from opensearchpy import AWSV4SignerAuth", keys, "AWSV4SignerAuth(keys, 'r')")).toEqual([`? es: ${signed}`]);
  });

  test("something else where it may be a message to a connection", async () => {
    const lines = ["from requests_auth_aws_sigv4 import AWSSigV4", "url = f'https://x/@connections/{1}'", "AWSSigV4('execute-api')"];
    expect(await found(...lines)).toEqual([`? executeapi: ${signed}`]);
  });
});

describe("the role's own keys", () => {
  const open = "? anything: what is asked with the role's keys, which the code takes out of a session";

  test.each([
    ["a text", ["sql = f\"copy t access_key_id '{keys.access_key}'\""]],
    ["a dictionary that goes nowhere we follow", ["options = {'key': keys.access_key}"]],
  ])("leave the need open where they go into %s", async (_, lines) => {
    expect(await found(keys, ...lines)).toEqual([open]);
  });

  test("leave it open by name where a package gets them", async () => {
    expect(await found("import odd", keys, "odd.sign(keys)")).toEqual(
      expect.arrayContaining(["? anything: what the package odd asks with the role's keys"]),
    );
  });

  test("leave nothing open where another client of boto3 gets them", async () => {
    expect(await found(keys, "boto3.client('s3', aws_access_key_id=keys.access_key).list_buckets()")).toEqual(["s3.ListBuckets"]);
    expect(await found(keys, "boto3.Session(keys.access_key, keys.secret_key).client('s3').list_buckets()")).toEqual(["s3.ListBuckets"]);
  });

  test("leave nothing open where it is only looked whether there are any", async () => {
    expect(await found("keys = boto3.Session().get_credentials()", "if keys is None: raise ValueError('none')")).toEqual([]);
  });

  test("are not those of another role", async () => {
    const lines = [
      "other = boto3.client('sts').assume_role(RoleArn='r')['Credentials']",
      "keys = boto3.Session(aws_access_key_id=other['AccessKeyId']).get_credentials()",
      "print(f'{keys.access_key}')",
    ];
    expect(await found(...lines)).toEqual(["sts.AssumeRole"]);
  });
});

describe("keys that are not the role's own:", () => {
  const made = (key: string) => `boto3.client('iam', aws_access_key_id=${key}, aws_secret_access_key='x').list_users()`;

  test.each([
    [
      "out of a secret",
      [
        "import json",
        "text = boto3.client('secretsmanager').get_secret_value(SecretId='s')['SecretString']",
        made("json.loads(text)['id']"),
      ],
      "secretsmanager.GetSecretValue",
    ],
    ["out of a parameter", [made("boto3.client('ssm').get_parameter(Name='n')['Parameter']['Value']")], "ssm.GetParameter"],
    [
      "that Powertools read",
      ["from aws_lambda_powertools.utilities import parameters", made("parameters.get_secret('s', transform='json')['id']")],
      "secretsmanager.GetSecretValue",
    ],
    [
      "of a user, just made",
      [made("boto3.client('iam').create_access_key(UserName='u')['AccessKey']['AccessKeyId']")],
      "iam.CreateAccessKey",
    ],
  ])("%s", async (_, lines, only) => {
    expect(await found(...lines)).toEqual([only]);
  });

  test("but those of which it is not known where they are from may be", async () => {
    expect(await found("def handler(event, context):", `    ${made("event['id']")}`)).toEqual(["iam.ListUsers"]);
    expect(await found("item = boto3.client('dynamodb').get_item(TableName='t', Key={})['Item']", made("item['id']"))).toContain(
      "iam.ListUsers",
    );
  });
});
