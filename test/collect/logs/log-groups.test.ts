import { describe, expect, test } from "vitest";
import { logGroupsCollector } from "../../../shared/collect/logs/log-groups.ts";
import { type Answers, aConfiguration, collectFrom, now } from "../a-service.ts";

const at = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:111122223333:${rest}`;
const fn = at("lambda", "function:orders");

describe("log groups", () => {
  const group = (logGroupName: string, more: object = {}) => ({
    logGroupName,
    logGroupArn: at("logs", `log-group:${logGroupName}`),
    creationTime: now.getTime(),
    storedBytes: 12,
    ...more,
  });
  const list = (...logGroups: object[]): Answers => ({
    "logs:DescribeLogGroups": ({ nextToken }) =>
      nextToken ? { logGroups: logGroups.slice(1) } : { logGroups: logGroups.slice(0, 1), nextToken: "2" },
    "logs:DescribeSubscriptionFilters": ({ logGroupName }) => ({
      subscriptionFilters:
        logGroupName === "/app" ? [{ filterName: "errors", filterPattern: "hunter2", destinationArn: `${fn}:live` }] : [],
    }),
  });

  test("belong to the function of their name, and feed where their filters send", async () => {
    const answers = list(
      group("/aws/lambda/orders"),
      group("/app", { retentionInDays: 7 }),
      group("/rare", { logGroupClass: "INFREQUENT_ACCESS" }),
    );
    const { rows, asked, items } = await collectFrom(logGroupsCollector, answers, { functions: [aConfiguration("orders")] });
    expect(rows.get(at("logs", "log-group:/aws/lambda/orders"))?.relations).toMatchObject([{ from: fn, kind: "logs-to", inferred: true }]);
    expect(rows.get(at("logs", "log-group:/app"))).toMatchObject({
      relations: [{ to: fn, kind: "feeds" }],
      resource: { details: { retentionDays: 7 } },
    });
    const filtered = asked.flatMap(({ operation, input }) =>
      operation === "logs:DescribeSubscriptionFilters" ? [input.logGroupName] : [],
    );
    expect(filtered).toEqual(["/aws/lambda/orders", "/app"]);
    expect(JSON.stringify(items)).not.toContain("hunter2");
  });

  test("of the name of a function that is told to log elsewhere are not what it logs to", async () => {
    const functions = [aConfiguration("orders", { logGroup: "/app" })];
    const { rows } = await collectFrom(logGroupsCollector, list(group("/aws/lambda/orders")), { functions });
    expect(rows.get(at("logs", "log-group:/aws/lambda/orders"))?.relations).toEqual([]);
  });

  test("in large numbers are asked for filters over several scans, the fullest first", async () => {
    const many = Array.from({ length: 700 }, (_, i) => group(`/g${i}`, { storedBytes: i }));
    const { asked, rows, coverage } = await collectFrom(logGroupsCollector, list(...many));
    expect(coverage.status).toBe("left");
    expect(asked.filter(({ operation }) => operation === "logs:DescribeSubscriptionFilters")).toHaveLength(500);
    expect(rows.get(at("logs", "log-group:/g0"))?.resource?.details?.unread).toEqual(["subscriptionFilters"]);
    expect(rows.get(at("logs", "log-group:/g699"))?.resource?.details?.unread).toBeUndefined();
  });
});
