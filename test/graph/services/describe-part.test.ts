import { describe, expect, test } from "vitest";
import { describePart } from "../../../shared/describe/services/describe-part.ts";
import { describers } from "../../../shared/describe/services/services.ts";
import { serviceNames } from "../../../shared/model/graph.ts";

const asked = { account: "111122223333", partition: "aws", region: "eu-west-1", at: "2026-11-24T09:30:00.000Z" };
const queue = (name: string) => ({ queue: { arn: `arn:aws:sqs:eu-west-1:111122223333:${name}`, name } });
const complete = { collector: "sqs", region: "eu-west-1", status: "complete" } as const;

describe("answers of a service", () => {
  test("are described for every service that has a name", () => {
    expect(Object.keys(describers).toSorted()).toEqual([...serviceNames].toSorted());
  });

  test("become rows of the graph, and coverage counts those", () => {
    const { items, coverage } = describePart("sqs", { items: [queue("a"), queue("b")], coverage: { ...complete, resources: 2 } }, asked);
    expect(items.map(({ resource }) => resource?.name)).toEqual(["a", "b"]);
    expect(coverage).toEqual({ ...complete, resources: 2 });
  });

  test("that cannot be understood cost only themselves, and are said", () => {
    const part = { items: [queue("a"), { queue: null }], coverage: complete };
    const { items, coverage } = describePart("sqs", part, asked);
    expect(items).toHaveLength(1);
    expect(coverage).toMatchObject({ status: "partial", code: "NotUnderstood", message: expect.stringContaining("1 answers") });
    expect(describePart("sqs", { ...part, items: [{}] }, asked).coverage.status).toBe("failed");
  });

  test("that were refused in part stay what they are, though some cannot be understood", () => {
    const denied = { ...complete, status: "partial", code: "AccessDenied", resources: 1 } as const;
    expect(describePart("sqs", { items: [{}], coverage: denied }, asked).coverage).toMatchObject({
      status: "partial",
      code: "AccessDenied",
    });
  });
});
