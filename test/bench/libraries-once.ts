/**
 * The packages of 10,000 functions, a hundred each, as a scan concludes them: one process writes what the scan kept, another puts it to
 * 30,000 advisories, a third asks which functions have one of them. Prints what each took.
 */

import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { EcosystemAdvisories } from "../../shared/libraries/advisories/advisory.ts";
import { AdvisoryIndex } from "../../shared/libraries/advisories/advisory-index.ts";
import { RecordCollector } from "../../shared/libraries/advisories/collect-records.ts";
import { nothingExploited } from "../../shared/libraries/advisories/exploited.ts";
import type { KeptList } from "../../shared/libraries/packages/kept-list.ts";
import type { FunctionConfiguration, RegionSnapshot, Snapshot } from "../../shared/model/snapshot.ts";
import { packageLister } from "../../shared/scan/code-analyzers.ts";
import { foldLists, keepLists } from "../../shared/scan/package-blobs.ts";
import { findPackages, keepPostings } from "../../shared/scan/posting-blob.ts";
import { withLibraries } from "../../shared/scan/with-libraries.ts";
import { FolderBlobs } from "../../shared/store/folder-blobs.ts";
import { account, functionArn } from "../stub-account.ts";
import { aDrawnRecord, drawing, drawnAdvisories, drawnPackages, ecosystemOf, nameOf, versionOf } from "./drawn-advisories.ts";

const functions = 10_000;
const packagesEach = 100;
const region = "eu-west-1";
const [step = "", folder = ""] = process.argv.slice(2);
const blobs = new FolderBlobs(join(folder, "blobs"));
const advisoriesPath = join(folder, "advisories.json.gz");
const digestOf = (i: number) => createHash("sha256").update(`function ${i}`).digest("base64");

/** Lists as batches of 500 leave them; the next scan's plan folds them. */
async function prepare(): Promise<void> {
  const draw = drawing(20261127);
  // what is used at all is used by many: twenty thousand distinct versions
  const used = Array.from({ length: 20_000 }, () => {
    const number = draw(drawnPackages);
    const ecosystem = ecosystemOf(number);
    return [ecosystem, nameOf(ecosystem, number), versionOf(draw)] as const;
  });
  for (let from = 0; from < functions; from += 500) {
    const lists = Array.from({ length: 500 }, (_, i): KeptList => {
      const packages = Array.from({ length: packagesEach }, () => {
        const [ecosystem, name, version] = used[draw(used.length)] ?? (["npm", "left", "1.0.0"] as const);
        return [ecosystem, name, version, "high", ".package-lock.json", `node_modules/${name}/package.json`] as const;
      });
      const coverage = { status: "complete", statements: [`npm: ${packagesEach} packages, all versions known`], opaque: [] } as const;
      return { key: `code ${digestOf(from + i)}`, version: packageLister.version, packages, declared: [], coverage };
    });
    await keepLists(blobs, account, "packages", "scan", 1, lists);
    await foldLists(blobs, account, "packages", "scan", () => true);
  }
  const collector = new RecordCollector();
  for (let i = 0; i < drawnAdvisories; i += 1) collector.add(aDrawnRecord(i, draw));
  writeFileSync(advisoriesPath, gzipSync(JSON.stringify(collector.all({ source: "drawn", fetchedAt: "2026-11-27T00:00:00Z" }))));
}

function theAccount(): Snapshot {
  const empty = (collector: string) => ({ items: [], coverage: { collector, region, status: "complete" as const } });
  const items = Array.from({ length: functions }, (_, i): FunctionConfiguration => {
    const name = `function-${i}`;
    const plain = { timeoutSeconds: 3, memoryMb: 128, architecture: "arm64", roleArn: "", managedInstances: false };
    const lists = { layers: [], environmentNames: [], environmentReferences: [] };
    return { arn: functionArn(name), name, region, packageType: "Zip", runtime: "nodejs24.x", codeSha256: digestOf(i), ...plain, ...lists };
  });
  const one: RegionSnapshot = {
    region,
    services: {},
    functions: { ...empty("functions"), items },
    eventSourceMappings: empty("eventSourceMappings"),
    durationAlarms: empty("durationAlarms"),
    queues: empty("queues"),
    tags: empty("tags"),
    usage: empty("usage"),
    candidates: empty("candidates"),
  };
  return { account, partition: "aws", regionSource: "account", at: "2026-11-27T03:00:00Z", accountCoverage: [], regions: [one] };
}

async function conclude(): Promise<string> {
  const feeds = JSON.parse(gunzipSync(readFileSync(advisoriesPath)).toString("utf8")) as EcosystemAdvisories[];
  const advisories = async () => ({ index: new AdvisoryIndex(feeds), exploited: nothingExploited, feeds: [] });
  const { snapshot, index } = await withLibraries(theAccount(), "scan", { blobs, packageLister, advisories });
  if (index) await keepPostings(blobs, account, "scan", index);
  let vulnerable = 0;
  for (const { arn } of snapshot.regions[0]?.functions.items ?? []) vulnerable += snapshot.librariesOf?.(arn)?.vulnerable?.length ?? 0;
  return `${functions * packagesEach} pairs put to ${drawnAdvisories} advisories, ${vulnerable} vulnerable`;
}

async function ask(): Promise<string> {
  const found = await findPackages(blobs, account, (_, name) => (name === "package-4711" ? () => true : undefined));
  const users = new Set((found?.found ?? []).flatMap(({ artifacts }) => artifacts.flatMap(({ usedBy }) => usedBy.map(([arn]) => arn))));
  return `which functions have one package (${users.size} do), asked of the posting index`;
}

const steps: Readonly<Record<string, () => Promise<string | undefined>>> = {
  conclude,
  ask,
  prepare: () => prepare().then(() => undefined),
};
const before = process.cpuUsage();
const began = performance.now();
const what = await steps[step]?.();
const { user, system } = process.cpuUsage(before);
const peakMb = Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync("/proc/self/status", "utf8"))?.[1]) / 1024;
if (what !== undefined) {
  const seconds = ((performance.now() - began) / 1000).toFixed(2);
  console.log(`${what}: ${seconds} s (${((user + system) / 1e6).toFixed(2)} s of the processor), peak ${peakMb.toFixed(0)} MB`);
}
