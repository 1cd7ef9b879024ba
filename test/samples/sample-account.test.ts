// What the watchdog says about the sample. After a wanted change: UPDATE_GOLDEN=1 npx vitest run test/samples, then read the difference.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { fernhill } from "../../samples/make/fernhill/fernhill.ts";
import { secrets } from "../../samples/make/fernhill/secrets.ts";
import type { DocumentResource, FunctionFacts, ScanDocument } from "../../shared/model/document.ts";
import { aReplay, type SampleReplay, samplePath } from "./a-replay.ts";

const goldenPath = join(import.meta.dirname, "sample-account.golden.json");

/** A line per function and per finding: enough to see what a change changed, little enough to be read. */
function compact({ functions, findings, coverage }: ScanDocument) {
  const functionLine = ({ region, name, timeout, lastInvocation, activity }: FunctionFacts) => {
    const { state, at, quietDays } = lastInvocation;
    const set = timeout.recommendedSeconds === undefined ? "" : ` ${timeout.recommendedSeconds} s`;
    return `${region} ${name}: ${state} ${at ?? "-"} ${quietDays} d, ${activity}, ${timeout.verdict}${set}`;
  };
  return {
    functions: functions.map(functionLine).sort(),
    findings: findings
      .map(({ severity, rule, resource, owner }) => `${rule} ${severity} ${resource.region} ${resource.name} (${owner.team ?? "-"})`)
      .sort(),
    // an object: the formatter would put a short list on one line
    notComplete: Object.fromEntries(
      coverage.flatMap(({ region, collector, status, follows }) =>
        status === "complete" || follows ? [] : [[`${region} ${collector}`, status]],
      ),
    ),
  };
}

