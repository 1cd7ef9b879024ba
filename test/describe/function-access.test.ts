import { describe, expect, test } from "vitest";
import { describeAccess, type FunctionAccess } from "../../shared/describe/function-access.ts";
import { describeUrl } from "../../shared/describe/function-url.ts";
import { parseStatement, statementText } from "../../shared/describe/statement-ref.ts";
import { exposureOf } from "../../shared/graph/exposure.ts";

const fn = "arn:aws:lambda:eu-west-1:111122223333:function:orders";
const url = "https://abc.lambda-url.eu-west-1.on.aws/";
const place = { account: "111122223333", partition: "aws", region: "eu-west-1", now: new Date("2026-11-24T00:00:00Z") };

const statement = (Sid: string, Principal: unknown, Action = "lambda:InvokeFunction", Condition?: unknown) => ({
  Sid,
  Effect: "Allow",
  Principal,
  Action,
  Resource: fn,
  ...(Condition ? { Condition } : {}),
});
const policy = (...Statement: unknown[]) => JSON.stringify({ Version: "2012-10-17", Statement });
const urlGrant = statement("Url", "*", "lambda:InvokeFunctionUrl", { StringEquals: { "lambda:FunctionUrlAuthType": "NONE" } });
const urlInvoke = statement("UrlInvoke", "*", "lambda:InvokeFunction", { Bool: { "lambda:InvokedViaFunctionUrl": "true" } });

const aUrl = (authType: string, more: object = {}) => ({ url, functionArn: fn, authType, anyOrigin: false, ...more });
function read(more: Partial<FunctionAccess>, now = place.now) {
  const access = { arn: fn, name: "orders", aliases: [], policies: [], urls: [], invokeConfigurations: [], unread: [], ...more };
  const rows = describeAccess(access, { ...place, now });
  const relations = rows.flatMap((row) => row.relations);
  const doors = relations.map(({ from, to, kind, auth }) => `${from} ${kind} ${to === fn ? "fn" : to} ${auth}`);
  return { rows, doors, level: exposureOf(relations)(fn).level, details: rows[0]?.resource?.details, relations };
}

describe("a function URL", () => {
  test("with NONE is open when the policy gives everybody both permissions", () => {
    const { level, doors, details } = read({ urls: [aUrl("NONE")], policies: [{ policy: policy(urlGrant, urlInvoke) }] });
    expect(level).toBe("internet-anonymous");
    expect(doors).toEqual([`internet routes-to ${url} none`, `${url} routes-to fn service`]);
    expect(details).toMatchObject({ openUrlStatements: ["Url", "UrlInvoke"], publicStatements: [], deputyStatements: [] });
  });

  test("with NONE answers nobody where a permission is missing; before November 2026 one was enough for old URLs", () => {
    const old = { urls: [aUrl("NONE", { createdAt: "2025-03-01T00:00:00.000Z" })], policies: [{ policy: policy(urlGrant) }] };
    expect(read(old).level).toBe("internal");
    expect(read(old, new Date("2026-05-01T00:00:00Z")).level).toBe("internet-anonymous");
    expect(read({ urls: [aUrl("NONE")], policies: [{ policy: policy(urlInvoke) }] }).level).toBe("internal");
    expect(read({ urls: [aUrl("NONE")] }).level).toBe("internal");
  });

  test("of an alias is opened by the alias's policy only", () => {
    const ofAlias = aUrl("NONE", { functionArn: `${fn}:live` });
    expect(read({ urls: [ofAlias], policies: [{ policy: policy(urlGrant, urlInvoke) }] }).level).toBe("internal");
    const { level, details, rows } = read({ urls: [ofAlias], policies: [{ qualifier: "live", policy: policy(urlGrant, urlInvoke) }] });
    expect(level).toBe("internet-anonymous");
    expect(details?.openUrlStatements).toEqual(["Url@live", "UrlInvoke@live"]);
    expect(rows[1]?.resource).toMatchObject({ type: "AWS::Lambda::Url", name: "orders:live", details: { open: true, qualifier: "live" } });
  });

  test("with AWS_IAM asks for signatures, whatever the policy says of NONE", () => {
    expect(read({ urls: [aUrl("AWS_IAM")], policies: [{ policy: policy(urlGrant, urlInvoke) }] }).level).toBe("internet-authenticated");
    const account = { AWS: "arn:aws:iam::444455556666:root" };
    const shared = policy(statement("A", account, "lambda:InvokeFunctionUrl"), statement("B", account, "lambda:InvokeFunction"));
    const { details, doors } = read({ urls: [aUrl("AWS_IAM")], policies: [{ policy: shared }] });
    expect(doors).toContain(`account:444455556666 routes-to ${url} cross-account`);
    expect(details?.crossAccountStatements).toEqual(["B account:444455556666", "A account:444455556666"]);
  });
});

