/**
 * `npm run build`: makes the package that is published in dist/ (`npm publish ./dist`): the command with its parts in lib/, the sample account, and
 * dynalite as the only thing left to install. `node tools/build.ts FOLDER` builds elsewhere.
 */
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { requireBanner } from "../infra/bundle-banner.ts";
import { parserFiles } from "../infra/parser-files.ts";
import metadata from "../package.json" with { type: "json" };
import { bundlePage } from "../page/bundle.ts";
import { bundleFile } from "../shared/page-file/page-html.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = resolve(process.argv[2] ?? join(root, "dist"));
/** commander 15 needs it, and the AWS SDK follows with its releases of 2027. */
const engines = { node: ">=22.12.0" };
const alongside = [
  "README.md",
  "LICENSE",
  "NOTICE",
  "CHANGELOG.md",
  join("samples", "sample-account.ndjson"),
  join("samples", "advisories"),
  "docs",
];

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const program = join(folder, "smalltarget.js");
const { metafile } = await build({
  absWorkingDir: root,
  entryPoints: [join(root, "cli", "smalltarget.ts")],
  outdir: folder,
  // a command loads its own part of the program only
  splitting: true,
  chunkNames: "lib/[name]-[hash]",
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node22",
  // names stay: stack traces of --debug are for reading
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: "none",
  metafile: true,
  // esbuild is for who has the source: the page lies beside the program, bundled
  external: ["dynalite", "esbuild"],
  banner: { js: requireBanner },
  logLevel: "warning",
});
chmodSync(program, 0o755);
// beside the part of the program that reads Python
for (const file of parserFiles) cpSync(file, join(folder, "lib", basename(file)));
writeFileSync(join(folder, "lib", bundleFile), JSON.stringify(bundlePage()));
for (const name of alongside) {
  if (existsSync(join(root, name))) cpSync(join(root, name), join(folder, name), { recursive: true });
}
writeFileSync(
  join(folder, "THIRD-PARTY.txt"),
  thirdPartyLicences([...Object.keys(metafile.inputs), ...parserFiles.map((file) => relative(root, file))]),
);
const { name, version, description, license, optionalDependencies } = metadata;
const published = {
  name,
  version,
  description,
  license,
  type: "module",
  bin: { smalltarget: "smalltarget.js" },
  engines,
  optionalDependencies,
};
writeFileSync(join(folder, "package.json"), `${JSON.stringify(published, null, 2)}\n`);
process.stdout.write(`${program}\n`);

/** Name, licence and licence text of every package that is in the bundle. */
function thirdPartyLicences(inputs: readonly string[]): string {
  const folders = inputs.flatMap((path) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? []);
  return [...new Set(folders)]
    .sort()
    .map((path) => {
      const about = JSON.parse(readFileSync(join(root, path, "package.json"), "utf8"));
      const file = readdirSync(join(root, path)).find((entry) => /^licen[sc]e/i.test(entry));
      const text = file ? readFileSync(join(root, path, file), "utf8").trim() : "";
      return `${about.name} ${about.version} (${about.license})\n\n${text}`;
    })
    .join(`\n\n${"-".repeat(80)}\n\n`);
}
