import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import { ocsf } from "../../shared/exports/ocsf.ts";
import type { DocumentFinding } from "../../shared/model/document.ts";
import { aDocument, aDocumentFinding } from "../build.ts";
import { aHostileFinding, unsafeTextsIn } from "./a-hostile-finding.ts";
import { complianceSchema, vulnerabilitySchema } from "./ocsf-schema.ts";

const { scan } = aDocument();
const ajv = new Ajv({ allErrors: true, strictTypes: false, strictRequired: false });
const checks = { 2002: ajv.compile(vulnerabilitySchema), 2003: ajv.compile(complianceSchema) };

interface Event {
  readonly class_uid: 2002 | 2003;
  readonly type_uid: number;
  readonly activity_id: number;
  readonly status_id: number;
  readonly vulnerabilities?: readonly object[];
  readonly compliance?: { readonly status_id: number };
}

function eventOf(finding: DocumentFinding): Event {
  const [event] = ocsf([finding], scan) as Event[];
  if (!event) throw new Error("no event");
  const check = checks[event.class_uid];
  check(JSON.parse(JSON.stringify(event)));
  expect(check.errors ?? []).toEqual([]);
  return event;
}

const library = (evidence: DocumentFinding["evidence"]) => aDocumentFinding({ rule: "library/vulnerable", evidence });

describe("findings as OCSF", () => {
  test("are compliance findings with all that the class requires; the type is class and activity", () => {
    expect(eventOf(aDocumentFinding())).toMatchObject({
      class_uid: 2003,
      activity_id: 1,
      type_uid: 200_301,
      status_id: 1,
      compliance: { status_id: 3 },
    });
    expect(eventOf(aDocumentFinding({ changedAt: "2026-11-25T06:00:00.000Z" }))).toMatchObject({ activity_id: 2, type_uid: 200_302 });
  });

  test("that are over pass, and are closed; those that somebody accepted are suppressed", () => {
    expect(eventOf(aDocumentFinding({ status: "RESOLVED" }))).toMatchObject({
      activity_id: 3,
      type_uid: 200_303,
      status_id: 4,
      compliance: { status_id: 1 },
    });
    expect(eventOf(aDocumentFinding({ status: "SUPPRESSED" })).status_id).toBe(3);
  });

  test("about a library are vulnerability findings, one vulnerability for each hole, by its CVE", () => {
    const evidence = {
      package: "lodash",
      version: "4.17.20",
      ecosystem: "npm",
      purl: "pkg:npm/lodash@4.17.20",
      ids: ["GHSA-35jh-r3h4-6jhm", "GHSA-29mw-wpgm-hmr9"],
      aliases: ["CVE-2021-23337", "CVE-2020-28500"],
      fixed: "4.17.21",
    };
    expect(eventOf(library(evidence))).toMatchObject({
      class_uid: 2002,
      type_uid: 200_201,
      vulnerabilities: [
        {
          cve: { uid: "CVE-2021-23337" },
          is_fix_available: true,
          affected_packages: [{ name: "lodash", version: "4.17.20", fixed_in_version: "4.17.21", purl: "pkg:npm/lodash@4.17.20" }],
        },
        { cve: { uid: "CVE-2020-28500" } },
      ],
    });
    expect(eventOf(library({ ...evidence, aliases: [], fixed: null })).vulnerabilities).toMatchObject([
      { advisory: { uid: "GHSA-35jh-r3h4-6jhm" }, is_fix_available: false },
      { advisory: { uid: "GHSA-29mw-wpgm-hmr9" } },
    ]);
  });

  test("about advisories as such name no vulnerability, and are none", () => {
    expect(eventOf(aDocumentFinding({ rule: "library/advisories-too-old", evidence: {} })).class_uid).toBe(2003);
  });

  test("with names that nobody should have still fit, and hold nothing that moves or hides others", () => {
    expect(unsafeTextsIn(eventOf(aHostileFinding()))).toEqual([]);
    const hostile = aHostileFinding({ rule: "library/vulnerable" });
    expect(unsafeTextsIn(eventOf({ ...hostile, evidence: { ...hostile.evidence, ids: [hostile.title], package: hostile.title } }))).toEqual(
      [],
    );
  });
});
