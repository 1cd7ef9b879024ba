// From zips in an account to what rules are told of the libraries in them.
import { describe, expect, it } from "vitest";
import { presignedRead } from "../../shared/aws/pace.ts";
import type { DocumentFinding } from "../../shared/model/document.ts";
import { packageLister } from "../../shared/scan/code-analyzers.ts";
import { judgeAgain } from "../../shared/scan/judge-again.ts";
import { aZip } from "../artifacts/a-zip.ts";
import { anAffected, aRecord } from "../libraries/advisories/an-advisory.ts";
import { account, awsError, functionArn } from "../stub-account.ts";
import { anAccountOfZips, known, nodeZip, shaOf } from "./an-account-of-zips.ts";

const layerArn = `arn:aws:lambda:eu-west-1:${account}:layer:tools:3`;
const vendorArn = "arn:aws:lambda:eu-west-1:444455556666:layer:vendor:7";
const hole = aRecord("GHSA-left-hole-0001", [{ introduced: "0" }, { fixed: "1.2.0" }], { aliases: ["CVE-2026-0001"] });
const advisories = async () => known(hole);

describe("the packages of functions", () => {
  it("are listed in the same pass as the code is read: one link, and no byte twice", async () => {
    const there = await anAccountOfZips({ orders: { zip: nodeZip({ left: "1.1.0", right: "2.0.0" }) } });
    const { asked, of, row, document } = await there.scan({ advisories });
    expect(asked).toEqual([`code ${shaOf(nodeZip({ left: "1.1.0", right: "2.0.0" }))}`]);
    expect(row).toEqual({ collector: "libraries", region: "eu-west-1", status: "complete", resources: 1 });
    expect(of("orders")).toMatchObject({ kind: "code", packages: 2, versionsKnown: 2, untold: [] });
    expect(of("orders").vulnerable).toEqual([
      {
        package: {
          purl: "pkg:npm/left@1.1.0",
          name: "left",
          ecosystem: "npm",
          version: "1.1.0",
          confidence: "high",
          evidence: { how: ".package-lock.json", path: "node_modules/left/package.json" },
        },
        ids: ["GHSA-left-hole-0001"],
        aliases: ["CVE-2026-0001"],
        severity: "MEDIUM",
        malicious: false,
        fixed: "1.2.0",
        majorJump: false,
      },
    ]);
    expect(document.functions[0]?.libraries).toEqual({ packages: 2, versionsKnown: 2, vulnerable: { MEDIUM: 1 }, coverage: "complete" });
  });

  it("are listed in every language, also where nobody reads what the code calls", async () => {
    const jar = aZip([
      { name: "META-INF/maven/com.acme/left/pom.properties", content: "groupId=com.acme\nartifactId=left\nversion=1.1.0\n" },
    ]);
    const there = await anAccountOfZips({
      jars: { zip: aZip([{ name: "lib/left-1.1.0.jar", content: jar }]), more: { Runtime: "java21" } },
      gems: { zip: aZip([{ name: "vendor/gems/left-1.1.0/left.rb", content: "x" }]), more: { Runtime: "ruby3.4" } },
    });
    const { of, row } = await there.scan();
    expect(of("jars").packages).toBe(1);
    expect(of("jars").vulnerable).toBeUndefined();
    expect(row).toMatchObject({ status: "complete", resources: 2 });
  });

  it("are never asked for again while the code is the same, whatever the advisories become", async () => {
    const there = await anAccountOfZips({ orders: { zip: nodeZip({ left: "1.1.0" }) } });
    const first = await there.scan({ advisories: async () => known() });
    expect(first.asked).toHaveLength(1);
    expect(first.of("orders").vulnerable).toEqual([]);
    for (let day = 1; day <= 9; day += 1) {
      there.later(1);
      const later = await there.scan({ advisories });
      expect(later.asked).toEqual([]);
      expect(later.of("orders").vulnerable?.map(({ ids }) => ids)).toEqual([["GHSA-left-hole-0001"]]);
    }
    const mended = await there.scan({ advisories: async () => known({ ...hole, withdrawn: "2026-11-25T00:00:00Z" }) });
    expect(mended.of("orders").vulnerable).toEqual([]);
  });

  it("that several functions share are read once, and said of each", async () => {
    const zip = nodeZip({ left: "1.1.0" });
    const there = await anAccountOfZips({ a: { zip }, b: { zip } });
    const { asked, of } = await there.scan({ advisories });
    expect(asked).toHaveLength(1);
    for (const name of ["a", "b"]) expect(of(name).vulnerable).toHaveLength(1);
  });

  it("behind aliases are theirs too: what callers get is not what the function is today", async () => {
    const there = await anAccountOfZips({ orders: { zip: nodeZip({ left: "1.3.0" }), live: nodeZip({ left: "1.1.0" }) } });
    const { of, asked } = await there.scan({ advisories });
    expect(asked).toHaveLength(2);
    expect(of("orders").vulnerable).toMatchObject([{ package: { purl: "pkg:npm/left@1.1.0" }, inVersions: ["7 (live)"] }]);
  });

  it("are not known where there are no advisories of their language", async () => {
    const zip = aZip([{ name: "left-1.1.0.dist-info/METADATA", content: "Name: left\nVersion: 1.1.0\n" }]);
    const there = await anAccountOfZips({ jobs: { zip, more: { Runtime: "python3.13" } } });
    const { of } = await there.scan({ advisories });
    expect(of("jobs")).toMatchObject({ packages: 1, vulnerable: [], untold: ["left: there are no advisories of PyPI"] });
  });

  it("say whether those that need a package allow the version that mends it, where the installer wrote that down", async () => {
    const entries = {
      "node_modules/parent": { version: "1.0.0", dependencies: { left: "^1.0.0" } },
      "node_modules/parent/node_modules/left": { version: "1.1.0" },
      "node_modules/other": { version: "1.0.0", dependencies: { left: "~1.0.0" } },
      "node_modules/left": { version: "1.0.5" },
      "node_modules/third": { version: "1.0.0", dependencies: { left: "*" } },
      "node_modules/third/node_modules/left": { version: "1.1.9", name: "left" },
    };
    type Entries = Readonly<Record<string, object>>;
    const zip = (all: Entries, more: Entries = {}) =>
      aZip([
        { name: "node_modules/.package-lock.json", content: JSON.stringify({ packages: all }) },
        ...Object.keys(all).map((folder) => ({ name: `${folder}/package.json`, content: "{}" })),
        ...Object.entries(more).map(([name, content]) => ({ name, content: JSON.stringify(content) })),
      ]);
    const allowing = { ...entries, "node_modules/other": { version: "1.0.0" } };
    const own = { "package-lock.json": { packages: { "": { dependencies: { left: "^1.0.0" } } } } };
    const there = await anAccountOfZips({
      orders: { zip: zip(entries) },
      // what lies at the top the function itself may need, by a range that nobody wrote down
      free: { zip: zip(allowing) },
      locked: { zip: zip(allowing, own) },
    });
    const { of } = await there.scan({ advisories });
    const told = (name: string) => Object.fromEntries((of(name).vulnerable ?? []).map((one) => [one.package.version, one.inRange]));
    expect(told("orders")).toEqual({ "1.1.0": true, "1.0.5": false, "1.1.9": true });
    expect(told("free")).toEqual({ "1.1.0": true, "1.0.5": undefined, "1.1.9": true });
    expect(told("locked")).toEqual({ "1.1.0": true, "1.0.5": true, "1.1.9": true });
  });

  it("in images are not read, which is no gap of the scan, and is said", async () => {
    const there = await anAccountOfZips({ image: { zip: nodeZip({}), more: { PackageType: "Image", Runtime: undefined } } });
    const { of, row, asked } = await there.scan({ advisories });
    expect(asked).toEqual([]);
    expect(of("image")).toMatchObject({ kind: "image", unread: expect.stringContaining("container image") });
    expect(row).toMatchObject({ status: "complete", message: "1 container image is not read" });
  });

  it("are not looked at where reading code is switched off", async () => {
    const there = await anAccountOfZips({ orders: { zip: nodeZip({ left: "1.1.0" }) } });
    await there.scan();
    const off = { analyzerFor: undefined, packageLister: undefined } as unknown as { readonly advisories: typeof advisories };
    const { of, row, document } = await there.scan({ ...off, advisories });
    expect(row).toMatchObject({ status: "disabled", message: "reading code is switched off" });
    expect(of("orders")).toEqual({ kind: "code", packages: 0, versionsKnown: 0, unread: "reading code is switched off", untold: [] });
    expect(document.functions[0]?.libraries).toMatchObject({ coverage: "unread" });
  });
});

