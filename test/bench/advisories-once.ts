/**
 * A fleet's pairs of package and version put to all advisories of the six ecosystems, in a process of its own, which prints what each step
 * took. Drawn, always the same.
 */
import { gunzipSync, gzipSync } from "node:zlib";
import type { EcosystemAdvisories } from "../../shared/libraries/advisories/advisory.ts";
import { AdvisoryIndex } from "../../shared/libraries/advisories/advisory-index.ts";
import { checkPackage } from "../../shared/libraries/advisories/check-package.ts";
import { RecordCollector } from "../../shared/libraries/advisories/collect-records.ts";
import {
  aDrawnRecord,
  drawnAdvisories as advisories,
  drawing,
  ecosystemOf,
  nameOf,
  drawnPackages as packages,
  versionOf,
} from "./drawn-advisories.ts";

const pairs = 1_000_000;

function measure(): void {
  const draw = drawing(20261127);
  const collector = new RecordCollector();
  const read = timed(() => {
    for (let i = 0; i < advisories; i += 1) collector.add(JSON.parse(JSON.stringify(aDrawnRecord(i, draw))));
  });
  const feeds = collector.all({ source: "drawn", fetchedAt: "2026-11-27T00:00:00Z" });
  let kept: Buffer[] = [];
  const stored = timed(() => {
    kept = feeds.map((feed) => gzipSync(JSON.stringify(feed)));
  });
  let index = new AdvisoryIndex([]);
  const loaded = timed(() => {
    index = new AdvisoryIndex(kept.map((bytes) => JSON.parse(gunzipSync(bytes).toString("utf8")) as EcosystemAdvisories));
  });
  let affected = 0;
  const matched = timed(() => {
    for (let i = 0; i < pairs; i += 1) {
      const ecosystem = ecosystemOf(draw(packages));
      const found = checkPackage(index, { ecosystem, name: nameOf(ecosystem, draw(packages)), version: versionOf(draw) });
      if ("holes" in found && found.holes.length > 0) affected += 1;
    }
  });
  const megabytes = kept.reduce((sum, { length }) => sum + length, 0) / 1024 ** 2;
  const peak = process.resourceUsage().maxRSS / 1024;
  console.log(
    `advisories: ${advisories} records read in ${read} s, kept in ${stored} s as ${megabytes.toFixed(1)} MB, loaded in ${loaded} s`,
  );
  console.log(`${pairs} pairs of package and version matched in ${matched} s (${affected} affected), peak ${peak.toFixed(0)} MB`);
  console.log("Goals: 10 s for the pairs, 400 MB.");
}

/** In seconds of the processor: others may work on the machine too. */
function timed(work: () => void): string {
  const started = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(started);
  return ((user + system) / 1_000_000).toFixed(2);
}

measure();
