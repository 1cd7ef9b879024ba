import { describe, expect, test } from "vitest";
import type { FunctionFacts } from "../../shared/model/document.ts";
import type { DetailValue, Relation, Resource, ServiceName } from "../../shared/model/graph.ts";
import type { ResourceRule } from "../../shared/model/rule.ts";
import type { ResourceSubject } from "../../shared/model/rule-subject.ts";
import { openMethod } from "../../shared/rules/apigateway/open-method.ts";
import { unusedAuthorizer } from "../../shared/rules/apigateway/unused-authorizer.ts";
import { timeoutLongerThanCaller } from "../../shared/rules/lambda/timeout-longer-than-caller.ts";
import { missingFor } from "./a-resource-subject.ts";
import { aFunction, contextOf, single } from "./a-subject.ts";

const fn = "arn:aws:lambda:eu-west-1:111122223333:function:orders-api";
const apiArn = "arn:aws:apigateway:eu-west-1::/restapis/a1";

interface Given {
  readonly others?: readonly Resource[];
  readonly incoming?: readonly Relation[];
  readonly facts?: FunctionFacts;
  readonly unreadService?: ServiceName;
}

function subjectOf(resource: Resource, { others = [], incoming = [], facts }: Given = {}): ResourceSubject {
  return {
    resource,
    exposure: { level: "none", paths: [] },
    incoming,
    outgoing: [],
    resourceOf: (arn) => others.find((one) => one.arn === arn),
    functionOf: () => facts,
  };
}
const judge = (rule: ResourceRule, resource: Resource, given?: Given) =>
  missingFor(rule, given?.unreadService ? [given.unreadService] : []) ?? single(rule.judge(subjectOf(resource, given), contextOf(rule)));
function word(rule: ResourceRule, resource: Resource, given?: Given) {
  const judgement = judge(rule, resource, given);
  if (judgement.answer !== "hit") throw new Error(judgement.answer);
  const { arn, name, type, region } = resource;
  return rule.word(judgement.evidence, { arn, name, type, region, account: "111122223333" });
}

const method = (name: string, doors: string[], more: Record<string, DetailValue> = {}): Resource => ({
  arn: `arn:aws:execute-api:eu-west-1:111122223333:a1/*/${name.replace(" /", "/")}`,
  type: "AWS::ApiGateway::Method",
  name,
  region: "eu-west-1",
  details: { id: "r1", doors, targets: [fn], waits: true, timeoutMs: 29_000, ...more },
});
const anApi = (methods: readonly Resource[], more: Record<string, DetailValue> = {}, name = "shop"): Resource => ({
  arn: apiArn,
  type: "AWS::ApiGateway::RestApi",
  name,
  region: "eu-west-1",
  details: { apiId: "a1", protocol: "REST", stages: ["prod"], authorizers: [], routes: methods.map(({ arn }) => arn), ...more },
});
const judgeApi = (methods: readonly Resource[], more: Record<string, DetailValue> = {}, name?: string) =>
  judge(openMethod, anApi(methods, more, name), { others: methods });

describe("apigateway/open-method", () => {
  test("is one finding per API, keyed by the sorted set of open routes", () => {
    const methods = [method("POST /b", ["internet none"]), method("GET /a", ["internet none"]), method("GET /c", ["internet iam"])];
    expect(judgeApi(methods)).toMatchObject({ answer: "hit", severity: "MEDIUM", materialKey: "GET /a|POST /b" });
  });

  test("HIGH where path or name speaks of administration", () => {
    expect(judgeApi([method("POST /admin", ["internet none"])])).toMatchObject({ severity: "HIGH" });
    expect(judgeApi([method("GET /v1/userAdmin/list", ["internet none"])])).toMatchObject({ severity: "HIGH" });
    expect(judgeApi([method("GET /x", ["internet none"])], {}, "admin-api")).toMatchObject({ severity: "HIGH" });
    expect(judgeApi([method("GET /administer-vaccine", ["internet none"])])).toMatchObject({ severity: "MEDIUM" });
  });

  test("LOW behind a key, with the word that it is no authentication, and where only OPTIONS is let in", () => {
    const keyed = [method("GET /a", ["internet api-key"])];
    expect(judgeApi(keyed)).toMatchObject({ severity: "LOW", materialKey: "GET /a (key)" });
    expect(word(openMethod, anApi(keyed), { others: keyed }).title).toBe(
      "API shop lets anybody call GET /a with an API key, which is no authentication",
    );
    expect(judgeApi([method("OPTIONS /a", ["internet none"]), method("GET /a", ["internet iam"])])).toMatchObject({ severity: "LOW" });
  });

  test("never a mock, an authorized route, one that only a network reaches, or one that leads to no function or data", () => {
    expect(judgeApi([method("OPTIONS /a", ["internet none"], { targets: [] })])).toEqual({ answer: "clear" });
    expect(judgeApi([method("GET /a", ["internet cognito"]), method("GET /b", ["internet network"]), method("GET /c", [])])).toEqual({
      answer: "clear",
    });
    expect(judgeApi([method("GET /a", ["internet none"], { targets: ["https://www.example.com/"] })])).toEqual({ answer: "clear" });
    expect(judgeApi([method("GET /a", ["internet none"], { targets: ["https://abc.lambda-url.eu-west-1.on.aws/"] })]).answer).toBe("hit");
    expect(judgeApi([method("GET /a", ["internet none"], { targets: ["arn:aws:sqs:eu-west-1:111122223333:jobs"] })]).answer).toBe("hit");
  });

  test("could not tell where routes or custom domains were not read", () => {
    expect(judgeApi([], { unread: ["routes", "stages"] })).toEqual({ answer: "unknown", why: "routes, stages could not be read" });
  });

  test("its commands attach the API's only authorizer, else IAM, and deploy", () => {
    const methods = [method("POST /admin", ["internet none"])];
    expect(word(openMethod, anApi(methods, { authorizers: ["COGNITO_USER_POOLS x9"] }), { others: methods }).remediation.commands).toEqual([
      `aws apigateway update-method --rest-api-id a1 --resource-id r1 --http-method POST --patch-operations '[{"op":"replace","path":"/authorizationType","value":"COGNITO_USER_POOLS"},{"op":"replace","path":"/authorizerId","value":"x9"}]' --region eu-west-1`,
      "aws apigateway create-deployment --rest-api-id a1 --stage-name prod --region eu-west-1",
    ]);
    const socket = [method("$connect", ["internet none"]), method("say", ["internet none"], { id: "r2" })];
    const asSocket = anApi(socket, { protocol: "WEBSOCKET" });
    expect(word(openMethod, asSocket, { others: socket }).remediation.commands[0]).toBe(
      "aws apigatewayv2 update-route --api-id a1 --route-id r1 --authorization-type AWS_IAM --region eu-west-1",
    );
  });
});

