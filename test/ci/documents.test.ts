import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { datedTables } from "../../shared/data/freshness.ts";
import type { ScanDocument } from "../../shared/model/document.ts";
import { documentSchema } from "../../shared/report/document-schema.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";

import { catalogueSource } from "../../tools/catalogue-source.ts";
import { collectorsSource, documents } from "../../tools/documents.ts";
import { aWatchdog, type TestWatchdog } from "../a-watchdog.ts";
import { aDocument, aDocumentFinding } from "../build.ts";
import { recordedAt, smallAccount } from "../cli/a-recording.ts";
import { root } from "../cli/run-command.ts";
import { StubAccount } from "../stub-account.ts";

describe("generated pages", () => {
  test.each(Object.keys(documents()))("docs/%s is current: npm run docs writes what is there", (name) => {
    expect(readFileSync(join(root, "docs", name), "utf8")).toBe(documents()[name]);
  });

  test("the catalogue is current: npm run docs writes what the folder has", () => {
    expect(readFileSync(join(root, "shared", "rules", "catalogue.ts"), "utf8")).toBe(catalogueSource(root));
  });

  test("what the collectors say of themselves is current: npm run docs writes it", () => {
    expect(JSON.parse(readFileSync(join(root, "shared", "collect", "collectors.json"), "utf8"))).toEqual(JSON.parse(collectorsSource()));
  });

  test("every rule has its severities in the table", () => {
    for (const { id } of catalogue) expect(documents()["rules.md"]).toMatch(new RegExp(`^\\| \\[${id}\\]`, "m"));
  });
});

test("every table in shared/data says how old it is, and doctor knows it", () => {
  const tables = readdirSync(join(root, "shared", "data")).filter((name) => name.endsWith(".ts") && name !== "freshness.ts");
  expect(Object.keys(datedTables).sort()).toEqual(tables.map((name) => name.replace(/\.ts$/, "")).sort());
  for (const asOf of Object.values(datedTables)) expect(asOf).toMatch(/^\d{4}-\d\d-\d\d$/);
});

describe("the schema of the scan document", () => {
  const validate = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true }).compile(documentSchema);
  const mistakes = (document: unknown) =>
    validate(document) ? [] : (validate.errors ?? []).map((one) => `${one.instancePath} ${one.message}`);
  let watchdog: TestWatchdog;
  let document: ScanDocument;

  beforeAll(async () => {
    watchdog = await aWatchdog(new StubAccount({ now: recordedAt, regions: ["eu-west-1", "us-east-1"], functions: [...smallAccount] }));
    ({ document } = await watchdog.scan());
  });
  afterAll(() => watchdog.close());

  test("holds for a real scan", () => {
    expect(document.findings.length).toBeGreaterThan(3);
    expect(mistakes(JSON.parse(JSON.stringify(document)))).toEqual([]);
  });

  test("knows every member of a real scan: what is not in it would go unexplained", () => {
    expect(unexplained(JSON.parse(JSON.stringify(document)), documentSchema, "")).toEqual([]);
  });

  test.each([
    ["a version of another program", { ...aDocument(), schemaVersion: 2 }, "/schemaVersion"],
    ["an unknown severity", { ...aDocument(), findings: [{ ...aDocumentFinding(), severity: "SEVERE" }] }, "/findings/0/severity"],
    ["a missing part", { ...aDocument(), coverage: undefined }, " must have required property 'coverage'"],
    ["an id of another alphabet", { ...aDocument(), findings: [aDocumentFinding({ id: "F-OOOOOOOOOO" })] }, "/findings/0/id"],
  ])("refuses %s", (_what, bad, where) => {
    expect(mistakes(JSON.parse(JSON.stringify(bad)))).toEqual([expect.stringContaining(where)]);
  });
});

interface Described {
  readonly properties?: Readonly<Record<string, Described>>;
  readonly items?: Described;
  readonly additionalProperties?: Described;
}

/** Paths of members that the schema does not name. */
function unexplained(value: unknown, schema: Described, path: string): string[] {
  if (Array.isArray(value)) return value.flatMap((one) => (schema.items ? unexplained(one, schema.items, `${path}[]`) : []));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const described = schema.properties?.[name] ?? schema.additionalProperties;
    return described ? unexplained(member, described, `${path}.${name}`) : [`${path}.${name}`];
  });
}
