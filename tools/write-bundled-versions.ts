/**
 * Writes shared/data/bundled-versions.json: what tells versions of packages of npm in bundles. Fetches releases of the packages of
 * bundled-version-edges.txt into a folder that it removes again, and runs nothing of them: those at which advisories begin or end (they stand in
 * the list behind the name), the one before each, and some of the others; and to know what is no other's, the packages of bundled-package-names.txt. Takes an hour or two, for each release is fetched, and 2 GB of disk.
 *
 *     node tools/write-bundled-versions.ts
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { featuresOf } from "../shared/libraries/packages/code-features.ts";
import { codeOf } from "./bundled-code.ts";
import { lookAtReleases, versionTextsOf } from "./fetched-releases.ts";
import { installedPackages } from "./installed-packages.ts";
import type { SeenPackage } from "./version-evidence.ts";
import { type ElsewhereCode, versionRows } from "./version-rows.ts";

const at = import.meta.dirname;
async function* elsewhere(): AsyncGenerator<ElsewhereCode> {
  for await (const folder of installedPackages()) {
    const made = await codeOf(folder);
    if (made) yield { name: made.name, hashes: new Set([...featuresOf(made.written), ...featuresOf(made.minified)]) };
  }
}

const looked: SeenPackage[] = [];
for (const line of readFileSync(join(at, "bundled-version-edges.txt"), "utf8").split("\n").filter(Boolean)) {
  const [name = "", ...edges] = line.split(" ");
  try {
    looked.push(await lookAtReleases(name, edges));
  } catch (error) {
    process.stderr.write(`left out, it could not be fetched: ${name} (${error instanceof Error ? error.message.slice(0, 200) : error})\n`);
  }
}
const rows = (await versionRows(looked, versionTextsOf, elsewhere())).map(
  ([name, row]) => `    ${JSON.stringify(name)}: ${JSON.stringify(row)}`,
);
const head = {
  asOf: new Date().toISOString().slice(0, 10),
  source: "releases of the packages in tools/bundled-version-edges.txt, from the npm registry; made by tools/write-bundled-versions.ts",
};
writeFileSync(
  join(at, "../shared/data/bundled-versions.json"),
  `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "packages": {\n${rows.join(",\n")}\n  }\n}\n`,
);
process.stderr.write(`${looked.length} packages looked at, ${rows.length} told\n`);
