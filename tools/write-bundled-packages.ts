/**
 * Writes shared/data/bundled-packages.json: what tells packages of npm in bundles that name nothing. Installs the packages of
 * bundled-package-names.txt, with what they need, into a folder that it removes again, runs nothing of them, and lets esbuild put together what
 * a bundler would take of each. Takes some ten minutes and 2 GB of disk.
 *
 *     node tools/write-bundled-packages.ts
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { featuresOf } from "../shared/libraries/packages/code-features.ts";
import { codeOf } from "./bundled-code.ts";
import { distinctiveFeatures, type SeenVersion } from "./distinctive-features.ts";
import { installedPackages } from "./installed-packages.ts";

const at = import.meta.dirname;

/** Undefined where esbuild cannot put it together. */
async function lookAt(folder: string): Promise<SeenVersion | undefined> {
  const made = await codeOf(folder);
  if (!made) return undefined;
  const { name, version, written, minified, asksFor } = made;
  return { name, version, written: placesOf(written), minified: placesOf(minified), asksFor };
}

function placesOf(text: string): Map<number, number> {
  const places = new Map<number, number>();
  let place = 0;
  for (const hash of featuresOf(text)) {
    if (!places.has(hash)) places.set(hash, place);
    place += 1;
  }
  return places;
}

function base64(numbers: readonly number[]): string {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [n, one] of numbers.entries()) bytes.writeUInt32LE(one, n * 4);
  return bytes.toString("base64");
}

const seen = new Map<string, SeenVersion>();
for await (const folder of installedPackages()) {
  const found = await lookAt(folder);
  if (found) seen.set(`${found.name}@${found.version}`, found);
}
const rows = [...distinctiveFeatures([...seen.values()])].map(
  ([name, generations]) =>
    `    ${JSON.stringify(name)}: ${JSON.stringify(generations.map(({ kept, lost }) => [base64(kept), base64(lost)]))}`,
);
const head = {
  asOf: new Date().toISOString().slice(0, 10),
  source:
    "the packages in tools/bundled-package-names.txt and those that they need, from the npm registry; made by tools/write-bundled-packages.ts",
};
writeFileSync(
  join(at, "../shared/data/bundled-packages.json"),
  `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "packages": {\n${rows.join(",\n")}\n  }\n}\n`,
);
process.stderr.write(`${seen.size} versions, ${rows.length} packages\n`);
