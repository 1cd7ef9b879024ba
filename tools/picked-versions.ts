/** Which releases of a package are looked at. Pure. */
import { compareVersions } from "../shared/libraries/versions/orders.ts";

const most = 20;

/**
 * Those at which advisories begin or end and the one before each, the newest, and the last of each minor version, as many as there is room for.
 * @param published in order
 */
export function pickedVersions(published: readonly string[], edges: readonly string[]): string[] {
  const picked = new Set<string>();
  for (const edge of edges) {
    const at = published.findIndex((one) => compareVersions("npm", one, edge) >= 0);
    for (const one of [published[at - 1], published[at]]) if (one !== undefined) picked.add(one);
  }
  const releases = published.filter((one) => !one.includes("-"));
  const [first, last] = [releases[0], releases.at(-1)];
  for (const one of [first, last]) if (one !== undefined) picked.add(one);
  const lastOfMinors = releases.filter((one, n) => minorOf(one) !== minorOf(releases[n + 1] ?? "")).filter((one) => !picked.has(one));
  const room = Math.max(0, most - picked.size);
  const some = Math.min(room, lastOfMinors.length);
  for (let n = 0; n < some; n += 1) picked.add(lastOfMinors[Math.floor((n * lastOfMinors.length) / some)] ?? "");
  return published.filter((one) => picked.has(one));
}

const minorOf = (version: string) => version.split(".").slice(0, 2).join(".");