it("what is judged again is what the scan found, and with newer advisories what the next scan will", async () => {
  const there = await anAccountOfZips({ orders: { zip: nodeZip({ left: "1.1.0", right: "1.0.0" }) } });
  const { document } = await there.scan({ advisories });
  const { store, blobs, settings } = there.dog.watchdog;
  const libraries = (findings: readonly DocumentFinding[]) =>
    findings.filter(({ rule }) => rule.startsWith("library/")).map(({ evidence }) => evidence.package);
  expect(libraries(document.findings)).toEqual(["left"]);
  const same = await judgeAgain({ store, blobs, advisories }, document, settings);
  expect([libraries(same.findings), same.opened, same.gone]).toEqual([["left"], [], []]);
  const another = { ...hole, id: "GHSA-right-hole-0002", affected: [anAffected([{ introduced: "0" }], "npm", "right")] };
  const newer = await judgeAgain({ store, blobs, advisories: async () => known(hole, another) }, document, settings);
  expect(libraries(newer.findings).toSorted()).toEqual(["left", "right"]);
  // without any, nothing is taken for mended
  expect(await judgeAgain({ store, blobs }, document, settings)).toMatchObject({ gone: [] });
});

describe("layers", () => {
  it("are read once for all functions, also those of others, and the relations name those that have them", async () => {
    const more = { Layers: [{ Arn: layerArn }, { Arn: vendorArn }] };
    const there = await anAccountOfZips({ a: { zip: nodeZip({}), more }, b: { zip: nodeZip({ right: "1.0.0" }), more } });
    for (const arn of [layerArn, vendorArn]) {
      there.artifacts.set(
        `layer ${arn}`,
        aZip([{ name: "nodejs/node_modules/left/package.json", content: '{"name":"left","version":"1.1.0"}' }]),
      );
    }
    const { asked, of, document } = await there.scan({ advisories });
    expect(asked.filter((key) => key.startsWith("layer"))).toHaveLength(2);
    expect(of(vendorArn)).toMatchObject({ kind: "layer", packages: 1, vulnerable: [{ package: { name: "left" } }] });
    expect(of("a").vulnerable).toEqual([]);
    const users = document.relations.filter(({ kind, to }) => kind === "uses-layer" && to === vendorArn).map(({ from }) => from);
    expect(users).toEqual([functionArn("a"), functionArn("b")]);
  });

  it("of others that may not be read say so of themselves, and are no gap of the scan", async () => {
    const there = await anAccountOfZips({ a: { zip: nodeZip({}), more: { Layers: [{ Arn: vendorArn }] } } });
    there.stub.fault = ({ operation, input }) =>
      operation === presignedRead && String(input.artifact).includes("444455556666")
        ? awsError("AccessDeniedException", "not for you")
        : undefined;
    const { of, row } = await there.scan({ advisories });
    expect(of(vendorArn).unread).toBe(`${presignedRead} failed (AccessDeniedException): not for you`);
    expect(row?.status).toBe("complete");
  });
});

