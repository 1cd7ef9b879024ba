/**
 * Which files of a zip are worth reading: code of the function itself, not of packages, tests or declarations of types. `size` in bytes.
 */
export function wantsFile(path: string, size: number): boolean {
  if (!/\.[cm]?[jt]sx?$/.test(path) || size > 8_000_000) return false;
  return !/(^|\/)(node_modules|__tests__|__mocks__|\.yarn|cdk\.out)\/|\.d\.[cm]?ts$|\.(test|spec)\.[cm]?[jt]sx?$|(^|\/)\.pnp\.c?js$/.test(
    path,
  );
}
