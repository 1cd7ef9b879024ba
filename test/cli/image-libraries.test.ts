// What the commands say of the packages in a container image.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { keepAccount, keepScanList } from "../../cli/scan-list.ts";
import { anImage } from "../artifacts/a-layer.ts";
import { aRecord } from "../libraries/advisories/an-advisory.ts";
import { anAccountOfImages, npmLayer } from "../scan/an-account-of-images.ts";
import { known } from "../scan/an-account-of-zips.ts";
import { account } from "../stub-account.ts";
import { smalltarget } from "./run-command.ts";

it("the packages of an image are listed, found and written as a bill of materials as those of a zip are", async () => {
  const base = npmLayer({ left: "1.1.0" }, "opt");
  const image = anImage(base, npmLayer({ right: "2.0.0" }));
  const there = await anAccountOfImages({ thumbs: { image }, other: { image: anImage(base) }, gone: { image: anImage(npmLayer({})) } });
  for (const digest of [...there.manifests.keys()].slice(2)) there.manifests.delete(digest);
  const hole = aRecord("GHSA-left-hole-0001", [{ introduced: "0" }, { fixed: "1.2.0" }]);
  await there.scan({ advisories: async () => known(hole) });
  const { blobs, store } = there.dog.watchdog;
  await keepAccount(blobs, account);
  await keepScanList(blobs, account, await store.scans(account, 5));
  const { folder } = there.dog;
  mkdirSync(join(folder, "table"), { recursive: true });
  const run = (...args: string[]) => smalltarget([...args, "--store", `dir:${folder}`], { cwd: folder });
  const found = JSON.parse((await run("libraries", "--package", "left", "--output", "json")).out);
  expect(found.packages[0].functions.map(({ name, via }: { name: string; via: string }) => [name, via])).toEqual([
    ["other", "image"],
    ["thumbs", "image"],
  ]);
  expect((await run("libraries", "--function", "thumbs")).out).toMatch(/image: complete: npm: 2 packages, all versions known/);
  expect((await run("libraries", "--vulnerable")).err).toContain("1 container image, not read");
  const bill = JSON.parse((await run("sbom", "thumbs")).out);
  expect(bill.metadata.component.version).toBe(image.digest);
  expect(bill.components.map(({ purl }: { purl: string }) => purl)).toEqual(["pkg:npm/left@1.1.0", "pkg:npm/right@2.0.0"]);
});
