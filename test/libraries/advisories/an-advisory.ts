import type { AdvisoryIndex } from "../../../shared/libraries/advisories/advisory-index.ts";
import { AdvisoryIndex as Index } from "../../../shared/libraries/advisories/advisory-index.ts";
import { type CheckedPackage, checkPackage, idsOf } from "../../../shared/libraries/advisories/check-package.ts";
import { RecordCollector } from "../../../shared/libraries/advisories/collect-records.ts";
import type { Exploited } from "../../../shared/libraries/advisories/exploited.ts";
import { parsePackageUrl } from "../../../shared/libraries/advisories/package-names.ts";

type Events = readonly Readonly<Record<string, string | undefined>>[];

/** An OSV record about one npm package of ours, `left`; anything of it can be said otherwise. */
export function aRecord(id: string, events: Events, more: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return { id, modified: "2026-11-20T00:00:00Z", affected: [anAffected(events)], ...more };
}

export function anAffected(events: Events, ecosystem = "npm", name = "left", more: Readonly<Record<string, unknown>> = {}) {
  const type = ecosystem === "npm" || ecosystem === "Go" ? "SEMVER" : "ECOSYSTEM";
  return { package: { ecosystem, name }, ...(events.length > 0 ? { ranges: [{ type, events }] } : {}), ...more };
}

export function anIndex(...records: readonly unknown[]): AdvisoryIndex {
  const collector = new RecordCollector();
  for (const record of records) collector.add(record);
  return new Index(collector.all({ source: "test", fetchedAt: "2026-11-27T00:00:00Z" }));
}

/** @throws where it could not be told */
export function checked(index: AdvisoryIndex, purl: string, exploited?: Exploited): CheckedPackage {
  const found = parsePackageUrl(purl);
  if (!("name" in found)) throw new Error(`${purl} is not understood`);
  const answer = checkPackage(index, found, exploited);
  if ("unknown" in answer) throw new Error(answer.unknown);
  return answer;
}

export const idsFor = (index: AdvisoryIndex, purl: string) => idsOf(checked(index, purl));
