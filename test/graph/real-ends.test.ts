import { describe, expect, test } from "vitest";
import { withRealEnds } from "../../shared/graph/real-ends.ts";
import type { Relation, Resource } from "../../shared/model/graph.ts";

const at = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:111122223333:${rest}`;
const hop = (from: string, to: string, kind: Relation["kind"] = "routes-to"): Relation => ({
  from,
  to,
  kind,
  auth: "service",
  enabled: true,
  evidence: "test",
});
const resources = (...list: readonly Partial<Resource>[]) =>
  new Map(list.map((one) => [one.arn ?? "", { type: "t", name: "n", region: "eu-west-1", ...one } as Resource]));
const ends = (relations: readonly Relation[], known: ReturnType<typeof resources>) =>
  withRealEnds(relations, known).map(({ from, to }) => `${from} ${to}`);

describe("a call of an API by its address", () => {
  const api = "arn:aws:apigateway:eu-west-1::/restapis/a1b2c3";
  const route = (rest: string) => at("execute-api", `a1b2c3/*/${rest}`);
  const routes = [route("GET/orders"), route("GET/orders/{id}"), route("*/any/{proxy+}"), route("POST/")];
  const known = resources({ arn: api, details: { apiId: "a1b2c3", routes } }, ...routes.map((arn) => ({ arn })));
  const called = (call: string) => ends([hop("machine", at("execute-api", `a1b2c3/${call}`), "invokes")], known);

  test("leads to the routes that it fits", () => {
    expect(called("prod/GET/orders")).toEqual([`machine ${route("GET/orders")}`]);
    expect(called("prod/GET/orders/17")).toEqual([`machine ${route("GET/orders/{id}")}`]);
    expect(called("*/PUT/any/a/b")).toEqual([`machine ${route("*/any/{proxy+}")}`]);
    expect(called("prod/POST/")).toEqual([`machine ${route("POST/")}`]);
  });

  test("leads to the API where its path is known only later, or fits no route; to an API of others as written", () => {
    expect(called("prod/GET/*")).toEqual([`machine ${api}`]);
    expect(called("prod/DELETE/orders")).toEqual([`machine ${api}`]);
    const others = at("execute-api", "z9/prod/GET/orders");
    expect(ends([hop("machine", others, "invokes")], known)).toEqual([`machine ${others}`]);
  });
});

describe("a pattern", () => {
  const route = at("execute-api", "a1b2c3/*/PUT/{bucket}");
  const role = "arn:aws:iam::111122223333:role/uploads";
  const known = resources({ arn: route }, { arn: "arn:aws:s3:::uploads" }, { arn: "arn:aws:s3:::payroll" }, { arn: at("sqs", "uploads") });

  test("is no resource: where nothing says more, it leads nowhere", () => {
    expect(ends([hop(route, "arn:aws:s3:::*"), hop("other", "arn:aws:s3:::*")], known)).toEqual([]);
  });

  test("that the caller fills in leads to what the role of the route may use, as a guess", () => {
    const granted = [hop(route, role, "assumes"), hop(role, "arn:aws:s3:::upl*", "may-write")];
    expect(ends([hop(route, "arn:aws:s3:::*"), ...granted], known)[0]).toBe(`${route} arn:aws:s3:::uploads`);
    expect(withRealEnds([hop(route, "arn:aws:s3:::*"), ...granted], known)).toHaveLength(3);
    expect(withRealEnds([hop(route, "arn:aws:s3:::*"), ...granted], known)[0]?.inferred).toBe(true);
  });

  test("of a role's grant stays, and a route whose own ARN has stars is a resource", () => {
    expect(ends([hop(role, "arn:aws:s3:::*", "may-write"), hop("internet", route)], known)).toEqual([
      `${role} arn:aws:s3:::*`,
      `internet ${route}`,
    ]);
  });
});
