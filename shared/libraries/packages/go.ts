/** Go modules, from what the linker wrote into programs. */
import type { GoBuildInfo } from "./go-build-info.ts";
import { isManifest } from "./java.ts";
import { type Add, asText, baseName, jsonObject, type PackageReader } from "./package-reader.ts";

/** A program of Go has a megabyte and more. */
const smallestProgram = 400 * 1024;
const notOwn = /(?:^|\/)(?:node_modules|site-packages)\/|\.dist-info\//;

/** Programs have no suffix; neither have many other files, which their first bytes tell. */
export function mayBeProgram(path: string, bytes: number): boolean {
  return bytes >= smallestProgram && !notOwn.test(path) && !path.includes("!/") && !/\.\w{1,5}$/.test(baseName(path));
}

export const go: PackageReader = {
  wishOf: (path, bytes) => (mayBeProgram(path, bytes) ? "pieces" : undefined),
  read({ digests }, add) {
    const opaque: { file: string; why: string }[] = [];
    for (const { path, digest } of digests) {
      if (isManifest(path)) continue;
      const info = jsonObject(digest);
      const [version, modules = ""] = [asText(info?.go), asText(info?.modules)];
      if (version !== undefined) addProgram(path, { go: version, modules }, add);
      if (version === undefined) opaque.push({ file: path, why: "a program that does not say what was built into it" });
      else if (modules === "") opaque.push({ file: path, why: "a program of Go without its list of modules" });
    }
    return { statements: [], opaque };
  },
};

function addProgram(path: string, { go: toolchain, modules }: GoBuildInfo, add: Add): void {
  const found = { ecosystem: "Go", confidence: "high", how: "Go build info", path } as const;
  add({ ...found, name: "stdlib", version: standardLibrary(toolchain) });
  const lines = modules.split("\n").map((line) => line.split("\t"));
  for (const [i, [kind, name = "", version = ""]] of lines.entries()) {
    if (kind !== "dep") continue;
    const [next, otherName = "", otherVersion = ""] = lines[i + 1] ?? [];
    if (next !== "=>") add({ ...found, name, version: plainVersion(version) });
    // replaced: what was built is the other module, or a folder, of which nobody knows what it held
    else if (otherVersion !== "") add({ ...found, name: otherName, version: plainVersion(otherVersion) });
    else add({ ...found, name, version: null });
  }
}

/** `go1.22.3` and `go1.22.3 X:boringcrypto` are 1.22.3; of a toolchain of one's own nobody knows. */
export function standardLibrary(toolchain: string): string | null {
  return /^go(\d+(?:\.\d+)*(?:(?:rc|beta)\d+)?)(?:[ -].*)?$/.exec(toolchain)?.[1] ?? null;
}

function plainVersion(version: string): string | null {
  return /^v\d/.test(version) ? version.slice(1) : null;
}