describe("apigateway/unused-authorizer", () => {
  const authorizer = (attachedRoutes: number): Resource => ({
    arn: `${apiArn}/authorizers/x9`,
    type: "AWS::ApiGateway::Authorizer",
    name: "checks",
    region: "eu-west-1",
    details: { api: apiArn, apiName: "shop", authorizerId: "x9", kind: "TOKEN", attachedRoutes },
  });

  test("fires for one that no method asks", () => {
    expect(judge(unusedAuthorizer, authorizer(1))).toEqual({ answer: "clear" });
    expect(judge(unusedAuthorizer, authorizer(0))).toMatchObject({ answer: "hit", severity: "LOW" });
    const { title, remediation } = word(unusedAuthorizer, authorizer(0), { others: [anApi([])] });
    expect(title).toBe("Authorizer checks of API shop is attached to no method");
    expect(remediation.commands[1]).toBe("aws apigateway delete-authorizer --rest-api-id a1 --authorizer-id x9 --region eu-west-1");
  });
});

describe("lambda/timeout-longer-than-caller", () => {
  const resource: Resource = { arn: fn, type: "AWS::Lambda::Function", name: "orders-api", region: "eu-west-1" };
  const get = method("GET /orders", ["internet iam"]);
  const event = method("POST /jobs", ["internet iam"], { waits: false });
  const from = (arn: string): Relation => ({ from: arn, to: fn, kind: "routes-to", auth: "service", enabled: true, evidence: "x" });
  const given = (timeoutSeconds: number, ...callers: string[]): Given => ({
    others: [get, event],
    incoming: callers.map(from),
    facts: aFunction({ timeoutSeconds }),
  });
  const queue = "arn:aws:sqs:eu-west-1:111122223333:jobs";

  test("LOW where nobody waits that long, INFORMATIONAL where others call it too", () => {
    expect(judge(timeoutLongerThanCaller, resource, given(29, get.arn))).toEqual({ answer: "clear" });
    expect(judge(timeoutLongerThanCaller, resource, given(60, get.arn))).toMatchObject({ severity: "LOW", materialKey: "nobody|60|29" });
    expect(judge(timeoutLongerThanCaller, resource, given(60, get.arn, queue))).toMatchObject({ severity: "INFORMATIONAL" });
    expect(judge(timeoutLongerThanCaller, resource, given(60, event.arn))).toEqual({ answer: "clear" });
    expect(judge(timeoutLongerThanCaller, resource, given(60))).toEqual({ answer: "clear" });
  });

  test("an absence means nothing while APIs could not be read", () => {
    const unread = { ...given(60), unreadService: "rest-apis" as const };
    expect(judge(timeoutLongerThanCaller, resource, unread)).toEqual({ answer: "unknown", why: "rest-apis" });
    expect(judge(timeoutLongerThanCaller, resource, { ...given(60, get.arn), unreadService: "http-apis" }).answer).toBe("unknown");
  });

  test.each([
    ["a run seen would be cut off", { duration: { longestMs: 28_500, samples: 450, observedDays: 150, censored: false } }],
    [
      "extensions make it so long",
      { duration: { longestMs: 9000, extensionMs: 22_000, samples: 450, observedDays: 150, censored: false } },
    ],
    ["it was cut off before", { duration: { longestMs: 10_000, samples: 450, observedDays: 150, censored: true } }],
    ["it is tight as it is", { timeout: { verdict: "tight", confidence: "high" } }],
    ["its use could not be read", { timeout: { verdict: "unknown", confidence: "low" } }],
  ] as const)("lowers nothing where %s", (_, more) => {
    const asked = given(60, get.arn);
    const { remediation } = word(timeoutLongerThanCaller, resource, { ...asked, facts: aFunction({ timeoutSeconds: 60, ...more }) });
    expect(remediation.commands).toEqual([]);
    expect(remediation.text).toContain("asynchronously");
  });

  test("lowers the timeout below what the callers wait; offers nothing where others call", () => {
    const alone = word(timeoutLongerThanCaller, resource, given(60, get.arn));
    expect(alone.title).toBe("orders-api may run 60 s, but nobody waits longer than 29 s");
    expect(alone.remediation.commands).toEqual([
      "aws lambda update-function-configuration --function-name orders-api --timeout 28 --region eu-west-1",
      "aws lambda update-function-configuration --function-name orders-api --timeout 60 --region eu-west-1",
    ]);
    const some = word(timeoutLongerThanCaller, resource, given(60, get.arn, queue));
    expect(some.title).toBe("orders-api may run 60 s, but some callers stop waiting after 29 s");
    expect(some.remediation.commands).toEqual([]);
  });
});
