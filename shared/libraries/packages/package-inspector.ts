/** Lists the packages of an artifact, and says how much of it is known. */
import type { Found, Inspector, Wish } from "../../artifacts/inspector.ts";
import type { PackageList } from "../../model/packages.ts";
import { bundledJavascript, bundleFiles } from "./bundled-javascript.ts";
import { CollectedPackages } from "./collected-packages.ts";
import { coverageOf } from "./coverage.ts";
import { declared } from "./declared.ts";
import { dotnet } from "./dotnet.ts";
import { go } from "./go.ts";
import { goBuildInfo } from "./go-build-info.ts";
import { isManifest, java } from "./java.ts";
import { readManifest } from "./java-manifest.ts";
import { missingManifests, nodeModules } from "./node-modules.ts";
import type { Add, PackageReader, Told } from "./package-reader.ts";
import { python } from "./python.ts";
import { ruby } from "./ruby.ts";
import { sbom } from "./sbom.ts";

const readers: readonly PackageReader[] = [nodeModules, bundledJavascript, python, ruby, java, dotnet, go, sbom, declared];

/** Every reader wants what is smaller whole, if it wants it. */
const largestOfAll = 64 * 1024;

function firstWish(path: string, bytes: number, asked = readers): Wish | undefined {
  for (const reader of asked) {
    const wish = reader.wishOf(path, bytes);
    if (wish !== undefined) return wish;
  }
  return undefined;
}

/** What was only declared is not missed. */
const ofInstalled = readers.filter((reader) => reader !== declared);

/** Everything that the readers make of what was found. */
export function readAll(found: Found, add: Add): Told[] {
  return readers.flatMap((reader) => reader.read(found, add) ?? []);
}

export interface PackageInspectorOptions {
  /** Reads every package.json, also those of which a lock file tells what they say: for artifacts whose bytes cost nothing. */
  readonly thorough?: boolean;
}

export function packageInspector({ thorough = false }: PackageInspectorOptions = {}): Inspector<PackageList> {
  return {
    wishOf(path, bytes): Wish | undefined {
      const wish = firstWish(path, bytes);
      // what has no suffix may be a program too
      const isMissed = bytes > largestOfAll && (wish === undefined || (wish === "pieces" && !isManifest(path)));
      return isMissed && firstWish(path, 1, ofInstalled) !== undefined ? "too large" : wish;
    },
    async digest(path, pieces) {
      if (isManifest(path)) return JSON.stringify(await readManifest(pieces));
      const info = await goBuildInfo(pieces);
      return info === "none" ? undefined : JSON.stringify(info === "other" ? {} : info);
    },
    missing: (found) => new Set([...missingManifests(found, thorough), ...bundleFiles(found)]),
    read(found: Found) {
      const packages = new CollectedPackages();
      const told = readAll(found, packages.add);
      const installed = packages.installed();
      return { packages: installed, declared: packages.declared(), coverage: coverageOf(found, told, installed, packages.overflowed) };
    },
  };
}
