import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, onTestFinished, test } from "vitest";
import { anImage, aTar, digestOf, type TarFile } from "../artifacts/a-layer.ts";
import { npmLayer } from "../scan/an-account-of-images.ts";
import { smalltarget } from "./run-command.ts";

const lower = npmLayer({ left: "1.0.0", right: "1.0.0" });
const higher = aTar([{ name: "var/task/node_modules/.wh.left" }]);
const image = anImage(lower, higher);
const blob = (bytes: Buffer | string): TarFile => ({ name: `blobs/sha256/${digestOf(bytes).slice(7)}`, content: bytes });
const index = JSON.stringify({ manifests: [{ digest: image.digest, platform: { os: "linux", architecture: "arm64" } }] });
const layout = [{ name: "oci-layout", content: "{}" }, blob(lower), blob(higher), blob(image.manifest)];

async function listed(tar: Buffer, name = "image.tar") {
  const folder = mkdtempSync(join(tmpdir(), "smalltarget-image-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, name), tar);
  const { code, out, err } = await smalltarget(["libraries", "list", join(folder, name), "--output", "json"], { cwd: folder });
  return { code, err, packages: code === 0 ? (JSON.parse(out).packages as { purl: string }[]).map(({ purl }) => purl) : [] };
}

test.each<[string, Buffer, string]>([
  ["an OCI layout", aTar([...layout, { name: "index.json", content: index }]), "image.tar"],
  [
    "what docker save writes",
    aTar([
      { name: "manifest.json", content: JSON.stringify([{ Layers: ["abc/layer.tar", blob(higher).name] }]) },
      { name: "abc/layer.tar", content: lower },
      blob(higher),
    ]),
    "image.tar",
  ],
  ["a packed one", gzipSync(aTar([...layout, { name: "index.json", content: index }])), "image.tar.gz"],
])("the packages in %s are those of all its layers, less what the higher ones take away", async (_, tar, name) => {
  expect(await listed(tar, name)).toMatchObject({ code: 0, packages: ["pkg:npm/right@1.0.0"] });
});

test("what is no image, or not a whole one, says so", async () => {
  expect(await listed(aTar([{ name: "a", content: "x" }]))).toMatchObject({
    code: 2,
    err: expect.stringContaining("is no container image"),
  });
  const cut = [...layout.filter(({ name }) => name !== blob(lower).name), { name: "index.json", content: index }];
  expect(await listed(aTar(cut))).toMatchObject({ code: 2, err: expect.stringContaining("is not whole") });
  expect(await listed(Buffer.from("nothing of the kind".repeat(100)))).toMatchObject({
    code: 2,
    err: expect.stringContaining("it is no tar"),
  });
});
