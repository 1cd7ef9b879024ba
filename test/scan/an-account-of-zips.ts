/** A stubbed account whose functions and layers have real zips, scanned by the real readers of packages. */
import { createHash } from "node:crypto";
import { onTestFinished } from "vitest";
import type { KnownAdvisories } from "../../shared/advisory-feeds/known-advisories.ts";
import { presignedRead } from "../../shared/aws/pace.ts";
import { nothingExploited } from "../../shared/libraries/advisories/exploited.ts";
import type { ScanDocument } from "../../shared/model/document.ts";
import type { ArtifactLibraries } from "../../shared/model/libraries.ts";
import type { Snapshot } from "../../shared/model/snapshot.ts";
import { packageLister } from "../../shared/scan/code-analyzers.ts";
import { readRegion } from "../../shared/scan/read-region.ts";
import type { Watchdog } from "../../shared/scan/watchdog.ts";
import { withLibraries } from "../../shared/scan/with-libraries.ts";
import { regionKey } from "../../shared/store/region-blob.ts";
import { aWatchdog } from "../a-watchdog.ts";
import { aZip } from "../artifacts/a-zip.ts";
import { anAnalyzer } from "../artifacts/an-analyzer.ts";
import { anIndex } from "../libraries/advisories/an-advisory.ts";
import { account, awsError, functionArn, StubAccount, type StubFunction } from "../stub-account.ts";

export type Packages = Readonly<Record<string, string>>;

/** A zip of JavaScript with packages as npm installs them. */
export function nodeZip(packages: Packages, code = "call dynamodb GetItem"): Buffer {
  const folders = Object.entries(packages);
  const lock = { packages: Object.fromEntries(folders.map(([name, version]) => [`node_modules/${name}`, { version }])) };
  return aZip([
    { name: "index.js", content: code },
    { name: "node_modules/.package-lock.json", content: JSON.stringify(lock) },
    ...folders.map(([name, version]) => ({ name: `node_modules/${name}/package.json`, content: JSON.stringify({ name, version }) })),
  ]);
}

export const shaOf = (zip: Buffer) => createHash("sha256").update(zip).digest("base64");

export function known(...records: readonly unknown[]): KnownAdvisories {
  const feed = { ecosystem: "npm", source: "test", fetchedAt: "2026-11-24T00:00:00Z", newest: "2026-11-24T00:00:00Z" } as const;
  return { index: anIndex(...records), exploited: nothingExploited, feeds: [feed] };
}

interface Deployed {
  readonly zip: Buffer;
  readonly more?: Readonly<Record<string, unknown>>;
  /** A published version behind the alias `live`, of this code. */
  readonly live?: Buffer;
}

/** @param atEnd hears how to close it: at the end of the test, where nobody says otherwise */
export async function anAccountOfZips(
  functions: Readonly<Record<string, Deployed>>,
  overrides: Partial<Watchdog> = {},
  atEnd: (close: () => Promise<void>) => void = onTestFinished,
) {
  const analyzer = anAnalyzer();
  const artifacts = new Map<string, Buffer>();
  const asked: string[] = [];
  const put = (zip: Buffer) => artifacts.set(`code ${shaOf(zip)}`, zip) && shaOf(zip);
  const stubFunction = ([name, { zip, more = {} }]: [string, Deployed]): StubFunction => ({
    name,
    configuration: { Runtime: "nodejs24.x", Handler: "index.handler", CodeSha256: put(zip), ...more },
  });
  const liveOf = (input: Readonly<Record<string, unknown>>) => functions[String(input.FunctionName).split(":").at(-1) ?? ""]?.live;
  const stub = new StubAccount({
    now: new Date("2026-11-24T03:00:00Z"),
    regions: ["eu-west-1"],
    functions: Object.entries(functions).map(stubFunction),
    answers: {
      [presignedRead]: ({ input }) => {
        const { artifact, last, from, to } = input as { artifact: string; last?: number; from?: number; to?: number };
        asked.push(artifact);
        const bytes = artifacts.get(artifact);
        if (!bytes) throw awsError("Http404");
        const start = last === undefined ? (from ?? 0) : Math.max(0, bytes.length - last);
        return { bytes: bytes.subarray(start, to).toString("base64"), from: start, total: bytes.length };
      },
      "lambda:ListAliases": ({ input }) => ({ Aliases: liveOf(input) ? [{ Name: "live", FunctionVersion: "7" }] : [] }),
      "lambda:GetFunctionConfiguration": ({ input }) => {
        const zip = liveOf(input);
        const name = String(input.FunctionName);
        return { FunctionArn: functionArn(name), FunctionName: name, Runtime: "nodejs24.x", ...(zip ? { CodeSha256: put(zip) } : {}) };
      },
    },
  });
  const analyzerFor = (runtime: string) => (runtime.startsWith("nodejs") ? analyzer : undefined);
  const dog = await aWatchdog(stub, { analyzerFor, packageLister, ...overrides });
  atEnd(() => dog.close());
  return {
    stub,
    dog,
    artifacts,
    /** Which artifacts bytes were asked of in the scan, what is known after it, and the row that says how much. */
    async scan(more: Partial<Watchdog> = {}) {
      asked.length = 0;
      const { document } = await dog.scan(more);
      const { librariesOf, regions } = await librariesAfter(document, { ...dog.watchdog, ...more });
      return {
        document,
        asked: [...asked],
        of: (name: string) => librariesOf?.(name.startsWith("arn:") ? name : functionArn(name)) as ArtifactLibraries,
        row: document.coverage.find(({ collector }) => collector === "libraries"),
        regions,
      };
    },
    deploy(name: string, zip: Buffer) {
      stub.data.functions = [...stub.data.functions.filter((f) => f.name !== name), stubFunction([name, { zip }])];
    },
    later(days: number) {
      stub.data.now = new Date(stub.data.now.getTime() + days * 86_400_000);
    },
  };
}

/** What rules are given: put together from what the scan left. */
async function librariesAfter({ scan }: ScanDocument, watchdog: Watchdog): Promise<Snapshot> {
  const region = await readRegion(watchdog.blobs, regionKey(account, "eu-west-1"));
  const { startedAt: at, partition } = scan;
  const bare: Snapshot = { account, partition, regionSource: "account", at, accountCoverage: [], regions: region ? [region] : [] };
  return (await withLibraries(bare, scan.id, watchdog)).snapshot;
}