describe("what cannot be listed", () => {
  it("is said, with the reason; the rest of the account is listed, and it is not fetched again", async () => {
    const bomb = aZip([{ name: "node_modules/left/package.json", content: Buffer.alloc(2_000_000, " ") }]);
    const broken = Buffer.from("this is no zip");
    const there = await anAccountOfZips({
      bomb: { zip: bomb, more: { Runtime: "java21" } },
      broken: { zip: broken },
      orders: { zip: nodeZip({ left: "1.1.0" }) },
    });
    const { of, row } = await there.scan({ advisories });
    expect(of("bomb").unread).toMatch(/^its content is not listed: a file in it unpacks to more than two hundred times its size/);
    expect(of("broken").unread).toMatch(/^its zip is not read: its end record is missing/);
    expect(of("orders").vulnerable).toHaveLength(1);
    expect(row).toMatchObject({ status: "partial", resources: 1, listed: true });
    expect((await there.scan({ advisories })).asked).toEqual([]);
  });

  it("for AWS refuses is asked for by the next scan", async () => {
    const there = await anAccountOfZips({ orders: { zip: nodeZip({ left: "1.1.0" }) } });
    there.stub.fault = ({ operation }) => (operation === presignedRead ? awsError("AccessDeniedException", "not for you") : undefined);
    const { of, row } = await there.scan({ advisories });
    expect(row).toMatchObject({ status: "denied", code: "AccessDeniedException" });
    expect(of("orders").unread).toContain("not for you");
    there.stub.fault = () => undefined;
    expect((await there.scan({ advisories })).of("orders").vulnerable).toHaveLength(1);
  });
});

