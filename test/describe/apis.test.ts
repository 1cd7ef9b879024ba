import { describe, expect, test } from "vitest";
import type { RouteRead } from "../../shared/describe/api-reads.ts";
import { api, fn, integration, invocation, read, route, rowsOf } from "./an-api.ts";

describe("an API", () => {
  test("is as open as its routes that lead somewhere: a mocked OPTIONS opens nothing", () => {
    const mock = route({ verb: "OPTIONS", integration: integration({ type: "MOCK" }) });
    const of = (routes: RouteRead[]) => rowsOf(api(), read(routes))[0]?.relations.map(({ from, auth }) => `${from} ${auth}`);
    expect(of([mock, route({ authorization: "AWS_IAM" })])).toEqual(["internet iam"]);
    expect(of([route({ verb: "OPTIONS" }), route({ authorization: "AWS_IAM" })])).toEqual(["internet none", "internet iam"]);
  });

  test("names its routes in execute-api style; what waits and how long stands in their details", () => {
    const rows = rowsOf(
      api(),
      read([route(), route({ verb: "ANY", path: "/", integration: integration({ timeoutMs: 5000, waits: false }) })]),
    );
    expect(rows[0]?.resource?.details?.routes).toEqual([
      "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/*/GET/orders",
      "arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/*/*/",
    ]);
    expect(rows.slice(1).map(({ resource }) => [resource?.name, resource?.details?.timeoutMs, resource?.details?.waits])).toEqual([
      ["GET /orders", 29_000, true],
      ["ANY /", 5000, false],
    ]);
    const socket = rowsOf(api({ protocol: "WEBSOCKET" }), read([route({ integration: integration({ timeoutMs: 30_000 }) })]));
    expect(socket[1]?.resource?.details?.timeoutMs).toBe(29_000);
  });

  test("its authorizers come from functions and user pools; one that nothing asks is switched off", () => {
    const authorizers = [
      { id: "x1", name: "checks", type: "TOKEN", functionUri: invocation(`${fn}-auth`), userPoolArns: [] },
      { id: "x2", name: "pool", type: "JWT", userPoolArns: [], issuer: "https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Ab12" },
    ];
    const rows = rowsOf(
      api({ tags: { team: "shop" } }),
      read([route({ authorization: "CUSTOM", authorizerId: "x1" })], { authorizers }),
    ).slice(2);
    expect(rows.flatMap(({ relations }) => relations).map(({ from, kind, enabled }) => [from, kind, enabled])).toEqual([
      [`${fn}-auth`, "authorizes", true],
      ["arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_Ab12", "authorizes", false],
    ]);
    expect(rows.map(({ resource }) => [resource?.details?.attachedRoutes, resource?.tags])).toEqual([
      [1, { team: "shop" }],
      [0, { team: "shop" }],
    ]);
  });

  test("a route says by whose word it calls: what the policy of a single version says is not known", () => {
    const of = (uri: string, credentialsArn?: string) =>
      rowsOf(api(), read([route({ integration: integration({ uri, ...(credentialsArn ? { credentialsArn } : {}) }) })]))[1]?.resource
        ?.details?.invokesBy;
    expect(of(invocation(fn))).toBe("permission");
    expect(of(invocation(`${fn}:live`))).toBe("permission");
    expect(of(invocation(`${fn}:7`))).toBe("version");
    expect(of(`${fn}:7`)).toBe("version");
    expect(of(invocation(`${fn}:7`), "arn:aws:iam::111122223333:role/api")).toBe("role");
    expect(of(invocation(fn), "arn:aws:iam::*:user/*")).toBe("caller");
  });

  test("hostile names are cleaned", () => {
    const rows = rowsOf(api({ name: "shop\u001b[31m\u202e" }), read([route({ path: "/a\nb" })]));
    expect(rows.slice(0, 2).map(({ resource }) => resource?.name)).toEqual(["shop", "GET /a b"]);
  });
});
