import { describe, expect, test } from "vitest";
import { callersOf, tightestCaller } from "../../shared/graph/callers.ts";
import type { Relation, Resource } from "../../shared/model/graph.ts";

const fn = "arn:aws:lambda:eu-west-1:111122223333:function:orders";
const api = "arn:aws:apigateway:eu-west-1::/restapis/a1";
const get = "arn:aws:execute-api:eu-west-1:111122223333:a1/*/GET/orders";
const event = "arn:aws:execute-api:eu-west-1:111122223333:a1/*/POST/jobs";
const pool = "arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Ab12";
const queue = "arn:aws:sqs:eu-west-1:111122223333:jobs";
const balancer = "arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/front/50dc/0467";

const route = (arn: string, name: string, waits: boolean): Resource => ({
  arn,
  type: "AWS::ApiGateway::Method",
  name,
  region: "eu-west-1",
  details: { waits, timeoutMs: 29_000 },
});
const resources = new Map([get, event].map((arn) => [arn, route(arn, arn === get ? "GET /orders" : "POST /jobs", arn === get)]));
const calls = (from: string, more: Partial<Relation> = {}): Relation => ({
  from,
  to: fn,
  kind: "invokes",
  auth: "service",
  enabled: true,
  evidence: "x",
  ...more,
});
const of = (...relations: Relation[]) => tightestCaller(fn, relations, (arn) => resources.get(arn));

describe("the tightest caller", () => {
  test("is the one that waits the shortest, where all of them wait", () => {
    expect(of(calls(get))).toEqual({ seconds: 29, why: "GET /orders waits no longer than 29 s" });
    expect(of(calls(get), calls(pool))?.seconds).toBe(5);
    expect(of(calls(balancer))?.seconds).toBe(60);
    expect(of({ ...calls(fn), from: fn, to: api, kind: "authorizes" })?.seconds).toBe(10);
  });

  test("there is none where somebody does not wait, waits as long as it takes, or nobody calls", () => {
    expect(of()).toBeUndefined();
    expect(of(calls(get), calls(queue, { kind: "feeds" }))).toBeUndefined();
    expect(of(calls(get), calls(event))).toBeUndefined();
    expect(of(calls(get), calls("internet"))).toBeUndefined();
    expect(of(calls(get), calls("https://abc.lambda-url.eu-west-1.on.aws/"))).toBeUndefined();
  });

  test("a relation that is switched off, or not a call, does not count", () => {
    expect(of(calls(get), calls(queue, { enabled: false }))?.seconds).toBe(29);
    expect(of(calls(get), calls("arn:aws:iam::111122223333:role/x", { kind: "may-invoke" }))?.seconds).toBe(29);
    expect(of(calls(pool, { enabled: false }))).toBeUndefined();
  });

  test("a permission for a service that waits is no call; its own configuration says whether it calls", () => {
    const permission = { evidence: "lambda:GetPolicy, statement AllowApi" };
    expect(of(calls(get), calls("arn:aws:execute-api:eu-west-1:111122223333:a1/*/*/*", permission))?.seconds).toBe(29);
    expect(of(calls(get), calls("service:apigateway.amazonaws.com", permission))?.seconds).toBe(29);
    expect(of(calls(get), calls("service:s3.amazonaws.com", permission))).toBeUndefined();
  });

  test("callers are listed, the shortest wait first, and the others apart", () => {
    const { waiting, others } = callersOf(fn, [calls(get), calls(queue), calls(pool)], (arn) => resources.get(arn));
    expect(waiting.map(({ what, seconds, certain }) => [what, seconds, certain])).toEqual([
      ["a Cognito user pool", 5, true],
      ["GET /orders", 29, true],
    ]);
    expect(others).toEqual([queue]);
  });
});
