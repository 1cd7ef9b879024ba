// From images in the account's registry to findings about the libraries in them.
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { presignedRead } from "../../shared/aws/pace.ts";
import { AdvisoryIndex } from "../../shared/libraries/advisories/advisory-index.ts";
import type { Watchdog } from "../../shared/scan/watchdog.ts";
import { type AnImage, anImage, digestOf, layerOf } from "../artifacts/a-layer.ts";
import { aRecord } from "../libraries/advisories/an-advisory.ts";
import { awsError, functionArn } from "../stub-account.ts";
import { anAccountOfImages, npmLayer } from "./an-account-of-images.ts";
import { known } from "./an-account-of-zips.ts";

const hole = aRecord("GHSA-left-hole-0001", [{ introduced: "0" }, { fixed: "1.2.0" }], { aliases: ["CVE-2026-0001"] });
const advisories = async () => known(hole);

describe("an image function", () => {
  it("with a vulnerable package in its image has a finding that names image and layer; the next scan asks no manifest and no layer", async () => {
    const layer = npmLayer({ left: "1.1.0" });
    const image = anImage(npmLayer({ right: "1.0.0" }, "opt"), layer);
    const there = await anAccountOfImages({ thumbs: { image } });
    const first = await there.scan({ advisories });
    expect(first.row).toEqual({ collector: "libraries", region: "eu-west-1", status: "complete", resources: 1 });
    expect(first.of("thumbs")).toMatchObject({ kind: "image", packages: 2, versionsKnown: 2, untold: [] });
    expect(first.findings).toMatchObject([
      {
        rule: "library/vulnerable",
        resource: { name: "thumbs" },
        evidence: {
          package: "left",
          version: "1.1.0",
          fixed: "1.2.0",
          path: "var/task/node_modules/left/package.json",
          image: `team/app@${image.digest}`,
          imageLayer: [...image.layers.keys()][1],
        },
      },
    ]);
    there.later(1);
    const second = await there.scan({ advisories });
    expect(second.asked).toEqual([]);
    expect(second.findings).toHaveLength(1);
  });

  it("shares its layers with others: each is read once, in this scan or an earlier one", async () => {
    const base = npmLayer({ left: "1.1.0" }, "opt");
    const [a, b, c] = ["a", "b", "c"].map((name) => anImage(base, npmLayer({ [name]: "1.0.0" }))) as [AnImage, AnImage, AnImage];
    const there = await anAccountOfImages({ a: { image: a }, b: { image: b }, same: { image: a } });
    const { asked, of } = await there.scan({ advisories });
    expect(asked.filter((one) => one.startsWith("manifest"))).toHaveLength(2);
    expect(asked.filter((one) => one.startsWith("image-layer")).toSorted()).toEqual(
      [...new Set([...a.layers.keys(), ...b.layers.keys()])].map((digest) => `image-layer ${digest}`).toSorted(),
    );
    for (const name of ["a", "b", "same"]) expect(of(name)).toMatchObject({ packages: 2, vulnerable: [] });
    there.later(1);
    there.deploy("b", { image: c });
    const next = await there.scan({ advisories });
    expect(next.asked).toEqual([`manifest ${c.digest}`, `image-layer ${[...c.layers.keys()][1]}`]);
    expect(next.of("b").packages).toBe(2);
  });

  it("has no finding of its own for what lies in a layer that others have: one finding of the layer names all of them", async () => {
    const base = npmLayer({ left: "1.1.0", right: "1.0.0" }, "opt");
    const runs = Array.from({ length: 30 }, (_, i) => [`f${i}`, { image: anImage(base, npmLayer({ [`own-${i}`]: "1.0.0" })) }] as const);
    const own = { image: anImage(base, npmLayer({ left: "1.0.0" })) };
    const there = await anAccountOfImages({ ...Object.fromEntries(runs), own });
    const { findings, document } = await there.scan({ advisories });
    const digest = digestOf(base);
    expect(findings.map(({ resource: { type, name, arn } }) => [type, name, arn]).toSorted()).toEqual([
      ["AWS::ECR::ImageLayer", digest.slice(0, 19), `arn:aws:ecr:eu-west-1:111122223333:image-layer/${digest}`],
      ["AWS::Lambda::Function", "own", functionArn("own")],
    ]);
    const ofLayer = findings.find(({ resource }) => resource.type === "AWS::ECR::ImageLayer");
    expect(ofLayer).toMatchObject({
      severity: "MEDIUM",
      title: `Layer ${digest.slice(0, 19)} of container images (team/app) contains left 1.1.0, which has a known hole: GHSA-left-hole-0001; mended in 1.2.0`,
      evidence: { package: "left", imageLayer: digest, repositories: ["team/app"], moreFunctions: 21 },
    });
    expect(ofLayer?.remediation.text).toContain("31 functions use it.");
    expect(document.resources.filter(({ type }) => type === "AWS::ECR::ImageLayer")).toEqual([]);
    // while one of them cannot be read, nobody knows whether the layer is still in use
    there.later(1);
    there.stub.data.functions = there.stub.data.functions.slice(0, 1);
    there.deploy("f0", { image: anImage(npmLayer({ own: "1.0.0" })) });
    there.stub.fault = ({ operation }) => (operation === "ecr:BatchGetImage" ? awsError("AccessDeniedException") : undefined);
    const open = async () => (await there.scan({ advisories })).findings.map(({ resource }) => resource.type);
    expect(await open()).toContain("AWS::ECR::ImageLayer");
    there.stub.fault = () => undefined;
    expect(await open()).toEqual([]);
  });

  it("whose version behind an alias cannot be read leaves open what that had in a layer of several images", async () => {
    const base = npmLayer({ left: "1.1.0" }, "opt");
    const own = (name: string) => ({ image: anImage(npmLayer({ [name]: "1.0.0" })) });
    const live = (name: string) => ({ live: anImage(base, npmLayer({ [name]: "2.0.0" })) });
    const there = await anAccountOfImages({ a: { ...own("a"), ...live("a") }, b: { ...own("b"), ...live("b") }, c: own("c") });
    const open = async () => (await there.scan({ advisories })).findings.map(({ resource }) => resource.type);
    expect(await open()).toEqual(["AWS::ECR::ImageLayer"]);
    there.later(1);
    there.deploy("a", own("a"));
    there.deploy("b", own("b"));
    there.deploy("c", { ...own("c"), ...live("c") });
    there.stub.fault = ({ operation }) => (operation === "ecr:BatchGetImage" ? awsError("AccessDeniedException") : undefined);
    expect(await open()).toEqual(["AWS::ECR::ImageLayer"]);
  });

  it("has what was found in a layer of several images while there are no advisories of that ecosystem", async () => {
    const base = npmLayer({ left: "1.1.0" }, "opt");
    const there = await anAccountOfImages({
      a: { image: anImage(base, npmLayer({ a: "1.0.0" })) },
      b: { image: anImage(base, npmLayer({ b: "1.0.0" })) },
    });
    const open = async (from: Watchdog["advisories"]) =>
      (await there.scan({ advisories: from as typeof advisories })).findings.flatMap(({ rule, resource }) =>
        rule === "library/vulnerable" ? [resource.type] : [],
      );
    expect(await open(advisories)).toEqual(["AWS::ECR::ImageLayer"]);
    there.later(1);
    const { feeds, exploited } = known(hole);
    const damaged = { ecosystem: "npm", source: "elsewhere", failure: "what was kept is damaged" } as const;
    const others = feeds.map((feed) => ({ ...feed, ecosystem: "PyPI" as const }));
    expect(await open(async () => ({ index: new AdvisoryIndex([], ["PyPI"]), exploited, feeds: [...others, damaged] }))).toEqual([
      "AWS::ECR::ImageLayer",
    ]);
  });

  it("has what versions behind its aliases have: callers get another image than the function is today", async () => {
    const live = anImage(npmLayer({ left: "1.1.0" }));
    const image = anImage(npmLayer({ left: "1.3.0" }));
    const there = await anAccountOfImages({ thumbs: { image, live } });
    const first = await there.scan({ advisories });
    expect(first.of("thumbs").vulnerable).toMatchObject([{ package: { version: "1.1.0" }, inVersions: ["7 (live)"] }]);
    expect(first.findings).toMatchObject([{ evidence: { inVersions: ["7 (live)"] } }]);
    const gone = await anAccountOfImages({ thumbs: { image, live } });
    gone.manifests.delete(live.digest);
    const { of, findings } = await gone.scan({ advisories });
    expect(of("thumbs").untold).toEqual([expect.stringContaining("version 7 (live): it is not in its repository any more")]);
    expect(findings).toEqual([]);
  });

  it("of a list of images runs the one for its architecture", async () => {
    const arm = anImage(npmLayer({ left: "1.0.0" }));
    const intel = anImage(npmLayer({ left: "1.1.0" }));
    const platforms = [
      { digest: intel.digest, platform: { os: "linux", architecture: "amd64" } },
      { digest: arm.digest, platform: { os: "linux", architecture: "arm64" } },
      { digest: digestOf("{}"), platform: { os: "unknown", architecture: "unknown" } },
    ];
    const text = JSON.stringify({ mediaType: "application/vnd.oci.image.index.v1+json", manifests: platforms });
    const index = { manifest: text, digest: digestOf(text), layers: new Map<string, Buffer>() };
    const there = await anAccountOfImages({
      arm: { image: arm, index, architecture: "arm64" },
      intel: { image: intel, index, architecture: "x86_64" },
    });
    const { of } = await there.scan({ advisories });
    expect(["arm", "intel"].map((name) => of(name).vulnerable?.[0]?.package.version)).toEqual(["1.0.0", "1.1.0"]);
    const other = JSON.stringify({ manifests: platforms.slice(0, 1) });
    there.deploy("arm", { image: intel, index: { manifest: other, digest: digestOf(other), layers: new Map() }, architecture: "arm64" });
    expect((await there.scan()).of("arm").unread).toContain("has none for the architecture of the function");
  });

  it("whose manifest is refused is said not to be read, with the operation, and nothing of it is resolved", async () => {
    const there = await anAccountOfImages({ thumbs: { image: anImage(npmLayer({ left: "1.1.0" })) } });
    expect((await there.scan({ advisories })).findings).toHaveLength(1);
    there.later(1);
    there.deploy("thumbs", { image: anImage(npmLayer({ left: "1.3.0" })) });
    there.stub.fault = ({ operation }) =>
      operation === "ecr:BatchGetImage" ? awsError("AccessDeniedException", "not for you") : undefined;
    const { row, of, findings } = await there.scan({ advisories });
    expect(row).toMatchObject({ status: "denied", operation: "ecr:BatchGetImage", code: "AccessDeniedException" });
    expect(of("thumbs").unread).toContain("ecr:BatchGetImage failed (AccessDeniedException): not for you");
    expect(findings).toMatchObject([{ rule: "library/vulnerable", evidence: { version: "1.1.0" } }]);
    there.stub.fault = () => undefined;
    there.later(1);
    expect((await there.scan({ advisories })).findings).toEqual([]);
  });

  it("that is no more in its repository, of another account, known by a tag only, or not told at all says which of these it is", async () => {
    const image = anImage(npmLayer({ left: "1.1.0" }));
    const there = await anAccountOfImages({
      gone: { image: anImage(npmLayer({ left: "1.0.0" })) },
      foreign: { image, registry: "444455556666" },
      tagged: { image, tag: "latest" },
      untold: { image },
    });
    there.manifests.clear();
    there.stub.fault = ({ operation, input }) =>
      operation === "lambda:GetFunction" && String(input.FunctionName).endsWith("untold") ? awsError("AccessDeniedException") : undefined;
    const { of, row, asked, findings } = await there.scan({ advisories });
    expect(of("gone").unread).toContain("it is not in its repository any more");
    expect(of("foreign").unread).toContain("it is in the registry of account 444455556666");
    expect(of("tagged").unread).toContain("a tag may have been moved since");
    expect(of("untold").unread).toContain("lambda:GetFunction failed (AccessDeniedException)");
    expect(row).toMatchObject({ status: "complete", message: "4 container images are not read" });
    expect(asked).toHaveLength(1);
    expect(findings).toEqual([]);
    expect((await there.scan({ advisories })).asked).toEqual([]);
  });

  it("of which not everything is known is advised to ship a list in the image", async () => {
    const minified = layerOf({ "var/task/index.js": `!function(){${"a(1),".repeat(3000)}b()}();` });
    const there = await anAccountOfImages({ thumbs: { image: anImage(minified) } });
    const [found, ...more] = (await there.scan({ advisories })).findings;
    expect(more).toEqual([]);
    expect(found).toMatchObject({ rule: "library/contents-unknown", severity: "INFORMATIONAL" });
    expect(found?.remediation.text).toContain("bom.json in the image, beside the code");
    there.later(1);
    const bill = JSON.stringify({
      bomFormat: "CycloneDX",
      components: [{ type: "library", name: "left", version: "1.3.0", purl: "pkg:npm/left@1.3.0" }],
    });
    there.deploy("thumbs", { image: anImage(minified, layerOf({ "var/task/bom.json": bill })) });
    const { findings, of } = await there.scan({ advisories });
    expect(findings).toEqual([]);
    expect(of("thumbs")).toMatchObject({ packages: 1, coverage: { status: "complete" } });
  });

  it("with a layer that was made to harm is a finding, is not read again, and costs no other", async () => {
    const bomb = gzipSync(Buffer.alloc(300 * 1024 * 1024));
    const there = await anAccountOfImages({ bomb: { image: anImage(bomb) }, thumbs: { image: anImage(npmLayer({ left: "1.1.0" })) } });
    const { of, row, findings } = await there.scan({ advisories });
    expect(of("bomb")).toMatchObject({
      isRefused: true,
      unread: expect.stringContaining("unpacks to more than two hundred times its size"),
    });
    expect(row).toMatchObject({ status: "partial", code: "LayerBomb", resources: 1 });
    expect(findings.map(({ rule, resource }) => [rule, resource.name]).toSorted()).toEqual([
      ["library/contents-unknown", "bomb"],
      ["library/vulnerable", "thumbs"],
    ]);
    there.later(1);
    expect((await there.scan({ advisories })).asked).toEqual([]);
  });

  it("is not read where that is switched off, and what is known of it stays known: an image never changes", async () => {
    const there = await anAccountOfImages({ thumbs: { image: anImage(npmLayer({ left: "1.1.0" })) } });
    const off = { advisories, imageLister: undefined } as unknown as Partial<Watchdog>;
    const first = await there.scan(off);
    expect(first.asked).toEqual([]);
    expect(first.of("thumbs").unread).toContain("reading images is switched off");
    expect(first.row).toMatchObject({ status: "complete", message: "1 container image is not read" });
    expect(first.findings).toEqual([]);
    expect((await there.scan({ advisories })).findings).toHaveLength(1);
    const known = await there.scan(off);
    expect(known.asked).toEqual([]);
    expect(known.row).toEqual({ collector: "libraries", region: "eu-west-1", status: "complete", resources: 1 });
    expect(known.findings).toHaveLength(1);
    there.deploy("thumbs", { image: anImage(npmLayer({ left: "1.3.0" })) });
    expect((await there.scan(off)).findings).toHaveLength(1);
  });

  it("goes on in the next scan with what was read of it when the time was over, or the scan was killed", async () => {
    const image = anImage(...["one", "two", "three", "four"].map((name) => npmLayer({ [name]: "1.0.0" }, name)));
    const there = await anAccountOfImages({ thumbs: { image } });
    let reads = 0;
    const failing = (code: string) => {
      reads = 0;
      there.stub.fault = ({ operation }) => {
        if (operation !== presignedRead) return undefined;
        reads += 1;
        return reads > 1 ? awsError(code) : undefined;
      };
    };
    failing("OutOfTime");
    const left = await there.scan();
    expect(left.row).toMatchObject({ status: "left" });
    expect(left.of("thumbs").unread).toContain("left for the next scan");
    failing("ExpiredTokenException");
    await expect(there.scan()).rejects.toThrow("ExpiredTokenException");
    there.stub.fault = () => undefined;
    const { asked, of } = await there.scan();
    expect(asked.filter((one) => one.startsWith("image-layer"))).toHaveLength(2);
    expect(of("thumbs").packages).toBe(4);
  });

  it("of which no scan has met the image for a month is forgotten with its layers", async () => {
    const image = anImage(npmLayer({ left: "1.1.0" }));
    const there = await anAccountOfImages({ thumbs: { image }, other: { image: anImage(npmLayer({ right: "1.0.0" })) } });
    await there.scan();
    const all = there.stub.data.functions;
    for (const days of [20, 20]) {
      there.later(days);
      expect((await there.scan()).asked).toEqual([]);
    }
    there.stub.data.functions = all.filter(({ name }) => name === "other");
    there.later(31);
    await there.scan();
    there.stub.data.functions = all;
    expect((await there.scan()).asked).toEqual([`manifest ${image.digest}`, `image-layer ${[...image.layers.keys()][0]}`]);
  });
});
