/**
 * `npm run bench`: calls, seconds and memory of a first and a steady scan for accounts of 100, 1,000 and 10,000 functions.
 * Then what the commands that read such a scan take, as whole processes; `npm run bench -- commands`: only that.
 * `npm run bench -- roles`: what it takes to tell what a thousand roles may do.
 * `npm run bench -- timeouts FILE`: how often the timeout advice would have been exceeded, on recorded histories.
 * `npm run bench -- alarms FILE`: how often an alarm would have warned on an earlier day than the run that was cut off, on the same histories.
 * `npm run bench -- code`: what reading Python and JavaScript finds of what it should, as written and as bundled, and how long it takes.
 * `npm run bench -- artifacts`: requests, seconds and memory of reading large and hostile zips.
 * `npm run bench -- images`: requests, seconds and memory of reading large and hostile layers of container images.
 * `npm run bench -- advisories`: seconds and memory of putting a million pairs of package and version to 30,000 advisories.
 * `npm run bench -- libraries`: requests, bytes, seconds and memory of listing the packages of large artifacts, beside a full download; then the
 * packages of 10,000 functions concluded by a scan, and asked for.
 * `npm run bench -- page`: size of the page, seconds to write it, milliseconds until it is seen, for 100, 1,000 and 10,000 functions.
 * `npm run bench -- channels`: messages, requests, seconds and memory of telling 10,000 new findings through each kind of channel.
 * AWS is stubbed in process and answers at once: the time at AWS's pace is computed from the calls.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Pace } from "../../shared/aws/pace.ts";
import { benchAlarms } from "./alarms.ts";
import { benchArtifacts } from "./artifacts.ts";
import { processSettings, runAsDeployed } from "./as-deployed.ts";
import { benchChannels } from "./channels.ts";
import { benchCommands } from "./commands.ts";
import { benchImages } from "./images.ts";
import { benchJavaScript } from "./javascript-code.ts";
import { benchLibraries } from "./libraries.ts";
import { benchPage } from "./page.ts";
import { benchPython } from "./python-code.ts";
import { measureRoles } from "./roles.ts";
import type { Measured } from "./scan-once.ts";
import { benchTimeouts } from "./timeouts.ts";

/** List and metric operations; everything else is a read of one resource. */
const listCalls =
  /^(sts|account|ec2|tag|iam:GetAccountAuthorizationDetails|apigateway:GetRestApis|apigatewayv2:Get(Apis|DomainNames)|cloudtrail|cloudwatch|lambda:List(Functions|EventSourceMappings|Layers)|s3control)\b|:List(Queues|Tables|Buckets|Rules|EventBuses|Schedules|StateMachines|Streams|DeliveryStreams|Topics|Subscriptions|Pipes|Secrets|UserPools|IdentityPools|GraphqlApis|Apis|Distributions|Namespaces|Services|TargetGroups|TopicRules|Resources)$|:Describe(Alarms|LogGroups|Stacks|Parameters|Repositories|LoadBalancers|TargetGroups)$/;
/** USD per metric read by GetMetricData and per ListMetrics request (CloudWatch pricing, us-east-1, as of 2026-11). */
const usdPerMetric = 0.00001;
const usdPerListMetrics = 0.00001;

async function benchScans(sizes: readonly number[]): Promise<void> {
  const rows: string[][] = [
    [
      "functions",
      "scan",
      "list+metric calls",
      "per-resource",
      "per function",
      "CPU s",
      "judging CPU s",
      "wall s",
      "peak MB",
      "at AWS's pace",
      "USD",
      "open",
      "changes",
    ],
  ];
  for (const size of sizes) {
    const measured = await scanInChild(size);
    for (const [i, one] of measured.entries()) rows.push(row(size, i === 0 ? "first" : "steady", one));
    console.log(`\n${size} functions, calls by operation (first, steady)`);
    const operations = [...new Set(measured.flatMap(({ calls }) => Object.keys(calls)))].sort();
    print(operations.map((name) => [`  ${name}`, ...measured.map(({ calls }) => String(calls[name] ?? 0))]));
  }
  console.log("");
  print(rows);
  console.log(
    "\nGoals at 10,000: first at most 650 list and metric calls, steady at most 400; per-resource at most 0.05 per function on a steady scan; 512 MB; 30 s of CPU. With the inventory: steady at most 1,500 list and metric calls, 6,000 reads per resource.",
  );
}

