/** How much of an artifact's content is known, in words. */
import type { Found } from "../../artifacts/inspector.ts";
import type { Package, PackageCoverage } from "../../model/packages.ts";
import type { Told } from "./package-reader.ts";

const mostOpaque = 50;

/** @param overflowed more packages were found than are kept */
export function coverageOf(
  found: Pick<Found, "unread">,
  told: readonly Told[],
  packages: readonly Package[],
  overflowed: boolean,
): PackageCoverage {
  const isWhole = told.some((one) => one.isWhole);
  // what was shipped as the list of everything tells of files that tell nothing themselves
  const opaque = [...(isWhole ? [] : told.flatMap((one) => one.opaque)), ...found.unread];
  const counted = [...Map.groupBy(packages, ({ ecosystem }) => ecosystem)].map(([ecosystem, all]) => {
    const known = all.filter(({ version }) => version !== null).length;
    return `${ecosystem}: ${all.length} ${all.length === 1 ? "package" : "packages"}, ${known === all.length ? "all versions known" : `${known} versions known`}`;
  });
  const statements = [
    ...counted,
    ...told.flatMap((one) => one.statements),
    ...opaque.slice(0, mostOpaque).map(({ file, why }) => `contents unknown: ${file}: ${why}`),
    ...(opaque.length > mostOpaque ? [`contents unknown: ${opaque.length - mostOpaque} more files`] : []),
    ...(overflowed ? ["more packages than are listed: no artifact that people build has so many"] : []),
  ];
  const isComplete = opaque.length === 0 && !overflowed;
  const status = isComplete ? "complete" : packages.length > 0 ? "partial" : "unknown";
  return {
    status,
    statements: statements.length > 0 ? statements : ["nothing in it looks like a package"],
    opaque: opaque.slice(0, mostOpaque),
  };
}
