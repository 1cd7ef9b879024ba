import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { keepAccount, keepScanList } from "../../cli/scan-list.ts";
import { aZip } from "../artifacts/a-zip.ts";
import { aRecord } from "../libraries/advisories/an-advisory.ts";
import { anAccountOfZips, known, nodeZip, shaOf } from "../scan/an-account-of-zips.ts";
import { account, functionArn } from "../stub-account.ts";
import { smalltarget } from "./run-command.ts";

const layerArn = `arn:aws:lambda:eu-west-1:${account}:layer:tools:3`;
const old = nodeZip({ left: "1.1.0", "@scope/right": "2.0.0" });
const bundle = aZip([{ name: "index.js", content: `// node_modules/left/index.js\nexports.handler = 1;\n` }]);

let folder = "";
let cwd = "";
let close = async () => {};

/** A store as a scan leaves it, with a function, one that has a layer, one that is bundled, one that is a broken zip. */
beforeAll(async () => {
  const there = await anAccountOfZips(
    {
      orders: { zip: old },
      mail: { zip: nodeZip({ left: "1.3.0" }), more: { Layers: [{ Arn: layerArn }] } },
      bundled: { zip: bundle },
      broken: { zip: Buffer.from("no zip"), more: { Layers: [{ Arn: layerArn }] } },
    },
    {},
    (end) => {
      close = end;
    },
  );
  there.artifacts.set(`layer ${layerArn}`, nodeZip({ left: "1.0.0" }, "call sqs SendMessage"));
  const hole = aRecord("GHSA-left-hole-0001", [{ introduced: "0" }, { fixed: "1.2.0" }], { aliases: ["CVE-2026-0001"] });
  await there.scan({ advisories: async () => known(hole) });
  const { blobs, store } = there.dog.watchdog;
  await keepAccount(blobs, account);
  await keepScanList(blobs, account, await store.scans(account, 5));
  folder = there.dog.folder;
  mkdirSync(join(folder, "table"), { recursive: true });
  cwd = folder;
});

afterAll(() => close());

const run = (...args: string[]) => smalltarget([...args, "--store", `dir:${folder}`], { cwd });

describe("libraries", () => {
  test("--package tells which functions have it in which version, where, and what to do", async () => {
    const { code, out, err } = await run("libraries", "--package", "left@<1.2.0", "--output", "json");
    expect(code).toBe(0);
    expect(err).toContain("of the code of functions and layers there are 1 not read");
    const { packages } = JSON.parse(out);
    const told = packages.map((one: Record<string, unknown>) => ({
      version: one.version,
      ids: one.ids,
      fixed: one.fixed,
      functions: one.functions,
    }));
    const user = (name: string, via: string) => ({ arn: functionArn(name), name, region: "eu-west-1", via });
    expect(told).toEqual([
      { version: "1.0.0", ids: ["GHSA-left-hole-0001"], fixed: "1.2.0", functions: [user("broken", layerArn), user("mail", layerArn)] },
      { version: "1.1.0", ids: ["GHSA-left-hole-0001"], fixed: "1.2.0", functions: [user("orders", "code")] },
      { version: null, ids: [], fixed: undefined, functions: [user("bundled", "code")] },
    ]);
    const table = await run("libraries", "--package", "pkg:npm/left@1.1.0");
    expect(table.out).toMatch(
      /^FUNCTION +PACKAGE +VERSION[\s\S]*orders +left +1\.1\.0 +medium +1\.2\.0 +GHSA-left-hole-0001 +code +eu-west-1/m,
    );
    expect(table.out).not.toContain("1.0.0");
    const apart = await run("libraries", "--package", "left <1.1.0");
    expect(apart.out).toContain("1.0.0");
    expect(apart.out).not.toContain("1.1.0");
  });

  test("--vulnerable tells of the whole account, a line a version, with how many functions have it", async () => {
    const { out } = await run("libraries", "--vulnerable");
    expect(out.trim().split("\n")).toHaveLength(3);
    expect(out).toMatch(/left +1\.0\.0 +medium +1\.2\.0 +GHSA-left-hole-0001 +2$/m);
    const { out: csv } = await run("libraries", "--vulnerable", "-o", "csv");
    expect(csv.split("\r\n")[0]).toBe("package,version,ecosystem,purl,severity,ids,fixed,function,region,arn,via,untold,versionRange");
    expect(csv).toContain(
      `left,1.1.0,npm,pkg:npm/left@1.1.0,MEDIUM,GHSA-left-hole-0001,1.2.0,orders,eu-west-1,${functionArn("orders")},code,`,
    );
  });

  test("--function tells what is in it and its layers, and what told it", async () => {
    const { out } = await run("libraries", "--function", "mail", "-o", "json");
    const { packages } = JSON.parse(out);
    expect(packages.map((one: Record<string, unknown>) => [one.purl, one.confidence, one.evidence])).toEqual([
      ["pkg:npm/left@1.0.0", "high", ".package-lock.json: node_modules/left/package.json"],
      ["pkg:npm/left@1.3.0", "high", ".package-lock.json: node_modules/left/package.json"],
    ]);
    const broken = await run("libraries", "--function", functionArn("broken"));
    expect(broken.out).toMatch(/^code: not read: its zip is not read: its end record is missing/m);
    expect(broken.out).toMatch(/^layer .*tools:3: complete: npm: 1 package, all versions known$/m);
    const wrong = await run("libraries", "--function", "order");
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringMatching(/no zip or image of a function order; did you mean orders\?/)]);
  });

  test("a name that nobody has is answered with the nearest, and bounds that are none with how they look", async () => {
    const none = await run("libraries", "--package", "lefft");
    expect([none.code, none.out.trim()]).toEqual([0, "No package of the last scan answers to that."]);
    expect(none.err).toContain("the nearest name is left");
    const later = await run("libraries", "--package", "@scope/right@>9");
    expect([later.out.trim(), later.err.includes("nearest")]).toEqual(["No package of the last scan answers to that.", false]);
    const wrong = await run("libraries", "--package", "left@latest");
    expect([wrong.code, wrong.err]).toEqual([2, expect.stringContaining('"@<1.8.2"')]);
  });
});

