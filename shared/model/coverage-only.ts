/** A snapshot that says what was looked at, and no longer what was seen. Pure. */
import type { Part } from "./coverage.ts";
import type { Snapshot } from "./snapshot.ts";

/** `snapshot` with the coverage of every part and none of its items. */
export function coverageOnly(snapshot: Snapshot): Snapshot {
  const empty = <P extends Part<unknown>>(part: P) => ({ ...part, items: [] });
  const regions = snapshot.regions.map(({ region, services, ...parts }) => ({
    ...(Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, empty(part)])) as unknown as typeof parts),
    region,
    services: Object.fromEntries(Object.entries(services).map(([name, part]) => [name, empty(part)])),
  }));
  return { ...snapshot, regions };
}