describe("the sample account", () => {
  let replay: SampleReplay;
  let document: ScanDocument;
  const facts = (name: string) => document.functions.find((f) => f.name === name) as FunctionFacts;
  const rulesOf = (name: string) =>
    document.findings
      .filter(({ resource }) => resource.name === name)
      .map(({ rule }) => rule)
      .sort();

  const findingsOf = (name: string, rule: string) =>
    document.findings.filter((finding) => finding.resource.name === name && finding.rule === rule);
  const resource = (type: string, name: string) =>
    document.resources.find((one) => one.type === type && one.name === name) as DocumentResource;
  const relationsOf = (arn: string) => document.relations.filter(({ from }) => from === arn);

  beforeAll(async () => {
    replay = await aReplay();
    document = (await replay.scan()).document;
  });
  afterAll(() => replay.close());

  test("is judged as the golden file says", () => {
    const found = compact(document);
    if (process.env.UPDATE_GOLDEN === "1") writeFileSync(goldenPath, `${JSON.stringify(found, null, 2)}\n`);
    expect(found).toEqual(JSON.parse(readFileSync(goldenPath, "utf8")));
  });

  test("says everything in one summary", () => {
    expect(replay.sent.map(({ kind }) => kind)).toEqual(["summary"]);
  });

  test("shows every planned function", () => {
    expect(document.functions.map(({ name }) => name).sort()).toEqual(fernhill.functions.map(({ name }) => name).sort());
  });

  test("a forgotten prototype is unused, a yearly job with one run is not", () => {
    expect(facts("legacy-import").lastInvocation).toMatchObject({ state: "invoked", at: "2025-09-04", quietDays: 446 });
    expect(rulesOf("legacy-import")).toEqual([
      "lambda/deprecated-runtime",
      "lambda/readable-secret-in-environment",
      "lambda/timeout-too-long",
      "lambda/unused-function",
    ]);
    expect(facts("tax-year-close")).toMatchObject({ duration: { samples: 1 }, lastInvocation: { at: "2026-01-02", quietDays: 326 } });
    expect(rulesOf("tax-year-close")).toEqual([]);
    expect(rulesOf("settlement-export")).toEqual([]);
  });

  test("the original is unused, its copy has all the traffic", () => {
    expect(facts("checkout").codeSha256).toBe(facts("checkout-v2").codeSha256);
    expect(rulesOf("checkout")).toContain("lambda/unused-function");
    expect(facts("checkout-v2").lastInvocation.quietDays).toBe(0);
    expect(rulesOf("checkout-v2")).toEqual([]);
  });

  test("never seen, made yesterday, and older than its last deployment are told apart", () => {
    expect(facts("resize-old").lastInvocation).toMatchObject({ state: "none-seen", quietDays: 455 });
    expect(rulesOf("resize-old")).toContain("lambda/never-invoked-function");
    expect(facts("loyalty-points-export").lastInvocation).toMatchObject({ state: "none-seen", quietDays: 300, source: "log-group" });
    expect(rulesOf("loyalty-points-export")).toEqual(["lambda/never-invoked-function"]);
    expect(rulesOf("gift-cards-api")).toEqual([]);
  });

  test("timeouts: cut off, nearly, and for no reason fifteen minutes", () => {
    expect(facts("fraud-score")).toMatchObject({ timeout: { verdict: "timing-out" }, duration: { censored: true } });
    expect(facts("orders-api").timeout.headroom).toBeCloseTo(0.03);
    expect(rulesOf("orders-api")).toContain("lambda/timeout-too-tight");
    const loose = document.findings.filter(({ rule, evidence }) => rule === "lambda/timeout-too-long" && evidence.timeoutSeconds === 900);
    expect(loose.length).toBeGreaterThanOrEqual(10);
    expect(facts("invoice-pdf")).toMatchObject({ packageType: "Image", timeout: { verdict: "loose" } });
    expect(facts("ledger-reconcile").timeout.verdict).toBe("fine");
    expect(rulesOf("refunds")).toEqual(["sqs/visibility-timeout-too-short"]);
  });

  test("what is quiet for a reason is left alone", () => {
    const quiet = ["lambda/unused-function", "lambda/never-invoked-function"];
    const activity = {
      "incident-responder": "dormant-by-role",
      "guardduty-triage": "dormant-by-role",
      "orders-redrive": "dormant-by-role",
      "shop-web-BucketNotificationsHandler050a0587b7544547bf325f-Zt3n": "dormant-by-role",
      "shop-web-LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a-8Kq2LxW0a": "dormant-by-role",
      "product-reviews-sync": "paused",
      "ab-test-assign": "switched-off",
      "search-suggest": "warmed-only",
    };
    for (const [name, expected] of Object.entries(activity)) {
      expect(facts(name).activity, name).toBe(expected);
      expect(
        rulesOf(name).filter((rule) => quiet.includes(rule)),
        name,
      ).toEqual([]);
    }
    expect(rulesOf("search-suggest")).toEqual(["lambda/only-warmed-function"]);
    expect(rulesOf("payroll-bridge")).not.toContain("lambda/unused-function");
    expect(facts("hackathon-2025-chatbot").ignored).toBe("kept for the anniversary demo");
    expect(rulesOf("hackathon-2025-chatbot")).toEqual([]);
  });

  test("a forgotten function answers anybody who has its address", () => {
    const [found] = findingsOf("demo-hello-world", "lambda/open-function-url");
    expect(found).toMatchObject({ severity: "HIGH", evidence: { switchedOff: false } });
    expect(found?.evidence.urls).toEqual([expect.stringMatching(/^https:\/\/[0-9a-z]{32}\.lambda-url\.us-east-1\.on\.aws\/$/)]);
    expect(facts("demo-hello-world").exposure?.level).toBe("internet-anonymous");
    expect(rulesOf("demo-hello-world")).toContain("lambda/never-invoked-function");
  });

  test("behind one of the open routes is a library with known holes", () => {
    expect(findingsOf("orders-api", "library/vulnerable")).toMatchObject([
      {
        severity: "HIGH",
        evidence: {
          package: "lodash",
          version: "4.17.20",
          ids: ["GHSA-29mw-wpgm-hmr9", "GHSA-35jh-r3h4-6jhm"],
          fixed: "4.17.21",
          exposure: "internet-anonymous",
        },
      },
    ]);
    // the clock of the recording stands still: they are as old as they were then
    expect(document.findings.filter(({ rule }) => rule === "library/advisories-too-old")).toEqual([]);
    expect(document.scan.advisories?.map(({ ecosystem }) => ecosystem)).toEqual(["npm", "PyPI"]);
  });

  test("three routes of the shop's API are open, and that anybody may refund is said first", () => {
    const [found] = findingsOf("shop-api", "apigateway/open-method");
    expect(found).toMatchObject({
      severity: "HIGH",
      owner: { team: "shop" },
      evidence: { routes: ["GET /products", "POST /admin/refunds", "POST /orders"], administrativeRoutes: ["POST /admin/refunds"] },
    });
    expect(found?.title).toContain("POST /admin/refunds");
    expect(rulesOf("shop-api")).toEqual(["apigateway/open-method"]);
    const route = (name: string) => resource("AWS::ApiGateway::Method", name);
    expect(route("GET /profile").exposure.level).toBe("internet-authenticated");
    expect(relationsOf(route("OPTIONS /orders").arn).map(({ to }) => to)).toEqual([]);
    expect(facts("refund-processor").exposure?.level).toBe("internet-anonymous");
    expect(facts("user-profile-api").exposure?.level).toBe("internet-authenticated");
    // the API waits 29 seconds, the function works for up to 60
    expect(rulesOf("refund-processor")).toEqual(["lambda/timeout-longer-than-caller"]);
  });

  test("buckets: one that anybody may write to, a website, and one that is closed", () => {
    const uploads = resource("AWS::S3::Bucket", "fernhill-uploads");
    expect(findingsOf("fernhill-uploads", "s3/public-write")).toMatchObject([
      { severity: "CRITICAL", evidence: { notifies: [facts("thumbnails").arn] } },
    ]);
    expect(relationsOf(uploads.arn)).toContainEqual(expect.objectContaining({ kind: "notifies", to: facts("thumbnails").arn }));
    expect(facts("thumbnails").exposure?.level).toBe("internet-anonymous");
    expect(findingsOf("fernhill-website", "s3/public-read")).toMatchObject([{ severity: "LOW" }]);
    expect(rulesOf("fernhill-invoices")).toEqual([]);
    expect(resource("AWS::S3::Bucket", "fernhill-invoices").exposure.level).toBe("none");
  });

  test("a table and a topic are reached by reference, a subscription starts a function", () => {
    const table = resource("AWS::DynamoDB::Table", "fernhill-orders").arn;
    const topic = resource("AWS::SNS::Topic", "order-events").arn;
    const byVariable = (name: string) => expect.stringContaining(`environment variable ${name}`);
    const referred = relationsOf(facts("orders-api").arn);
    expect(referred).toContainEqual(expect.objectContaining({ to: table, evidence: byVariable("ORDERS_TABLE") }));
    expect(referred).toContainEqual(expect.objectContaining({ to: topic, evidence: byVariable("EVENTS_TOPIC") }));
    expect(relationsOf(topic)).toContainEqual(expect.objectContaining({ kind: "subscribes", to: facts("fraud-score").arn }));
    expect(facts("fraud-score").exposure?.indirectLevel).toBe("internet-anonymous");
    expect(rulesOf("fernhill-orders")).toEqual([]);
  });

  test("roles: one team's names what it needs, another's may do everything with the data", () => {
    const reach = (role: string) => relationsOf(resource("AWS::IAM::Role", role).arn).map(({ kind, to }) => `${kind} ${to}`);
    expect(reach("payments-lambda")).toContain("may-write arn:aws:dynamodb:eu-west-1:111122223333:table/fernhill-orders");
    expect(reach("payments-lambda").filter((one) => one.endsWith("*"))).toEqual([]);
    expect(reach("shop-lambda").filter((one) => one.startsWith("may-write") && one.endsWith("*")).length).toBeGreaterThanOrEqual(3);
  });

  test("the logs of a function that is gone are found, and nothing else is called unused by accident", () => {
    expect(findingsOf("/aws/lambda/shop-chat-beta", "logs/orphaned-log-group")).toHaveLength(1);
    const unused = document.findings.filter(({ rule }) => /\/unused-/.test(rule));
    expect(unused.map(({ rule }) => rule).filter((rule) => rule !== "lambda/unused-function")).toEqual([]);
  });

  test("the Region that may not be read is one finding about coverage and nothing else", () => {
    const about = document.findings.filter((finding) => JSON.stringify(finding).includes("ap-southeast-2"));
    expect(about).toMatchObject([
      { rule: "scan/coverage-incomplete", evidence: { regions: ["ap-southeast-2"], code: "AccessDeniedException" } },
    ]);
    expect(document.findings.filter(({ rule }) => rule === "scan/coverage-incomplete")).toHaveLength(1);
    expect(document.functions.filter(({ region }) => region === "ap-southeast-2")).toEqual([]);
    expect(
      document.coverage.filter(
        ({ region, regions, status, follows }) => region !== "ap-southeast-2" && !regions && (status !== "complete" || follows),
      ),
    ).toEqual([]);
  });

  test("a second scan screens by ListMetrics, says nothing new and writes nothing about functions and findings", async () => {
    expect(replay.writes().functions).toBe(fernhill.functions.length);
    const second = await replay.scan();
    expect(second.changes).toEqual({ opened: 0, reopened: 0, changed: 0, resolved: 0, suppressed: 0, unchanged: document.findings.length });
    expect(replay.writes()).toEqual({ findings: 0, functions: 0, states: 0 });
    expect(replay.sent).toHaveLength(1);
    const screened = second.document.scan.apiCalls.byOperation;
    // only whether the requests of buckets are counted anywhere
    expect(document.scan.apiCalls.byOperation["cloudwatch:ListMetrics"]).toBe(2);
    expect(screened["cloudwatch:ListMetrics"]).toBe(readFileSync(samplePath, "utf8").match(/^\{"kind":"listed"/gm)?.length);
    expect(compact(second.document)).toEqual(compact(document));
  });

  test("the recording holds no secret and one account", () => {
    const recording = readFileSync(samplePath, "utf8");
    for (const secret of [...Object.values(secrets), "not-a-real"]) expect(recording.includes(secret), secret).toBe(false);
    expect(recording).toContain("PAYMENT_PROVIDER_KEY");
    expect(recording.length).toBeLessThan(1_500_000);
    expect(new Set(recording.match(/(?<=:)\d{12}(?=:)/g))).toEqual(new Set(["111122223333"]));
    expect(recording).not.toMatch(/123456789012|moto|_custom_id_|127\.0\.0\.1/i);
  });
});
