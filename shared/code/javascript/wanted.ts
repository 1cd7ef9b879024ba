/**
 * Which files of a zip are worth reading: code of the function itself and of packages that may be of the same people, not of published
 * packages, tests or declarations of types. `size` in bytes.
 */
import { ownPackageOf } from "./packages.ts";

const largest = 8_000_000;
/** A package of a function's own people is not bundled. */
const largestInPackage = 1_000_000;

export function wantsFile(path: string, size: number): boolean {
  const own = ownPackageOf(path);
  if (own?.inside === "package.json") return size <= largestInPackage;
  if (!/\.[cm]?[jt]sx?$/.test(path) || size > (own ? largestInPackage : largest)) return false;
  if (path.includes("node_modules/") && (!own || !/\.[cm]?js$/.test(path))) return false;
  return !/(^|\/)(__tests__|__mocks__|\.yarn|cdk\.out)\/|\.d\.[cm]?ts$|\.(test|spec)\.[cm]?[jt]sx?$|(^|\/)\.pnp\.c?js$/.test(path);
}
