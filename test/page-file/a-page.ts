/** A page of an account with a bit of everything, and names that try to be more than names. */
import { gunzipSync } from "node:zlib";
import { bundlePage } from "../../page/bundle.ts";
import { dayOf } from "../../shared/model/day.ts";
import type { FunctionRole, ScanDocument } from "../../shared/model/document.ts";
import type { ListedPackages } from "../../shared/page-file/package-lines.ts";
import { type PageLines, type PartName, partNames } from "../../shared/page-file/page-data.ts";
import type { PageInput } from "../../shared/page-file/page-parts.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { compressed } from "../../shared/store/blob-bytes.ts";
import { packDays } from "../../shared/usage/daily-ring.ts";
import { anAccount, aRelation, aResource, arns } from "../an-account.ts";
import { aDocumentFinding, aFunction } from "../build.ts";

/** What pages are written with: the bundle of today. */
export const means = { bundle: bundlePage(), compress: compressed };

/** What lies in a page, as its script unpacks it: the lines of each part. */
export type Inside = { readonly [N in PartName]: readonly PageLines[N][] };

export function partsIn(html: string): Inside {
  const linesOf = (name: string) => {
    const packed = new RegExp(`id="part-${name}">([^<]*)</script>`).exec(html)?.[1];
    if (packed === undefined) throw new Error(`the page has no part ${name}`);
    const bytes = Buffer.from(packed, "base64");
    const text = (bytes[0] === 0x1f ? gunzipSync(bytes) : bytes).toString();
    return text === "" ? [] : text.split("\n").map((line) => JSON.parse(line));
  };
  return Object.fromEntries(partNames.map((name) => [name, linesOf(name)])) as unknown as Inside;
}

/** What somebody who may name things in the account might write into a name. */
export const hostileNames = [
  '<img src=x onerror="globalThis.taken=1">',
  "</script><script>globalThis.taken=1</script>",
  "<!--<script>",
  "]]>{{7*7}}$\u007btaken}`",
  "javascript:globalThis.taken=1",
  "\u202efdp.exe\u2066",
  "x".repeat(256),
  "\u0000\u001b[31mred",
  "اسم-الدالة",
] as const;

const hostile = hostileNames.map((name, i) =>
  aFunction({
    name,
    arn: `arn:aws:lambda:eu-west-1:111122223333:function:hostile-${i}`,
    owner: { team: name, source: `tag ${name}` },
    runtime: name,
    ...(i === 0 ? { stack: { name } } : {}),
  }),
);

const decision = {
  ack: "A-7Q2MX4TB9A",
  scope: "finding",
  until: "2027-01-31T00:00:00.000Z",
  alsoUntil: "worse",
  by: "arn:aws:sts::111122223333:assumed-role/Security/jo",
  at: "2026-11-01T06:00:00.000Z",
  severity: "HIGH",
  evidenceDigest: "",
} as const;

/** The document: `anAccount` with roles, findings, a bucket open to anybody and what has a hostile name. */
export function aPageDocument(given: Partial<ScanDocument> = {}): ScanDocument {
  const account = anAccount();
  const orders = aFunction({
    owner: { team: "payments", source: "tag team", confidence: "high" },
    exposure: { level: "internet-anonymous", paths: [["internet", arns.route, arns.orders]] },
    timeoutSeconds: 10,
    duration: { longestMs: 9700, longestAt: "2026-11-20", samples: 41_207, observedDays: 120, censored: false },
    timeout: { verdict: "tight", headroom: 0.03, recommendedSeconds: 22, chanceOfExceeding: 0.04, confidence: "high" },
    libraries: { packages: 212, versionsKnown: 200, vulnerable: { CRITICAL: 1, LOW: 2 }, coverage: "partial" },
    triggers: [{ kind: "api", arn: arns.route, enabled: true, why: "POST /orders" }],
  });
  const [, ...others] = account.functions;
  return {
    ...account,
    functions: [orders, ...others, ...hostile],
    resources: [
      ...account.resources,
      ...hostile.map(({ arn, name, owner }) =>
        aResource({
          arn,
          name,
          owner,
          type: "AWS::Lambda::Function",
          exposure: { level: "internet-anonymous", paths: [["internet", arn]] },
        }),
      ),
    ],
    relations: [
      ...account.relations,
      ...hostile.map(({ arn }) =>
        aRelation("internet", "invokes", arn, "none", { evidence: "lambda:GetFunctionUrlConfig, AuthType NONE" }),
      ),
    ],
    roles: account.functions.map(aRole),
    findings: [
      aDocumentFinding({ severity: "CRITICAL", references: ["https://docs.aws.amazon.com/lambda/", "javascript:alert(1)"] }),
      aDocumentFinding({
        id: "F-1111111111",
        rule: "lambda/unused-function",
        severity: "LOW",
        title: "legacy-import has not run for 446 days",
        resource: { ...aDocumentFinding().resource, arn: arns.legacy, name: "legacy-import" },
      }),
      aDocumentFinding({
        id: "F-2222222222",
        rule: "iam/admin-function-role",
        title: "orders-api-role may do everything",
        resource: {
          ...aDocumentFinding().resource,
          arn: arns.ordersRole,
          type: "AWS::IAM::Role",
          name: "orders-api-role",
          region: "global",
        },
      }),
      aDocumentFinding({
        id: "F-4444444444",
        title: "mailer is known and accepted",
        status: "SUPPRESSED",
        acknowledged: { ...decision, reason: "compensating-control", comment: "only for <b>us</b>, behind the gateway" },
      }),
      aDocumentFinding({
        id: "F-5555555555",
        severity: "LOW",
        title: "orders-api is older than was accepted",
        released: { ack: decision.ack, why: "expired", at: "2026-11-20T06:00:00.000Z", version: 2 },
      }),
      ...hostile.map((one, i) =>
        aDocumentFinding({
          id: `F-33333333${i}0`,
          severity: "MEDIUM",
          title: `${one.name} is called so`,
          owner: one.owner,
          resource: { ...aDocumentFinding().resource, arn: one.arn, name: one.name },
          evidence: { runtime: one.name },
          remediation: { text: one.name, commands: [`aws lambda get-function --function-name '${one.name}'`] },
        }),
      ),
    ],
    coverage: [
      { collector: "functions", region: "eu-west-1", status: "complete", resources: 3 },
      {
        collector: "sqs",
        region: "eu-west-1",
        status: "denied",
        operation: "sqs:ListQueues",
        code: "AccessDeniedException",
        message: "<b>not</b> authorized",
      },
    ],
    ...given,
  };
}

