import { readFileSync } from "node:fs";
import { Ajv, type ValidateFunction } from "ajv";
import { describe, expect, test } from "vitest";
import { purlOf } from "../../shared/libraries/packages/purl.ts";
import { ecosystems, type Package } from "../../shared/model/packages.ts";
import type { SbomSubject } from "../../shared/report/sbom.ts";
import { cyclonedx } from "../../shared/report/sbom-cyclonedx.ts";
import { spdx } from "../../shared/report/sbom-spdx.ts";
import { functionArn } from "../stub-account.ts";
import { spdxSchema } from "./spdx-schema.ts";

const schemas = new URL("../../node_modules/@cyclonedx/cyclonedx-library/res/schema/", import.meta.url);
/** A schema of CycloneDX as its own library carries it. */
const cyclonedxSchema = (name: string) => JSON.parse(readFileSync(new URL(`${name}.SNAPSHOT.schema.json`, schemas), "utf8"));

const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)$/;
const ajv = new Ajv({
  allErrors: true,
  strict: false,
  formats: { "date-time": instant, "iri-reference": /^\S*$/, "idn-email": true, uri: true },
});
for (const name of ["spdx", "jsf-0.82", "cryptography-defs"])
  ajv.addSchema(cyclonedxSchema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);

const checks: Readonly<Record<string, { readonly make: (subject: SbomSubject) => object; readonly isValid: ValidateFunction }>> = {
  CycloneDX: { make: cyclonedx, isValid: ajv.compile(cyclonedxSchema("bom-1.6")) },
  SPDX: { make: spdx, isValid: ajv.compile(spdxSchema) },
};

function wrong(format: string, document: object): unknown {
  const { isValid } = checks[format] ?? {};
  if (!isValid) throw new Error(format);
  isValid(JSON.parse(JSON.stringify(document)));
  return isValid.errors ?? [];
}

const aPackage = (ecosystem: Package["ecosystem"], name: string, version: string | null, path = "a/b"): Package => ({
  purl: purlOf(ecosystem, name, version),
  name,
  ecosystem,
  version,
  confidence: version === null ? "low" : "medium",
  evidence: { how: "name of the jar", path },
});

const aSubject = (more: Partial<SbomSubject> = {}): SbomSubject => ({
  arn: functionArn("orders"),
  name: "orders",
  version: "abc=",
  parts: [],
  tool: { name: "smalltarget", version: "0.1.0" },
  at: "2026-11-20T06:00:00.123Z",
  uuid: "a3f0c1d2-1111-8222-9333-444455556666",
  ...more,
});

const complete = { status: "complete", statements: ["npm: 1 package, all versions known"], opaque: [] } as const;
const hostile = "../../\u202e<script>alert(1)</script>\u0000 \ud800 '\"`$(id)";

const subjects: Readonly<Record<string, SbomSubject>> = {
  "a function with nothing in it": aSubject({ parts: [{ packages: [], coverage: complete }] }),
  "a function that was not read": aSubject({ parts: [{ packages: [], unread: "its zip is not read" }] }),
  "a function of which nothing is known but its name": aSubject(),
  "packages of every ecosystem, with and without a version, scope and group": aSubject({
    parts: [
      {
        packages: [
          ...ecosystems.flatMap((ecosystem) => [aPackage(ecosystem, "left", "1.0.0"), aPackage(ecosystem, "right", null)]),
          aPackage("npm", "@scope/left", "1.0.0-rc.1+5"),
          aPackage("Maven", "org.x:left", "1.0.Final"),
          aPackage("Go", "github.com/left/right/v2", "2.0.0-20200101000000-abcdefabcdef"),
          aPackage("PyPI", "left", "1!2.0.post1.dev3+local"),
        ],
        coverage: complete,
      },
    ],
  }),
  "the same package in code and in two layers": aSubject({
    parts: [
      { packages: [aPackage("npm", "left", "1.0.0")], coverage: complete },
      { layerArn: "arn:aws:lambda:eu-west-1:111122223333:layer:tools:3", packages: [aPackage("npm", "left", "1.0.0")], coverage: complete },
      { layerArn: "arn:aws:lambda:eu-west-1:111122223333:layer:tools:4", packages: [aPackage("npm", "left", "1.0.0")], coverage: complete },
    ],
  }),
  "names and paths that were made to harm": aSubject({
    name: hostile,
    parts: [{ packages: [aPackage("npm", hostile, hostile, hostile)], coverage: { status: "partial", statements: [hostile], opaque: [] } }],
  }),
};

describe.each(Object.keys(checks))("%s", (format) => {
  test.each(Object.entries(subjects))("of %s is what its schema says", (_, subject) => {
    expect(wrong(format, checks[format]?.make(subject) ?? {})).toEqual([]);
  });

  test("is not what its schema says where something else stands in it, or something is missing", () => {
    const document = checks[format]?.make(aSubject()) ?? {};
    expect(wrong(format, { ...document, somethingElse: 1 })).not.toEqual([]);
    expect(wrong(format, { ...document, bomFormat: "other", spdxVersion: "other" })).not.toEqual([]);
  });
});
