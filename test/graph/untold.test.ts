import { expect, test } from "vitest";
import { graphOf } from "../../shared/graph/graph.ts";
import type { GraphRow, Relation } from "../../shared/model/graph.ts";
import type { Snapshot } from "../../shared/model/snapshot.ts";

const queue = "arn:aws:sqs:eu-west-1:111122223333:orders";
const route = "arn:aws:execute-api:eu-west-1:111122223333:a1/*/GET/";

const row = (arn: string, details: object, ...relations: Partial<Relation>[]): GraphRow => ({
  resource: { arn, type: "AWS::X::Y", name: arn, region: "eu-west-1", details: { ...details } },
  relations: relations.map((one) => ({ from: "x", to: arn, kind: "routes-to", auth: "none", enabled: true, evidence: "test", ...one })),
});

function exposure(...rows: GraphRow[]) {
  const nothing = { items: [] };
  const region = {
    region: "eu-west-1",
    functions: nothing,
    eventSourceMappings: nothing,
    durationAlarms: nothing,
    queues: nothing,
    tags: nothing,
    services: { sqs: { items: rows } },
  };
  return graphOf({ account: "111122223333", regions: [region] } as unknown as Snapshot).exposure(queue);
}

test("nothing opens it, but of a statement cannot be told whom it lets in: unknown, not none", () => {
  expect(exposure(row(queue, { untold: ["New: aws:brandnew"] })).level).toBe("unknown");
  expect(exposure(row(queue, { unread: ["policy"] })).level).toBe("unknown");
  expect(exposure(row(queue, { unread: ["policy of live"] })).level).toBe("unknown");
  expect(exposure(row(queue, {})).level).toBe("none");
  // what says nothing about doors hides none
  expect(exposure(row(queue, { unread: ["encryption", "messages", "version 3"] })).level).toBe("none");
});

test("what is known to be open is open, and what only leads there inside stays unknown", () => {
  expect(exposure(row(queue, { untold: ["New: aws:brandnew"] }, { from: "internet" })).level).toBe("internet-anonymous");
  expect(
    exposure(row(queue, { untold: ["New: aws:brandnew"] }, { from: "arn:aws:sns:eu-west-1:111122223333:t", auth: "service" })),
  ).toEqual({
    level: "unknown",
    paths: [],
  });
});

test("a route whose policy cannot be told hides who reaches what is behind it", () => {
  const behind = row(queue, {}, { from: route, auth: "service" });
  expect(exposure(behind, row(route, {})).level).toBe("internal");
  expect(exposure(behind, row(route, { untold: ["New: aws:brandnew"] })).level).toBe("unknown");
});
