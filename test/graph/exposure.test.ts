import { describe, expect, test } from "vitest";
import { exposureOf } from "../../shared/graph/exposure.ts";
import { type HopAuth, outside, type Relation, type RelationKind } from "../../shared/model/graph.ts";

const hop = (from: string, to: string, auth: HopAuth = "service", more: Partial<Relation> = {}): Relation => ({
  from,
  to,
  kind: "routes-to" as RelationKind,
  auth,
  enabled: true,
  evidence: `${from} to ${to}`,
  ...more,
});

describe("exposure", () => {
  test("is as open as the least open hop of the most open way", () => {
    const exposure = exposureOf([
      hop(outside.internet, "api", "iam"),
      hop("api", "f"),
      hop(outside.internet, "url", "api-key"),
      hop("url", "g"),
      hop(outside.account("444455556666"), "h", "cross-account"),
      hop(outside.internet, "private", "network"),
      hop("private", "i"),
    ]);
    expect(exposure("f").level).toBe("internet-authenticated");
    expect(exposure("g").level).toBe("internet-anonymous");
    expect(exposure("h").level).toBe("cross-account");
    expect(exposure("i").level).toBe("internal");
    expect(exposure("nowhere").level).toBe("none");
  });

  test("what a route or a distribution reads is read by whoever asks it, and sets nothing off behind it", () => {
    const route = "arn:aws:execute-api:eu-west-1:111122223333:a1/*/GET/pictures";
    const exposure = exposureOf([
      hop(outside.internet, route, "none"),
      hop(route, "arn:aws:s3:::pictures", "service", { kind: "may-read" }),
      hop("arn:aws:s3:::pictures", "thumbnails", "service", { kind: "notifies" }),
      hop("arn:aws:iam::111122223333:role/r", "table", "iam", { kind: "may-read" }),
    ]);
    expect(exposure("arn:aws:s3:::pictures").level).toBe("internet-anonymous");
    expect(exposure("thumbnails")).toEqual({ level: "internal", paths: [] });
    expect(exposure("table").level).toBe("none");
  });

  test("a call that only a function's environment suggests counts as a chain; what a policy leaves open counts as a door", () => {
    const arnOf = (name: string) => `arn:aws:lambda:eu-west-1:111122223333:function:${name}`;
    const exposure = exposureOf([
      hop(outside.internet, arnOf("hook"), "none"),
      hop(arnOf("hook"), arnOf("validator"), "service", { inferred: true }),
      hop(arnOf("worker"), arnOf("helper"), "service", { inferred: true }),
      hop("service:iot.amazonaws.com", arnOf("authorizer"), "service", { inferred: true }),
    ]);
    expect(exposure(arnOf("validator"))).toMatchObject({ level: "none", indirectLevel: "internet-anonymous" });
    expect(exposure(arnOf("helper"))).toMatchObject({ level: "none", indirectLevel: "internal" });
    expect(exposure(arnOf("authorizer")).level).toBe("internal");
  });

  test("a function that an API asks who may come in is started by it, by whatever permission; one that no route asks is not", () => {
    const arnOf = (name: string) => `arn:aws:lambda:eu-west-1:111122223333:function:${name}`;
    const exposure = exposureOf([
      hop(outside.internet, "api", "lambda-authorizer"),
      hop(arnOf("check"), "api", "service", { kind: "authorizes" }),
      hop(arnOf("left-over"), "api", "service", { kind: "authorizes", enabled: false }),
    ]);
    expect(exposure(arnOf("check"))).toEqual({ level: "internal", paths: [] });
    expect(exposure(arnOf("left-over")).level).toBe("none");
  });

  test("an address is no resource on the way: a signed URL behind a distribution is as open as the distribution", () => {
    const exposure = exposureOf([
      hop(outside.internet, "distribution", "none"),
      hop("distribution", "https://id.lambda-url.eu-west-1.on.aws/"),
      hop(outside.internet, "https://id.lambda-url.eu-west-1.on.aws/", "iam"),
      hop("https://id.lambda-url.eu-west-1.on.aws/", "f"),
    ]);
    expect(exposure("f").level).toBe("internet-anonymous");
    expect(exposure("f").indirectLevel).toBeUndefined();
  });

  test("a chain through other resources is said apart from the door that leads straight to it", () => {
    const exposure = exposureOf([
      hop(outside.internet, "api", "none"),
      hop("api", "queue"),
      hop("queue", "worker", "service", { kind: "feeds" }),
    ]);
    expect(exposure("queue").level).toBe("internet-anonymous");
    expect(exposure("worker")).toMatchObject({ level: "internal", indirectLevel: "internet-anonymous" });
    expect(exposure("worker").paths[0]?.map(({ to }) => to)).toEqual(["api", "queue", "worker"]);
  });

  test("disabled relations and relations that carry no call are no way", () => {
    const exposure = exposureOf([
      hop(outside.internet, "f", "none", { enabled: false }),
      // what named accounts deploy with is no way for everybody
      hop(outside.account("444455556666"), "r", "cross-account", { kind: "assumes" }),
      hop("r", "g", "iam", { kind: "may-invoke" }),
    ]);
    expect(exposure("f").level).toBe("none");
    expect(exposure("g").level).toBe("none");
  });

  test("what a role may do that any account may take, or that an identity pool hands out, is open to whoever has it", () => {
    const arnOf = (name: string) => `arn:aws:lambda:eu-west-1:111122223333:function:${name}`;
    const pool = "arn:aws:cognito-identity:eu-west-1:111122223333:identitypool/eu-west-1:1";
    const queue = "arn:aws:sqs:eu-west-1:111122223333:orders";
    const exposure = exposureOf([
      hop(outside.internet, "role/any", "cross-account", { kind: "assumes" }),
      hop("role/any", `${arnOf("pay")}*`, "iam", { kind: "may-invoke" }),
      hop(outside.internet, pool, "none"),
      hop(pool, "role/guest", "none", { kind: "assumes" }),
      hop("role/guest", queue, "iam", { kind: "may-write" }),
      hop("role/guest", arnOf("read"), "iam", { kind: "may-read" }),
      hop(queue, arnOf("work"), "service", { kind: "feeds" }),
      hop(pool, "role/off", "none", { kind: "assumes", enabled: false }),
      hop("role/off", arnOf("closed"), "iam", { kind: "may-invoke" }),
    ]);
    expect(exposure(arnOf("payout"))).toMatchObject({ level: "cross-account", paths: [[{ from: "internet" }, { inferred: true }]] });
    expect(exposure(queue)).toMatchObject({ level: "internal", indirectLevel: "internet-anonymous" });
    expect(exposure(arnOf("work"))).toMatchObject({ level: "internal", indirectLevel: "internet-anonymous" });
    expect(exposure(arnOf("closed")).level).toBe("none");
    expect(exposure(arnOf("other")).level).toBe("none");
  });

  test("circles end, and of several ways the most open stand first", () => {
    const exposure = exposureOf([hop("a", "b"), hop("b", "a"), hop(outside.internet, "a", "cognito"), hop(outside.internet, "b", "none")]);
    expect(exposure("a").paths[0]?.[0]).toMatchObject({ to: "b", auth: "none" });
    expect(exposure("a").level).toBe("internet-anonymous");
  });

  test("ten thousand functions behind one API take no quadratic time", () => {
    const relations = Array.from({ length: 10_000 }, (_, i) => [
      hop(outside.internet, `route-${i}`, "none"),
      hop(`route-${i}`, `f-${i}`),
      hop(`f-${i}`, "table"),
    ]).flat();
    const exposure = exposureOf(relations);
    expect(exposure("table").paths).toHaveLength(5);
    expect(exposure("f-9999").level).toBe("internet-anonymous");
  });
});
