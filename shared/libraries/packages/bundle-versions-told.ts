/** Versions of packages that a bundle names and does not tell the version of. Pure. */
import { type BundleFeatures, type ToldVersion, versionIndex } from "./bundled-versions.ts";
import type { FoundPackage } from "./package-reader.ts";

interface Naming {
  readonly roots: Set<string>;
  hasVersion: boolean;
}

/** What maps, comments about licences and the code itself say of one file of code. */
export class NamedInFiles {
  readonly #files = new Map<string, Map<string, Naming>>();
  readonly #told = new Map<string, ReadonlyMap<string, ToldVersion>>();

  note({ path, name, version, root }: FoundPackage): void {
    const file = path.replace(/\.(?:map|LICENSE\.txt)$/i, "");
    const names = this.#files.get(file) ?? new Map<string, Naming>();
    const naming = names.get(name) ?? { roots: new Set<string>(), hasVersion: false };
    if (root !== undefined) naming.roots.add(root);
    naming.hasVersion ||= version !== null;
    names.set(name, naming);
    this.#files.set(file, names);
  }

  /** Looks at the code of a file, once everything is noted that names packages in it. */
  look(path: string, features: () => BundleFeatures): void {
    // several copies in one file: nobody knows which is meant
    const open = [...(this.#files.get(path) ?? [])].filter(([, one]) => !one.hasVersion && one.roots.size <= 1).map(([name]) => name);
    const index = versionIndex();
    this.#told.set(path, open.some((name) => index.knows(name)) ? index.versionsIn(features(), open) : new Map());
  }

  /** What the code told, once all files were looked at. */
  found(): FoundPackage[] {
    return [...this.#told].flatMap(([path, told]) => [...told].flatMap(([name, one]) => this.#packages(path, name, one)));
  }

  #packages(path: string, name: string, { version, range, how }: ToldVersion): FoundPackage[] {
    const others = [...this.#told].filter(([file]) => file !== path && this.#files.get(file)?.has(name));
    const found = { ecosystem: "npm", name, confidence: "medium", how, path } as const;
    // a range is of one copy, and a package is listed once
    if (version === undefined) return others.length === 0 && range !== undefined ? [{ ...found, version: null, versionRange: range }] : [];
    const isUntold = others.some(([file, told]) => !this.#files.get(file)?.get(name)?.hasVersion && told.get(name)?.version === undefined);
    return [{ ...found, version }, ...(isUntold ? [{ ...found, version: null, isAnotherCopy: true as const }] : [])];
  }
}
