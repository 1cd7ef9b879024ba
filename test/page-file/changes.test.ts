import { expect, test } from "vitest";
import { changesSince } from "../../shared/page-file/changes.ts";
import { aDocument, aDocumentFinding, aFunction } from "../build.ts";

const finding = (id: string, more = {}) => aDocumentFinding({ id, ...more });
const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id);

test("what opened, worsened, eased and cleared is told apart", () => {
  const before = aDocument({
    findings: [finding("F-A"), finding("F-B", { severity: "LOW" }), finding("F-C", { severity: "CRITICAL" }), finding("F-D")],
  });
  const now = aDocument({ findings: [finding("F-B", { severity: "HIGH" }), finding("F-C"), finding("F-D"), finding("F-E")] });
  const changes = changesSince(before, now);
  expect(changes.opened).toEqual(["F-E"]);
  expect(changes.worsened).toEqual([{ id: "F-B", from: "LOW" }]);
  expect(changes.eased).toEqual([{ id: "F-C", from: "CRITICAL" }]);
  expect(ids(changes.cleared)).toEqual(["F-A"]);
});

test("a Region that only one of the scans looked at has neither cleared findings nor new or gone functions", () => {
  const elsewhere = { ...aDocumentFinding().resource, region: "us-east-1" };
  const both = aDocument();
  const before = aDocument({
    scan: { ...both.scan, regions: ["eu-west-1", "us-east-1"] },
    functions: [aFunction(), aFunction({ region: "us-east-1" })],
    findings: [finding("F-A", { resource: elsewhere }), finding("F-B")],
  });
  const now = aDocument({ functions: [aFunction({ name: "fresh" })] });
  const changes = changesSince(before, now);
  expect(ids(changes.cleared)).toEqual(["F-B"]);
  expect(changes.goneFunctions).toEqual(["orders-api in eu-west-1"]);
  expect(changes.newFunctions).toEqual(["fresh in eu-west-1"]);
  expect(changesSince(now, before).newFunctions).toEqual(["orders-api in eu-west-1"]);
});

test("without an earlier scan nothing is said", () => {
  const changes = changesSince(undefined, aDocument({ findings: [finding("F-A")] }));
  expect(changes).toMatchObject({ opened: [], cleared: [] });
  expect(changes.since).toBeUndefined();
});
