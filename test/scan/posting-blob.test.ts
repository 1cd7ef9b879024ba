import { describe, expect, it } from "vitest";
import { allPostings, findPackages } from "../../shared/scan/posting-blob.ts";
import { aRecord } from "../libraries/advisories/an-advisory.ts";
import { account, functionArn } from "../stub-account.ts";
import { anAccountOfZips, known, nodeZip, shaOf } from "./an-account-of-zips.ts";

const hole = aRecord("GHSA-left-hole-0001", [{ introduced: "0" }, { fixed: "1.2.0" }]);

describe("the posting index", () => {
  it("tells which functions have which version of a package, and its holes", async () => {
    const layerArn = `arn:aws:lambda:eu-west-1:${account}:layer:tools:3`;
    const old = nodeZip({ left: "1.1.0" });
    const there = await anAccountOfZips({
      a: { zip: old },
      b: { zip: old, more: { Layers: [{ Arn: layerArn }] } },
      c: { zip: nodeZip({ left: "1.2.0", right: "1.0.0" }), live: nodeZip({ left: "1.0.0" }) },
    });
    there.artifacts.set(`layer ${layerArn}`, nodeZip({ left: "1.1.0" }, "call sqs SendMessage"));
    await there.scan({ advisories: async () => known(hole) });
    const found = await findPackages(there.dog.watchdog.blobs, account, (_, name) => (name === "left" ? () => true : undefined));
    expect(found?.contents).toEqual({ complete: 4, partial: 0, unknown: 0, unread: 0, images: 0 });
    const all = await allPostings(there.dog.watchdog.blobs, account);
    const right = all?.packages.find(({ name }) => name === "right")?.versions[0];
    expect(all?.contents).toEqual(found?.contents);
    expect(all?.artifacts[all.lists[right?.list ?? -1]?.[0] ?? -1]?.usedBy).toEqual([[functionArn("c")]]);
    const told = (found?.found ?? []).map(({ version, artifacts, holes }) => ({
      version,
      ids: holes?.ids,
      artifacts: artifacts.toSorted((x, y) => (x.key < y.key ? 1 : -1)),
    }));
    expect(told.toSorted((x, y) => ((x.version ?? "") < (y.version ?? "") ? -1 : 1))).toEqual([
      {
        version: "1.0.0",
        ids: ["GHSA-left-hole-0001"],
        artifacts: [{ key: `code ${shaOf(nodeZip({ left: "1.0.0" }))}`, usedBy: [[functionArn("c"), "7 (live)"]] }],
      },
      {
        version: "1.1.0",
        ids: ["GHSA-left-hole-0001"],
        artifacts: [
          { key: `layer ${layerArn}`, usedBy: [[functionArn("b")]] },
          { key: `code ${shaOf(old)}`, usedBy: [[functionArn("a")], [functionArn("b")]] },
        ],
      },
      {
        version: "1.2.0",
        ids: undefined,
        artifacts: [{ key: `code ${shaOf(nodeZip({ left: "1.2.0", right: "1.0.0" }))}`, usedBy: [[functionArn("c")]] }],
      },
    ]);
  });

  it("is of the last scan: what is gone from the account is gone from it", async () => {
    const there = await anAccountOfZips({ a: { zip: nodeZip({ left: "1.1.0" }) } });
    const { blobs } = there.dog.watchdog;
    const all = async () => (await findPackages(blobs, account, () => () => true))?.found;
    expect(await all()).toBeUndefined();
    await there.scan();
    expect(await all()).toHaveLength(1);
    there.stub.data.functions = [];
    await there.scan();
    expect(await all()).toEqual([]);
  });

  it("by a version that this one does not know is not guessed at", async () => {
    const there = await anAccountOfZips({ a: { zip: nodeZip({ left: "1.1.0" }) } });
    const { blobs } = there.dog.watchdog;
    await blobs.putLines(`artifacts/${account}/postings.ndjson.gz`, [{ version: 99, scanId: "x" }]);
    await expect(findPackages(blobs, account, () => () => true)).rejects.toThrow(/format 99/);
  });
});
