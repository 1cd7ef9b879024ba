import { describe, expect, test } from "vitest";
import { aResource, judgeResource, wordedResource } from "./a-resource-subject.ts";
import { aFunction, dayAgo } from "./a-subject.ts";

const clear = { answer: "clear" };
const fn = aFunction();

describe("iam/orphaned-function-role", () => {
  const id = "iam/orphaned-function-role";
  const details = { trustedServices: ["lambda.amazonaws.com"], trustedFederations: [], trustedOutside: [], trustsOwnAccount: false };
  const { lastUsed, ...bare } = aResource("AWS::IAM::Role", { region: "global", details });
  const role = (more = {}) => ({ ...bare, ...more });

  test("is a role that only Lambda trusts and no function has", () => {
    expect(judgeResource(id, role())).toMatchObject({ answer: "hit", severity: "LOW", materialKey: "no function" });
    expect(judgeResource(id, role(), { incoming: [{ from: fn.arn, kind: "assumes" }], functions: [fn] })).toEqual(clear);
    for (const more of [
      { trustedServices: ["lambda.amazonaws.com", "ec2.amazonaws.com"] },
      { trustedOutside: ["account:444455556666"] },
      { trustsOwnAccount: true },
      { trustedServices: [] },
      { policies: ["AWSLambdaManagedEC2ResourceOperator"] },
    ]) {
      expect(judgeResource(id, role({ details: { ...details, ...more } }))).toEqual(clear);
    }
  });

  test("is not judged while young or just used, nor where a Region is missing", () => {
    expect(judgeResource(id, role({ createdAt: dayAgo(13) }))).toEqual(clear);
    const just = { state: "used", at: dayAgo(89).slice(0, 10), quietDays: 89, source: "role", lookbackDays: 400 } as const;
    expect(judgeResource(id, role({ lastUsed: just }))).toEqual(clear);
    expect(judgeResource(id, role(), { unread: ["functions"] }).answer).toBe("unknown");
  });
});

describe("iam/app-mesh-left-over", () => {
  const id = "iam/app-mesh-left-over";
  const role = (name: string, details: Record<string, readonly string[]>) =>
    aResource("AWS::IAM::Role", { name, region: "global", details });

  test("is a role that trusts App Mesh or has one of its policies, and says what to take off", () => {
    const proxy = role("shop-tasks", { trustedServices: ["ecs-tasks.amazonaws.com"], policies: ["AWSAppMeshEnvoyAccess", "own"] });
    expect(judgeResource(id, proxy)).toMatchObject({ answer: "hit", severity: "INFORMATIONAL", materialKey: "AWSAppMeshEnvoyAccess" });
    expect(wordedResource(id, proxy).remediation.text).toContain("AWSAppMeshEnvoyAccess");
    const linked = role("AWSServiceRoleForAppMesh", {
      trustedServices: ["appmesh.amazonaws.com"],
      policies: ["AWSAppMeshServiceRolePolicy"],
    });
    expect(wordedResource(id, linked).remediation.commands).toEqual([
      "aws iam delete-service-linked-role --role-name AWSServiceRoleForAppMesh",
    ]);
    expect(judgeResource(id, role("orders", { trustedServices: ["lambda.amazonaws.com"], policies: ["meshed"] }))).toEqual(clear);
  });
});

describe("lambda/unreferenced-layer-version", () => {
  const id = "lambda/unreferenced-layer-version";
  const layer = aResource("AWS::Lambda::LayerVersion", { details: { version: 3 } });

  test("is an old version that no function of the Region uses", () => {
    expect(wordedResource(id, layer).title).toBe("Layer orders, version 3, is 400 days old and no function uses it");
    expect(judgeResource(id, layer, { incoming: [{ from: fn.arn, kind: "uses-layer" }] })).toEqual(clear);
    expect(judgeResource(id, { ...layer, createdAt: dayAgo(89) })).toEqual(clear);
    expect(judgeResource(id, layer, { unread: ["functions"] }).answer).toBe("unknown");
  });
});

describe("lambda/orphaned-permission", () => {
  const id = "lambda/orphaned-permission";
  const target = aResource("AWS::Lambda::Function", { arn: fn.arn, details: { publicStatements: [] } });
  const allowed = (from: string, evidence = "lambda:GetPolicy, statement s1") => ({ from, evidence });
  const api = "arn:aws:execute-api:eu-west-1:111122223333:a1/*/GET/orders";
  const rule = "arn:aws:events:eu-west-1:111122223333:rule/nightly";

  test("names statements for APIs, rules, topics and buckets that are gone, and how to take them out", () => {
    const incoming = [api, rule, "arn:aws:s3:::gone"].map((one) => allowed(one));
    expect(judgeResource(id, target, { incoming })).toMatchObject({ answer: "hit", severity: "LOW", confidence: "medium" });
    const { remediation } = wordedResource(id, target, { incoming: [allowed(api, "lambda:GetPolicy, statement s1 of live")] });
    expect(remediation.commands[1]).toBe(
      "aws lambda remove-permission --function-name orders --region eu-west-1 --statement-id s1 --qualifier live",
    );
  });

  test("knows REST and HTTP APIs by their id", () => {
    const there = (arn: string) => judgeResource(id, target, { incoming: [allowed(api)], others: [arn] });
    expect(there("arn:aws:apigateway:eu-west-1::/restapis/a1")).toEqual(clear);
    expect(there("arn:aws:apigateway:eu-west-1::/apis/a1")).toEqual(clear);
    expect(there("arn:aws:apigateway:eu-west-1::/apis/b2").answer).toBe("hit");
  });

  test("leaves alone what is elsewhere, has wildcards, belongs to others or was not stated by the policy", () => {
    for (const from of [
      "arn:aws:events:us-east-1:111122223333:rule/nightly",
      "arn:aws:events:eu-west-1:444455556666:rule/nightly",
      "arn:aws:events:eu-west-1:111122223333:rule/nightly-*",
      "arn:aws:execute-api:eu-west-1:111122223333:*/prod",
      "service:events.amazonaws.com",
    ]) {
      expect(judgeResource(id, target, { incoming: [allowed(from)] })).toEqual(clear);
    }
    expect(judgeResource(id, target, { incoming: [allowed(rule, "events:ListTargetsByRule, nightly")] })).toEqual(clear);
    // the statement that names the bucket says whose it is; another statement for the same account says nothing of it
    const ofOthers = (statement: string) => ({ ...target, details: { ...target.details, crossAccountStatements: [statement] } });
    const incoming = [allowed("arn:aws:s3:::theirs")];
    expect(judgeResource(id, ofOthers("s1 account:444455556666"), { incoming })).toEqual(clear);
    expect(judgeResource(id, ofOthers("s2 account:444455556666"), { incoming }).answer).toBe("hit");
  });

  test("cannot tell while the service was not read completely", () => {
    expect(judgeResource(id, target, { incoming: [allowed(rule)], unread: ["event-buses"] }).answer).toBe("unknown");
    expect(judgeResource(id, target, { incoming: [allowed(rule)], unread: ["sns"] }).answer).toBe("unknown");
  });
});
