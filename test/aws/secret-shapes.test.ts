import { describe, expect, test } from "vitest";
import { markedSecret, secretKind } from "../../shared/aws/secret-shapes.ts";

/** Put together when the test runs: a whole one in a file is what scanners of repositories look for. */
const of = (...parts: string[]) => parts.join("");
const letters = "aB3dE5gH7jK9mN1pQ2rS4tU6vW8xY0zA".repeat(3);

describe("a value is a secret by its own shape", () => {
  test.each([
    ["WHATEVER", of("AK", "IA", "ABCDEFGH23456777"), "AWS access key"],
    ["AWS_SECRET_ACCESS_KEY_2", letters.slice(0, 40), "AWS secret access key"],
    ["PROD_ACCESS_KEY", letters.slice(0, 40), "AWS secret access key"],
    ["GH", of("gh", "p_", letters.slice(0, 36)), "GitHub token"],
    ["SLACK", of("xo", "xb-", "123456789012-abcdefghijkl"), "Slack token"],
    ["HOOK_URL", of("https://hooks.sl", "ack.com/services/", "T00000000/B00000000/", letters.slice(0, 24)), "Slack webhook"],
    ["PAY", of("sk_", "live_", letters.slice(0, 24)), "Stripe key"],
    ["MAPS", of("AI", "za", letters.slice(0, 35)), "Google API key"],
    ["NEXT_PUBLIC_PAY", of("sk_", "live_", letters.slice(0, 24)), "Stripe key"],
    ["PEM", of("-----BEGIN RSA PRIV", "ATE KEY-----\nMIIE"), "private key"],
    ["DATABASE_URL", "postgres://app:hunter2hunter2@db.internal:5432/app", "address with a password"],
    ["REDIS", "rediss://:s3cr3tvalue@cache.internal:6379", "address with a password"],
    ["MSSQL", "Server=db.internal;User Id=app;Password=hunter2hunter2;", "address with a password"],
    ["SESSION", of("ey", "JhbGciOiJIUzI1NiJ9.", "ey", "JzdWIiOiJhIn0abcd.", letters.slice(0, 43)), "signed token (JWT)"],
  ])("%s", (name, value, kind) => {
    expect(secretKind(name, value)?.kind).toBe(kind);
  });
});

describe("a name speaks of a secret, and the value could be one", () => {
  test.each([
    ["DB_PASSWORD", "correct-horse-battery"],
    ["dbPassword", "Winter2024!"],
    ["MYSQL_PWD", "s3cretpw"],
    ["DB_PASS", "s3cretpw"],
    ["API_KEY", "9f8e7d6c5b4a39281706"],
    ["apiKey", "k3y-With-Letters-And-2"],
    ["API_GATEWAY_KEY", "k3yOfAnUsagePlan000000"],
    ["SUBSCRIPTION_KEY", "9f8e7d6c5b4a39281706"],
    ["CLIENT_SECRET", "Zk3~9dQ.xx7B"],
    ["JWT_SIGNING_KEY", "h7Gd93kdpQ1"],
    ["GITHUB_TOKEN", "abc123def456ghi"],
  ])("%s", (name, value) => {
    expect(secretKind(name, value)).toMatchObject({ by: "name", kind: expect.stringMatching(/^value named /) });
  });
});

describe("what names a secret, speaks about one or stands for none is no secret", () => {
  test.each([
    ["DB_PASSWORD", "arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf"],
    ["DB_PASSWORD", "{{resolve:secretsmanager:db:SecretString:password}}"],
    ["DB_PASSWORD", "/prod/orders/db-password"],
    ["DB_PASSWORD", "prod/orders/db-password"],
    ["DB_PASSWORD", "changeme"],
    ["DB_PASSWORD", ""],
    ["DB_PASSWORD", `AQICAH${"h".repeat(80)}`],
    ["DB_PASSWORD_SECRET_NAME", "Orders2Database"],
    ["SECRET_ARN", "Orders2Database"],
    ["DB_SECRET", "orders-database-2"],
    ["API_KEY_ID", "a1b2c3d4e5"],
    ["API_GATEWAY_KEY_ID", "a1b2c3d4e5"],
    ["TOKEN_TABLE", "tokens2024table"],
    ["PASSWORD_RESET_TEMPLATE", "reset-2024-v2"],
    ["DB_PASSWORD", "rds!cluster-1a2b3c4d"],
    ["NEXT_PUBLIC_MAPS_KEY", of("AI", "za", letters.slice(0, 35))],
    ["TOKEN_TTL_SECONDS", "36000000000"],
    ["MAX_TOKENS", "4096"],
    ["TOKEN_URL", "https://login.example.com/oauth2/token"],
    ["PASSWORD_POLICY", "min12chars"],
    ["PUBLIC_KEY", "MIIBIjANBgkqhkiG9w0B"],
    ["STRIPE_PUBLISHABLE_KEY", "pk_live_51abcdef"],
    ["COMPASS", "north4711north"],
    ["PASS_THROUGH", "header4711"],
    ["SECRETS_EXTENSION_HTTP_PORT", "2773"],
    ["AUTHOR", "somebody4711"],
    ["KEYBOARD", "qwertz4711"],
    ["DATABASE_URL", "postgres://app@db.internal:5432/app"],
    ["DATABASE_URL", "postgres://app:{{resolve:ssm:db}}@db.internal/app"],
    ["TABLE_NAME", "orders"],
    ["HTTPS_PROXY", "http://proxy.internal:3128"],
  ])("%s = %s", (name, value) => {
    expect(secretKind(name, value)).toBeUndefined();
  });
});

test("a recording keeps the kind and nothing of the value, so that a replay finds the same", () => {
  for (const [name, value] of [
    ["DB_PASSWORD", "hunter2hunter2"],
    ["X", of("AK", "IA", "ABCDEFGH23456777")],
    ["DATABASE_URL", "postgres://app:hunter2hunter2@db/app"],
  ] as const) {
    const kept = markedSecret(name, value) ?? "";
    expect(kept).not.toMatch(/hunter2|ABCDEFGH/);
    expect(secretKind(name, kept)).toEqual(secretKind(name, value));
  }
  expect(markedSecret("STAGE", "prod")).toBeUndefined();
});