function aRole({ arn, name, region, roleArn }: ScanDocument["functions"][number]): FunctionRole {
  return {
    functionArn: arn,
    function: name,
    region,
    roleArn,
    role: roleArn.split("/").at(-1) ?? "",
    sharedWith: [],
    allowed: 120,
    needed: 5,
    inExcess: 115,
    worst: ["iam:PassRole"],
    exposure: "internal",
    risk: { score: 42, factors: [{ name: "exposure", value: 0.5, why: "reached from inside" }] },
    first: { what: "give it a role of its own", command: `smalltarget role ${arn}` },
  };
}

const axios = {
  ids: ["GHSA-8hc4-vh64-cxmj"],
  aliases: ["CVE-2024-39338"],
  severity: "HIGH",
  malicious: false,
  fixed: "1.8.2",
  majorJump: false,
  score: 7.5,
} as const;

/** Of orders-api and mailer, and of code whose packages are called like nothing good. */
export function somePackages(given: Partial<ListedPackages> = {}): ListedPackages {
  const at = (version: string | null, list: number, more = {}) => ({ version, list, ...more });
  return {
    scanId: aPageDocument().scan.id,
    contents: { complete: 3, partial: 1, unknown: 0, unread: 2, images: 0 },
    artifacts: [
      { key: "code orders", usedBy: [[arns.orders]] },
      { key: "code mailer", usedBy: [[arns.mailer], [arns.orders, "7 (live)"]] },
      { key: "layer arn:aws:lambda:eu-west-1:111122223333:layer:tools:3", usedBy: [[arns.orders], [arns.mailer]] },
      { key: "code hostile", usedBy: hostile.map(({ arn }) => [arn] as const) },
    ],
    lists: [[0], [1], [0, 2], [3], [0, 1]],
    packages: [
      {
        ecosystem: "npm",
        name: "axios",
        versions: [at("1.7.2", 0, { holes: axios }), at("1.8.2", 1), at("0.21.1", 2, { holes: { ...axios, severity: "CRITICAL" } })],
      },
      { ecosystem: "npm", name: "axios-retry", versions: [at("1.0.0", 4)] },
      { ecosystem: "PyPI", name: "requests", versions: [at(null, 1, { untold: "its version is not known" })] },
      ...hostileNames.map((name) => ({ ecosystem: "Maven" as const, name, versions: [at(name, 3)] })),
    ],
    ...given,
  };
}

/** The page of that document, with runs of orders-api on each of the last 100 days but one. */
export function aPageInput(given: Partial<PageInput> = {}): PageInput {
  const document = given.document ?? aPageDocument();
  const today = dayOf(document.scan.startedAt);
  const days = Array.from({ length: 100 }, (_, i) => ({ day: today - 99 + i, samples: 400 + i, maxMs: 2000 + i * 20, errors: 0 })).filter(
    ({ day }) => day !== today - 50,
  );
  const numbers = {
    openBySeverity: { CRITICAL: 2, HIGH: 3, MEDIUM: 0, LOW: 1, INFORMATIONAL: 0 },
    reachable: 4,
    unused: 2,
    overPrivileged: 1,
    vulnerable: null,
  };
  return {
    document,
    command: "smalltarget",
    where: "",
    rules: catalogue,
    packages: somePackages(),
    days: new Map([[arns.orders, packDays(days)]]),
    trend: [{ at: "2026-11-17T06:00:00.000Z", numbers }],
    ...given,
  };
}
