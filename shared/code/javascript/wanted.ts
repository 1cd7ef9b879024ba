/**
 * Which files of a zip are worth reading: code of the function itself, not of packages, tests or declarations of types. `size` in bytes. Which
 * packages are read is told by what the code loads (more-packages.ts).
 */

/** With all of version 2 of the SDK inside, minified, a bundle has up to 11 MB; most of it is data that is not parsed. */
const largest = 12_000_000;

export function wantsFile(path: string, size: number): boolean {
  return size <= largest && !path.includes("node_modules/") && isCode(path, false);
}

/** Whether a file is code that may run. @param inPackage of what others wrote, tests and examples lie beside the code */
export function isCode(path: string, inPackage: boolean): boolean {
  if (!/\.[cm]?[jt]sx?$/.test(path)) return false;
  if (inPackage && /(^|\/)(tests?|examples?|docs?|bench(mark)?s?|coverage|scripts)\/|\.min\.js$|\.config\.[cm]?[jt]s$/.test(inside(path)))
    return false;
  return !/(^|\/)(__tests__|__mocks__|\.yarn|cdk\.out)\/|\.d\.[cm]?ts$|\.(test|spec)\.[cm]?[jt]sx?$|(^|\/)\.pnp\.c?js$/.test(path);
}

function inside(path: string): string {
  return path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length).replace(/^(@[^/]+\/)?[^/]+\//, "");
}
