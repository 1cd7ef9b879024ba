/** One process of the bench: two scans of an account of N functions, measured; the table is held by the parent. Prints JSON. */
import { join } from "node:path";
import { createClients } from "../../shared/aws/clients.ts";
import { Pace } from "../../shared/aws/pace.ts";
import { dayMs } from "../../shared/model/day.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { localRunner } from "../../shared/run/local-runner.ts";
import type { Runner } from "../../shared/run/runner.ts";
import { readSettings } from "../../shared/settings.ts";
import { DynamodbStore } from "../../shared/store/dynamodb-store.ts";
import { FolderBlobs } from "../../shared/store/folder-blobs.ts";
import { LocalTable, localTableName } from "../../shared/store/local-table.ts";
import { watch } from "../../shared/watch.ts";
import { StubAccount } from "../stub-account.ts";
import { benchAccount } from "./bench-account.ts";

/** What one scan took. */
export interface Measured {
  readonly calls: Record<string, number>;
  readonly metrics: number;
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  /** Of the step that reads the snapshots, builds the graph, judges it and writes findings and document. */
  readonly judgingCpuSeconds: number;
  readonly peakMb: number;
  readonly findings: number;
  readonly changes: number;
}

const [folder = "", size = "100"] = process.argv.slice(2);
const start = new Date("2026-11-24T03:00:00Z");
const stub = new StubAccount(benchAccount(Number(size), start));
let metrics = 0;
stub.fault = ({ operation, input }) => {
  // two statistics of one metric are billed as one metric
  if (operation === "cloudwatch:GetMetricData")
    metrics += (input.MetricDataQueries as { Id: string }[]).filter(({ Id }) => Id.endsWith("_0")).length;
  return undefined;
};
const table = await LocalTable.open(folder);
const pace = new Pace();
const measured: Measured[] = [];
let judgingCpuSeconds = 0;
const runner: Runner = {
  ...localRunner,
  step: async (name, work) => {
    const before = process.cpuUsage();
    const answer = await localRunner.step(name, work);
    const { user, system } = process.cpuUsage(before);
    if (name === "assess and reconcile") judgingCpuSeconds = (user + system) / 1_000_000;
    return answer;
  },
};
for (const days of [0, 1]) {
  stub.data.now = new Date(start.getTime() + days * dayMs);
  for (const operation of Object.keys(stub.calls)) delete stub.calls[operation];
  metrics = 0;
  const cpu = process.cpuUsage();
  const began = performance.now();
  const result = await watch({
    runner,
    clientsFor: (calls) => createClients({ pace, calls, tape: stub }),
    store: new DynamodbStore(table.client, localTableName),
    blobs: new FolderBlobs(join(folder, "blobs")),
    channels: [],
    settings: readSettings({}, catalogue),
    homeRegion: "eu-west-1",
    regions: [],
    now: () => stub.data.now,
    leaseSeconds: 600,
  });
  const used = process.cpuUsage(cpu);
  const { opened, reopened, changed, resolved } = result.changes;
  measured.push({
    calls: { ...stub.calls },
    metrics,
    wallSeconds: (performance.now() - began) / 1000,
    cpuSeconds: (used.user + used.system) / 1_000_000,
    judgingCpuSeconds,
    peakMb: process.resourceUsage().maxRSS / 1024,
    findings: Object.values(result.openBySeverity).reduce((sum, n) => sum + n, 0),
    changes: opened + reopened + changed + resolved,
  });
}
await table.close();
process.stdout.write(JSON.stringify(measured));