async function scanInChild(size: number): Promise<Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), "smalltarget-bench-"));
  try {
    return (await runAsDeployed("scan-once", folder, [folder, String(size)])) as Measured[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function row(size: number, scan: string, { calls, metrics, ...one }: Measured): string[] {
  const single = Object.entries(calls).reduce((sum, [name, count]) => sum + (listCalls.test(name) ? 0 : count), 0);
  const total = Object.values(calls).reduce((sum, count) => sum + count, 0);
  const usd = metrics * usdPerMetric + (calls["cloudwatch:ListMetrics"] ?? 0) * usdPerListMetrics;
  return [
    size.toLocaleString("en"),
    scan,
    String(total - single),
    String(single),
    (single / size).toFixed(3),
    one.cpuSeconds.toFixed(1),
    one.judgingCpuSeconds.toFixed(1),
    one.wallSeconds.toFixed(1),
    one.peakMb.toFixed(0),
    `${Math.ceil(paceSeconds(calls))} s`,
    usd.toFixed(4),
    String(one.findings),
    String(one.changes),
  ];
}

/** Seconds that the slowest service needs at the rate that we allow ourselves. */
function paceSeconds(calls: Readonly<Record<string, number>>): number {
  const pace = new Pace();
  const byService = new Map<string, number>();
  for (const [operation, count] of Object.entries(calls)) {
    const service = operation.split(":")[0] ?? "";
    byService.set(service, (byService.get(service) ?? 0) + count / pace.rate(operation, "eu-west-1"));
  }
  return Math.max(...byService.values());
}

async function printCommands(): Promise<void> {
  console.log("\nCommands on the stored scan of 1,000 functions");
  print(await benchCommands());
  console.log("\nGoals: 0.3 s of CPU and 100 MB, once Node has kept what it compiled.");
}

function printRoles(): void {
  const { seconds, secondsWithWays, memoryMb, actions } = measureRoles(1000);
  console.log(
    `1,000 roles of ${Math.round(actions)} actions each: ${seconds.toFixed(2)} s of CPU, with all ways up ${secondsWithWays.toFixed(2)} s, ${memoryMb.toFixed(0)} MB`,
  );
  console.log("Goals: 1 s and 150 MB.");
}

async function printChannels(): Promise<void> {
  console.log("\n10,000 new findings told through each kind of channel");
  await benchChannels();
  console.log("\nGoals: 10 s of CPU and 400 MB; no message beyond what its receiver takes.");
}

async function printCode(): Promise<void> {
  console.log("\nCode in Python: programs whose calls are known, then 10,000 lines");
  print(await benchPython());
  console.log("\nGoals: recall and precision at least 0.95; 10,000 lines in 1 s.");
  console.log("\nCode in JavaScript: programs whose calls are known, in several builds; those whose packages are installed here");
  print(await benchJavaScript());
  console.log("\nGoals: recall and precision at least 0.95; a minified MB in 0.7 s.");
}

async function printImages(): Promise<void> {
  console.log("\nLayers of container images, each read by a process of its own");
  print(await benchImages());
}

async function printArtifacts(): Promise<void> {
  console.log("\nArtifacts, each read by a process of its own");
  print(await benchArtifacts());
  console.log("\nGoals: 400 MB; a bundle of 1 MB in 0.7 s.");
}

/** As large and as limited as the scan. */
function matchAdvisories(): void {
  const once = join(import.meta.dirname, "advisories-once.ts");
  process.exitCode = spawnSync(process.execPath, [...processSettings, once], { stdio: "inherit" }).status ?? 1;
}

async function printLibraries(): Promise<void> {
  console.log("\nPackages of artifacts, each read by a process of its own");
  print(await benchLibraries());
  console.log("\nGoals: node_modules at most 4 requests and 5 % of the bytes; names of jars with the first request; 200 MB, Go 100 MB.\n");
  const folder = mkdtempSync(join(tmpdir(), "smalltarget-bench-"));
  const once = join(import.meta.dirname, "libraries-once.ts");
  for (const step of ["prepare", "conclude", "ask"]) {
    const { status } = spawnSync(process.execPath, [...(step === "prepare" ? [] : processSettings), once, step, folder], {
      stdio: "inherit",
    });
    if (status !== 0) process.exitCode = status ?? 1;
  }
  rmSync(folder, { recursive: true, force: true });
  console.log("Goals: 10 s of the processor and 400 MB; 1 s to ask.");
}

function print(rows: readonly (readonly string[])[]): void {
  const widths = rows.reduce<number[]>((most, cells) => cells.map((cell, i) => Math.max(most[i] ?? 0, cell.length)), []);
  for (const cells of rows)
    console.log(cells.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  "));
}

const [what, file, ...rest] = process.argv.slice(2);
if (what === "timeouts" && file) benchTimeouts(file, { all: rest.includes("--all") });
else if (what === "timeouts") {
  console.error("npm run bench -- timeouts FILE: the gzipped histories to test on");
  process.exitCode = 2;
} else if (what === "alarms") {
  if (file) benchAlarms(file);
  else {
    console.error("npm run bench -- alarms FILE: the gzipped histories to test on");
    process.exitCode = 2;
  }
} else if (what === "commands") await printCommands();
else if (what === "page") print(await benchPage([100, 1000, 10_000]));
else if (what === "roles") printRoles();
else if (what === "code") await printCode();
else if (what === "artifacts") await printArtifacts();
else if (what === "images") await printImages();
else if (what === "advisories") matchAdvisories();
else if (what === "libraries") await printLibraries();
else if (what === "channels") await printChannels();
else {
  await benchScans(what ? what.split(",").map(Number) : [100, 1000, 10_000]);
  await printCommands();
  printRoles();
  await printCode();
  await printArtifacts();
  matchAdvisories();
  await printLibraries();
  await printChannels();
}