describe("what is kept", () => {
  it("by a version that listed no packages is read again, and until then the coverage says that it is left", async () => {
    const there = await anAccountOfZips({ orders: { zip: nodeZip({ left: "1.1.0" }) } });
    await there.scan({ packageLister: undefined } as unknown as Partial<typeof there.dog.watchdog>);
    there.stub.fault = ({ operation }) => (operation === presignedRead ? awsError("OutOfTime") : undefined);
    const left = await there.scan({ advisories });
    expect(left.row).toMatchObject({ status: "left" });
    expect(left.of("orders").unread).toBe("left for the next scan");
    there.stub.fault = () => undefined;
    const { row, of } = await there.scan({ advisories });
    expect(row).toMatchObject({ status: "complete" });
    expect(of("orders").vulnerable).toHaveLength(1);
  });

  it("by readers of an older version is used until it was read again", async () => {
    const there = await anAccountOfZips({ orders: { zip: nodeZip({ left: "1.1.0" }) } });
    await there.scan({ advisories });
    const newer = { ...packageLister, version: packageLister.version + 1 };
    there.stub.fault = ({ operation }) => (operation === presignedRead ? awsError("OutOfTime") : undefined);
    const before = await there.scan({ advisories, packageLister: newer });
    expect(before.row).toMatchObject({ status: "left", resources: 1 });
    expect(before.of("orders").vulnerable).toHaveLength(1);
    there.stub.fault = () => undefined;
    const after = await there.scan({ advisories, packageLister: newer });
    expect(after.asked).toHaveLength(1);
    expect(after.row).toMatchObject({ status: "complete" });
  });

  it("is all that was listed before a scan was killed: the next one lists the rest", async () => {
    const zips = Array.from({ length: 20 }, (_, i) => [`f${i}`, { zip: nodeZip({ left: `1.1.${i}` }) }] as const);
    const there = await anAccountOfZips(Object.fromEntries(zips));
    let reads = 0;
    there.stub.fault = ({ operation }) => {
      if (operation !== presignedRead) return undefined;
      reads += 1;
      return reads > 8 ? awsError("ExpiredTokenException") : undefined;
    };
    await expect(there.scan()).rejects.toThrow("ExpiredTokenException");
    there.stub.fault = () => undefined;
    const { asked, row, of } = await there.scan({ advisories });
    expect(asked).toHaveLength(12);
    expect(row).toMatchObject({ status: "complete", resources: 20 });
    expect(of("f0").vulnerable).toHaveLength(1);
  });

  it("and damaged is read again", async () => {
    const there = await anAccountOfZips({ orders: { zip: nodeZip({ left: "1.1.0" }) } });
    await there.scan();
    await there.scan();
    for (let shard = 0; shard < 16; shard += 1)
      await there.dog.watchdog.blobs.put(`artifacts/${account}/packages-${shard.toString(16)}.ndjson.gz`, "damaged");
    const { asked, of } = await there.scan({ advisories });
    expect(asked).toHaveLength(1);
    expect(of("orders").vulnerable).toHaveLength(1);
  });

  it("of what no scan has met for a month is forgotten", async () => {
    const there = await anAccountOfZips({ orders: { zip: nodeZip({ left: "1.1.0" }) }, mail: { zip: nodeZip({ left: "1.0.0" }) } });
    await there.scan();
    const all = there.stub.data.functions;
    there.stub.data.functions = all.filter(({ name }) => name === "mail");
    there.later(31);
    await there.scan();
    there.stub.data.functions = all;
    expect((await there.scan()).asked).toEqual([`code ${shaOf(nodeZip({ left: "1.1.0" }))}`]);
  });
});