describe("sbom", () => {
  test("as CycloneDX holds the packages of code and layers, each with its package URL", async () => {
    const { code, out } = await run("sbom", "mail");
    expect(code).toBe(0);
    const bom = JSON.parse(out);
    expect(bom).toMatchObject({
      bomFormat: "CycloneDX",
      specVersion: "1.6",
      version: 1,
      metadata: {
        component: { type: "application", name: "mail", "bom-ref": functionArn("mail"), version: shaOf(nodeZip({ left: "1.3.0" })) },
      },
      compositions: [{ aggregate: "complete" }],
    });
    expect(bom.serialNumber).toMatch(/^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(bom.components.map((one: Record<string, unknown>) => [one.purl, one.properties])).toEqual([
      ["pkg:npm/left@1.3.0", undefined],
      ["pkg:npm/left@1.0.0", [{ name: "smalltarget:layer", value: layerArn }]],
    ]);
    const refs = bom.components.map((one: Record<string, unknown>) => one["bom-ref"]);
    expect(bom.dependencies).toEqual([{ ref: functionArn("mail"), dependsOn: refs }]);
    expect(new Set(refs).size).toBe(2);
  });

  test("names groups apart where the ecosystem has them", async () => {
    const { out } = await run("sbom", "orders");
    expect(JSON.parse(out).components).toContainEqual(
      expect.objectContaining({ group: "@scope", name: "right", purl: "pkg:npm/%40scope/right@2.0.0" }),
    );
  });

  test("as SPDX says what describes, depends on and contains what", async () => {
    const { out } = await run("sbom", "mail", "--as", "spdx");
    const bom = JSON.parse(out);
    expect(bom).toMatchObject({
      spdxVersion: "SPDX-2.3",
      dataLicense: "CC0-1.0",
      SPDXID: "SPDXRef-DOCUMENT",
      documentDescribes: ["SPDXRef-function"],
    });
    expect(bom.creationInfo.created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const ids = new Set(["SPDXRef-DOCUMENT", ...bom.packages.map((one: Record<string, unknown>) => one.SPDXID)]);
    for (const { spdxElementId, relatedSpdxElement } of bom.relationships)
      expect([ids.has(spdxElementId), ids.has(relatedSpdxElement)]).toEqual([true, true]);
    const purls = bom.packages.flatMap((one: { externalRefs?: { referenceLocator: string }[] }) => one.externalRefs ?? []);
    expect(purls.map((one: { referenceLocator: string }) => one.referenceLocator)).toEqual(["pkg:npm/left@1.3.0", "pkg:npm/left@1.0.0"]);
  });

  test("of what is not read, or only in part, says so in the document and beside it", async () => {
    const broken = await run("sbom", "broken");
    const bom = JSON.parse(broken.out);
    expect(bom.compositions).toEqual([{ aggregate: "incomplete", assemblies: [functionArn("broken")] }]);
    expect(bom.metadata.properties).toContainEqual({
      name: "smalltarget:coverage:code",
      value: expect.stringContaining("not read: its zip is not read"),
    });
    expect(broken.err).toContain("its code: not read");
  });
});
