/** The packages of bundled-package-names.txt, with what they need, installed into a folder that is removed again. Nothing of them is run. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One folder cannot hold two versions of a package by its own name. */
const perInstall = 60;

/** Their folders, each as long as it is looked at. */
export async function* installedPackages(): AsyncGenerator<string> {
  const wanted = readFileSync(join(import.meta.dirname, "bundled-package-names.txt"), "utf8")
    .split("\n")
    .filter(Boolean);
  const folder = mkdtempSync(join(tmpdir(), "bundled-packages-"));
  try {
    for (const [n, names] of foldersOf(wanted).entries()) {
      const own = join(folder, String(n));
      mkdirSync(own);
      writeFileSync(join(own, "package.json"), "{}");
      for (let from = 0; from < names.length; from += perInstall) install(own, names.slice(from, from + perInstall));
      yield* installedIn(own);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Names with and without a version, in folders that hold each name once. */
function foldersOf(wanted: readonly string[]): string[][] {
  const plain = wanted.filter((one) => one.lastIndexOf("@") <= 0);
  return [plain, wanted.filter((one) => !plain.includes(one))];
}

/** A package that cannot be installed is left out, and said. */
function install(folder: string, names: readonly string[]): void {
  try {
    execFileSync("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--legacy-peer-deps", "--no-package-lock", ...names], {
      cwd: folder,
      stdio: "ignore",
    });
  } catch {
    if (names.length === 1) return void process.stderr.write(`left out, it could not be installed: ${names[0]}\n`);
    const half = Math.ceil(names.length / 2);
    install(folder, names.slice(0, half));
    install(folder, names.slice(half));
  }
}

function* installedIn(folder: string): Generator<string> {
  const within = join(folder, "node_modules");
  if (!existsSync(within)) return;
  for (const name of readdirSync(within)) {
    if (name.startsWith(".")) continue;
    const found = name.startsWith("@") ? readdirSync(join(within, name)).map((one) => join(within, name, one)) : [join(within, name)];
    for (const one of found) {
      yield one;
      yield* installedIn(one);
    }
  }
}
