/** The packages of an artifact from its files. Pure. */
import type { Package, PackageList } from "../../model/packages.ts";
import { purlOf } from "./purl.ts";
import { distributionOf } from "./python-names.ts";

/** @param paths of all files */
export function packageList(paths: readonly string[]): PackageList {
  const packages = new Map<string, Package>();
  for (const path of paths) {
    const found = distributionOf(path);
    if (!found) continue;
    const purl = purlOf("PyPI", found.name, found.version);
    if (!packages.has(purl))
      packages.set(purl, { purl, ...found, ecosystem: "PyPI", confidence: "high", evidence: { how: "dist-info", path } });
  }
  return { packages: [...packages.values()], declared: [], coverage: { status: "complete", statements: [], opaque: [] } };
}