describe("a function's policy", () => {
  test("for everybody is a door for any account, since calls are signed", () => {
    const { level, details } = read({ policies: [{ qualifier: "live", policy: policy(statement("All", "*")) }] });
    expect(level).toBe("cross-account");
    expect(details).toMatchObject({ publicStatements: ["All@live"], takeoverStatements: [] });
    expect(read({ policies: [{ policy: policy(statement("All", "*", "lambda:*")) }] }).details?.takeoverStatements).toEqual(["All"]);
  });

  test("for a service is an edge from its source; without one it is anybody's", () => {
    const log = { ArnLike: { "AWS:SourceArn": "arn:aws:logs:eu-west-1:111122223333:log-group:/app:*" } };
    const { relations, details, level } = read({
      policies: [
        {
          policy: policy(
            statement("Logs", { Service: "logs.amazonaws.com" }, "lambda:InvokeFunction", log),
            statement("Sns", { Service: "sns.amazonaws.com" }),
            statement("S3", { Service: "s3.amazonaws.com" }, "lambda:InvokeFunction", {
              StringEquals: { "AWS:SourceAccount": "111122223333" },
            }),
          ),
        },
      ],
    });
    expect(level).toBe("internal");
    expect(relations).toMatchObject([
      { from: "arn:aws:logs:eu-west-1:111122223333:log-group:/app", auth: "service", evidence: "lambda:GetPolicy, statement Logs" },
      { from: "service:sns.amazonaws.com", inferred: true },
      { from: "service:s3.amazonaws.com", inferred: true },
    ]);
    expect(details?.deputyStatements).toEqual(["Sns sns.amazonaws.com"]);
  });

  test("for a topic of another account lets that account in", () => {
    const topic = "arn:aws:sns:eu-west-1:444455556666:orders";
    const foreign = statement("Sns", { Service: "sns.amazonaws.com" }, "lambda:InvokeFunction", { ArnLike: { "AWS:SourceArn": topic } });
    const { level, doors, details } = read({ policies: [{ policy: policy(foreign) }] });
    expect(level).toBe("cross-account");
    expect(doors).toEqual([`account:444455556666 publishes-to ${topic} cross-account`, `${topic} invokes fn service`]);
    expect(details?.crossAccountStatements).toEqual(["Sns account:444455556666"]);
  });
});

test("a distribution is let in to a URL by both permissions, or by the first alone while that was enough", () => {
  const permission = (Action: string, distribution: string) => ({
    Sid: Action,
    Effect: "Allow",
    Principal: { Service: "cloudfront.amazonaws.com" },
    Action,
    Resource: fn,
    Condition: { ArnLike: { "AWS:SourceArn": `arn:aws:cloudfront::111122223333:distribution/${distribution}` } },
  });
  const served = (createdAt: string, ...statements: object[]) => {
    const url = { url: "https://a.lambda-url.eu-west-1.on.aws/", functionArn: fn, authType: "AWS_IAM", createdAt, anyOrigin: false };
    return describeUrl(url, policy(...statements), { ...place, now: new Date("2026-10-24T09:30:00Z") }).row.resource?.details
      ?.servesCloudfront;
  };
  const e1 = "arn:aws:cloudfront::111122223333:distribution/E1";
  const first = permission("lambda:InvokeFunctionUrl", "E1");
  expect(served("2026-01-01", first, permission("lambda:InvokeFunction", "E1"))).toEqual([e1]);
  expect(served("2026-01-01", first, permission("lambda:InvokeFunction", "*"))).toEqual([e1]);
  expect(served("2026-01-01", first, permission("lambda:InvokeFunction", "E2"))).toEqual([]);
  expect(served("2026-01-01", first)).toEqual([]);
  expect(served("2025-01-01", first)).toEqual([e1]);
});

test("services that may call a function are listed with what they may call it for; a policy that was not read lists none", () => {
  const statement = (Principal: unknown, more: object = {}) => ({
    Effect: "Allow",
    Principal,
    Action: "lambda:Invoke*",
    Resource: fn,
    ...more,
  });
  const source = "arn:aws:execute-api:eu-west-1:111122223333:a1/*";
  const policies = [
    { policy: policy(statement({ Service: "apigateway.amazonaws.com" }, { Condition: { ArnLike: { "AWS:SourceArn": source } } })) },
    {
      qualifier: "live",
      policy: policy(
        statement({ Service: "sns.amazonaws.com" }),
        statement("*"),
        statement({ Service: "s3.amazonaws.com" }, { Action: "lambda:GetFunction" }),
      ),
    },
  ];
  const of = (unread: string[]) =>
    describeAccess({ arn: fn, name: "orders", aliases: [], policies, urls: [], invokeConfigurations: [], unread }, place)[0]?.resource
      ?.details;
  expect(of([])?.permittedServices).toEqual(["*", `apigateway.amazonaws.com ${source}`, "sns.amazonaws.com"]);
  expect(of(["policy of live"])).not.toHaveProperty("permittedServices");
});

test("destinations lead to functions and elsewhere; aliases are no hop", () => {
  const { doors, rows } = read({
    aliases: [{ arn: `${fn}:live`, name: "live", version: "3", alsoVersions: ["4"], revision: "r" }],
    invokeConfigurations: [
      {
        functionArn: `${fn}:$LATEST`,
        onSuccess: "arn:aws:sns:eu-west-1:111122223333:done",
        onFailure: "arn:aws:sqs:eu-west-1:111122223333:failed",
      },
      { functionArn: `${fn}:live`, onFailure: "arn:aws:lambda:eu-west-1:111122223333:function:cleanup" },
    ],
  });
  expect(doors.map((door) => door.slice(fn.length + 1))).toEqual([
    "publishes-to arn:aws:sns:eu-west-1:111122223333:done service",
    "dead-letters-to arn:aws:sqs:eu-west-1:111122223333:failed service",
    "invokes arn:aws:lambda:eu-west-1:111122223333:function:cleanup service",
  ]);
  expect(rows[1]?.resource).toMatchObject({ type: "AWS::Lambda::Alias", name: "orders:live", details: { versions: ["3", "4"] } });
});

test("a statement is written and read back the same", () => {
  for (const ref of [{ sid: "A" }, { sid: "A", qualifier: "live" }, { sid: "A-b_c", qualifier: "3", who: "account:444455556666" }]) {
    expect(parseStatement(statementText(ref))).toEqual(ref);
  }
});
