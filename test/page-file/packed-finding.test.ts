import { expect, test } from "vitest";
import { packedFinding, unpackedFinding } from "../../shared/page-file/packed-finding.ts";
import { aDocumentFinding, aFunction } from "../build.ts";

const functions = [aFunction({ name: "other" }), aFunction({ owner: { team: "payments", source: "tag team" } })];
const [, orders] = functions;
const places = new Map(functions.map(({ arn }, i) => [arn, i]));
const resource = { ...aDocumentFinding().resource, arn: orders?.arn ?? "", name: orders?.name ?? "" };
const { account } = resource;
const backAndForth = (finding: ReturnType<typeof aDocumentFinding>) =>
  unpackedFinding(packedFinding(finding, functions, places), functions, account);
const shown = ({ evidence: _, remediation: __, references: ___, confidence: ____, ...finding }: ReturnType<typeof aDocumentFinding>) =>
  finding;

test.each([
  ["about a function whose owner it has", { resource, owner: orders?.owner }],
  ["about a function, with an owner of its own", { resource, owner: { team: "core" } }],
  ["that has changed since", { resource, changedAt: "2026-11-25T06:00:00.000Z" }],
  ["about something else", { resource: { ...resource, arn: "arn:aws:sqs:eu-west-1:111122223333:q", type: "AWS::SQS::Queue", name: "q" } }],
  ["about a function by another name", { resource: { ...resource, name: "an alias of it" } }],
])("a finding %s comes out as it went in", (_, given) => {
  const finding = aDocumentFinding(given as Parameters<typeof aDocumentFinding>[0]);
  expect(backAndForth(finding)).toEqual(shown(finding));
});

test("what the function says is not said again", () => {
  const packed = packedFinding(aDocumentFinding({ resource, owner: orders?.owner ?? {} }), functions, places);
  expect(packed).toMatchObject({ of: 1 });
  expect(packed).not.toHaveProperty("owner");
});

test("a finding about a function that is not there is an error, not a finding about another one", () => {
  const packed = packedFinding(aDocumentFinding({ resource }), functions, places);
  expect(() => unpackedFinding(packed, [], account)).toThrow(/about a function that is not in the file/);
});
