import { describe, expect, test } from "vitest";
import { redactEvent } from "../../../shared/aws/logged-event.ts";
import { sessionCall } from "../../../shared/aws/session-event.ts";
import { functionCallsCollector } from "../../../shared/collect/cloudtrail/function-calls.ts";
import type { CachedReads } from "../../../shared/collect/contract/cached-reads.ts";
import { awsError } from "../../stub-account.ts";
import { type Answers, aConfiguration, aContext, describedBy, now } from "../a-service.ts";

const roleArn = "arn:aws:iam::111122223333:role/orders-role";
const table = "arn:aws:dynamodb:eu-west-1:111122223333:table/orders";

/** An event as CloudTrail writes it for a function's session. */
function anEvent(EventName: string, more: Record<string, unknown> = {}, role = roleArn, daysAgo = 1) {
  return {
    EventId: "e",
    EventName,
    EventSource: "dynamodb.amazonaws.com",
    EventTime: new Date(now.getTime() - daysAgo * 86_400_000),
    Username: "orders",
    CloudTrailEvent: JSON.stringify({
      userIdentity: {
        type: "AssumedRole",
        arn: "arn:aws:sts::111122223333:assumed-role/orders-role/orders",
        accessKeyId: "ASIAEXAMPLE",
        sessionContext: { sessionIssuer: { type: "Role", arn: role, principalId: "AROAEXAMPLE" } },
      },
      requestParameters: { tableName: "orders", key: "customer 4711" },
      sourceIPAddress: "203.0.113.7",
      ...more,
    }),
  };
}

const refused = anEvent("PutItem", {
  errorCode: "AccessDeniedException",
  errorMessage: `User: arn:aws:sts::111122223333:assumed-role/orders-role/orders is not authorized to perform: dynamodb:PutItem on resource: ${table} because no identity-based policy allows the dynamodb:PutItem action`,
});

async function collect(answers: Answers, functions = [aConfiguration("orders", { roleArn })], before: CachedReads = {}, at = now) {
  const context = aContext(answers, { functions, now: at }, before);
  const part = await describedBy(functionCallsCollector, context);
  return { part, rows: part.items.flatMap(({ functionCalls }) => functionCalls ?? []), calls: context.calls, kept: context.kept() };
}

const lookup = "cloudtrail:LookupEvents";

describe("what functions asked of AWS", () => {
  test("is read by the session's name: operations, and what was refused with the missing action", async () => {
    const names: unknown[] = [];
    const { rows } = await collect({
      [lookup]: ({ LookupAttributes }) => {
        names.push(LookupAttributes);
        return { Events: [refused, anEvent("DescribeTable"), anEvent("DescribeTable", {}, roleArn, 9)] };
      },
    });
    expect(names).toEqual([[{ AttributeKey: "Username", AttributeValue: "orders" }]]);
    const at = new Date(now.getTime() - 86_400_000).toISOString();
    expect(rows[0]?.calls).toEqual([
      { service: "dynamodb", operation: "PutItem", roleArn, at, denied: { action: "dynamodb:PutItem", resource: table } },
      { service: "dynamodb", operation: "DescribeTable", roleArn, at },
    ]);
  });

  test("by somebody of the same name who is no role's session is left out; a fault of another kind is no refusal", async () => {
    const person = { ...anEvent("DeleteTable"), CloudTrailEvent: JSON.stringify({ userIdentity: { type: "IAMUser", arn: "arn" } }) };
    const failed = anEvent("DescribeTable", { errorCode: "ResourceNotFoundException", errorMessage: "no such table" });
    const { rows } = await collect({ [lookup]: () => ({ Events: [person, failed, { EventName: "x", CloudTrailEvent: "{" }] }) });
    expect(rows[0]?.calls.map(({ operation, denied }) => [operation, denied])).toEqual([["DescribeTable", undefined]]);
  });

  test("is asked every two weeks; what was known is kept until the history forgets it", async () => {
    let { kept } = await collect({ [lookup]: () => ({ Events: [anEvent("DescribeTable")] }) });
    const asked: number[] = [];
    let last: Awaited<ReturnType<typeof collect>> | undefined;
    for (let day = 1; day <= 100; day++) {
      last = await collect({ [lookup]: () => ({ Events: [] }) }, undefined, kept, new Date(now.getTime() + day * 86_400_000));
      if (last.calls[lookup]) asked.push(day);
      kept = last.kept;
      if (day === 80) expect(last.rows[0]?.calls).toHaveLength(1);
    }
    expect(asked.slice(1).map((day, i) => day - (asked[i] ?? 0))).toEqual(asked.slice(1).map(() => 14));
    expect(last?.rows[0]?.calls).toHaveLength(0);
  });

  test("is asked daily in the month after the function got another role", async () => {
    const none: Answers = { [lookup]: () => ({ Events: [] }) };
    let { kept } = await collect(none);
    const other = [aConfiguration("orders", { roleArn: `${roleArn}-2` })];
    let asked = 0;
    for (let day = 1; day <= 44; day++) {
      const next = await collect(none, other, kept, new Date(now.getTime() + day * 86_400_000));
      asked += next.calls[lookup] ?? 0;
      kept = next.kept;
    }
    expect(asked).toBeGreaterThanOrEqual(30);
    expect(asked).toBeLessThanOrEqual(33);
  });

  test("of many functions is asked little by little; who was not asked about has no row", async () => {
    const many = Array.from({ length: 200 }, (_, n) => aConfiguration(`f${n}`, { roleArn }));
    const first = await collect({ [lookup]: () => ({ Events: [] }) }, many);
    expect(first.calls[lookup]).toBe(90);
    expect(first.rows).toHaveLength(90);
    const second = await collect({ [lookup]: () => ({ Events: [] }) }, many, first.kept);
    expect(second.calls[lookup]).toBe(90);
    expect(second.rows).toHaveLength(180);
  });

  test("that is refused is not 'nothing was asked'", async () => {
    const { part, rows } = await collect({
      [lookup]: () => {
        throw awsError("AccessDeniedException");
      },
    });
    expect(part.coverage.status).toBe("denied");
    expect(rows).toEqual([]);
  });

  test("a recording keeps what is read and nothing else of the event", () => {
    const kept = redactEvent(refused);
    expect(sessionCall(kept as never)).toEqual(sessionCall(refused as never));
    expect(JSON.stringify(kept)).not.toMatch(/4711|203\.0|ASIAEXAMPLE|AROAEXAMPLE/);
  });
});
