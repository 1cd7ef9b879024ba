/** By which ranges the packages of a tree need each other, as the hidden lock file of npm writes it down. */
import type { PackageNeed } from "../../model/packages.ts";
import { asObject, asText } from "./package-reader.ts";

type Entries = Readonly<Record<string, unknown>>;

const members = ["dependencies", "optionalDependencies", "peerDependencies"] as const;
const longestRange = 200;

/**
 * What is known of each folder's package. Of what lies at the top nobody can say that the function itself does not need it, unless `own` tells what that needs.
 * @param entries by folder, as in `packages` of the lock file
 * @param own what the function's own list of packages says that it needs
 */
export function neededAs(entries: Entries, own: Entries | undefined): ReadonlyMap<string, PackageNeed> {
  const ranges = new Map<string, Set<string>>();
  for (const [folder, value] of [...Object.entries(entries), ...(own ? [["", own] as const] : [])]) {
    const entry = asObject(value);
    for (const member of members) {
      for (const [name, said] of Object.entries(asObject(entry?.[member]) ?? {})) {
        const range = asText(said);
        const target = range === undefined || range.length > longestRange ? undefined : resolved(entries, folder, name);
        if (target === undefined || range === undefined) continue;
        const known = ranges.get(target);
        if (known) known.add(range);
        else ranges.set(target, new Set([range]));
      }
    }
  }
  return new Map(
    [...ranges].map(([folder, all]) => [folder, { ranges: [...all].toSorted(), isAll: own !== undefined || isNested(folder) }]),
  );
}

/** Where a package in `folder` finds another, as Node looks for it: beside it, then further up. */
function resolved(entries: Entries, folder: string, name: string): string | undefined {
  for (let at = folder; ; at = at.slice(0, Math.max(0, at.lastIndexOf("node_modules/") - 1))) {
    const target = at === "" ? `node_modules/${name}` : `${at}/node_modules/${name}`;
    if (Object.hasOwn(entries, target)) return target;
    if (at === "") return undefined;
  }
}

/** Only the package that it lies in, and what lies in that, can find it. */
function isNested(folder: string): boolean {
  return folder.indexOf("node_modules/") !== folder.lastIndexOf("node_modules/");
}
