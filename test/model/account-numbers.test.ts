import { expect, test } from "vitest";
import { accountNumbers } from "../../shared/model/account-numbers.ts";
import { aDocument, aDocumentFinding, aFunction } from "../build.ts";

const orders = aFunction();
const about = (rule: string, arn = orders.arn, more = {}) =>
  aDocumentFinding({ rule, resource: { ...aDocumentFinding().resource, arn }, ...more });

test("findings are counted by severity; what somebody decided to live with is not", () => {
  const findings = [aDocumentFinding(), aDocumentFinding({ severity: "LOW" }), aDocumentFinding({ severity: "LOW", status: "SUPPRESSED" })];
  expect(accountNumbers(aDocument({ findings })).openBySeverity).toEqual({ CRITICAL: 0, HIGH: 1, MEDIUM: 0, LOW: 1, INFORMATIONAL: 0 });
});

test("whoever anybody reaches through other resources is reachable too", () => {
  const functions = [
    aFunction({ name: "a", exposure: { level: "internet-anonymous", paths: [] } }),
    aFunction({ name: "b", exposure: { level: "internal", indirectLevel: "internet-anonymous", paths: [] } }),
    aFunction({ name: "c", exposure: { level: "internet-authenticated", paths: [] } }),
    aFunction({ name: "d", exposure: { level: "unknown", paths: [] } }),
  ];
  expect(accountNumbers(aDocument({ functions })).reachable).toBe(2);
});

test("a resource that two findings call unused is one; an unused permission is no unused resource", () => {
  const findings = [
    about("lambda/unused-function"),
    about("lambda/only-warmed-function"),
    about("sqs/unused-queue", "arn:q"),
    about("iam/unused-service-access", "arn:r"),
  ];
  expect(accountNumbers(aDocument({ findings })).unused).toBe(2);
});

test("every function that has a role which is too powerful counts", () => {
  const functions = [orders, aFunction({ name: "b", roleArn: orders.roleArn }), aFunction({ name: "c" })];
  const findings = [about("iam/admin-function-role", orders.roleArn), about("iam/shared-function-role", functions[2]?.roleArn)];
  expect(accountNumbers(aDocument({ functions, findings, roles: [] })).overPrivileged).toBe(2);
});

test("what was not looked at is not known, never none", () => {
  const blind = aFunction({ lastInvocation: { state: "unknown", source: "none", lookbackDays: 0 } });
  expect(accountNumbers(aDocument({ functions: [blind] }))).toMatchObject({
    reachable: null,
    unused: null,
    overPrivileged: null,
    vulnerable: null,
  });
});

test("a function with a known hole in a library counts once, by its own code or by a finding; where nobody could look, it is not known", () => {
  const known = { packages: 3, versionsKnown: 3, coverage: "complete" } as const;
  const functions = [
    aFunction({ name: "a", libraries: { ...known, vulnerable: { HIGH: 2 } } }),
    aFunction({ name: "b", libraries: { ...known, vulnerable: {} } }),
    aFunction({ name: "c", libraries: known }),
  ];
  const findings = [about("library/vulnerable", functions[0]?.arn), about("library/contents-unknown", functions[1]?.arn)];
  expect(accountNumbers(aDocument({ functions, findings })).vulnerable).toBe(1);
  expect(accountNumbers(aDocument({ functions: functions.slice(2) })).vulnerable).toBeNull();
});
