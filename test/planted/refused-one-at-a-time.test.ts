import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ScanDocument } from "../../shared/model/document.ts";
import { type StoredFinding, severityRank } from "../../shared/model/finding.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import type { TestWatchdog } from "../a-watchdog.ts";
import { account, awsError, StubAccount } from "../stub-account.ts";
import { earlier, plantedAccount } from "./planted-account.ts";
import { aPlantedWatchdog } from "./planted-code.ts";

/** Who we are has to be known, or there is no scan. */
const indispensable = ["sts:GetCallerIdentity"];
const faults = {
  denied: () => awsError("AccessDeniedException"),
  throttled: () => awsError("ThrottlingException"),
  broken: () => new SyntaxError("Unexpected token < in JSON at position 0"),
};

let folder: string;
let operations: readonly string[];
let before: ReadonlyMap<string, StoredFinding>;
/** Type by ARN of everything that is there. */
let whole: ReadonlyMap<string, string>;

beforeAll(async () => {
  const stub = new StubAccount(plantedAccount());
  const dog = await aPlantedWatchdog(stub);
  const { resources } = await lookAtFirst(stub, dog);
  whole = new Map(resources.map(({ arn, type }) => [arn, type]));
  before = await findingsIn(dog);
  operations = Object.keys(stub.calls)
    .filter((operation) => !indispensable.includes(operation))
    .sort();
  folder = dog.folder;
  await dog.close({ keep: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The first look, months later a second, and a third, after which what two looks did not see again is resolved. */
async function lookAtFirst(stub: StubAccount, dog: TestWatchdog): Promise<ScanDocument> {
  const { now } = stub.data;
  for (const at of [earlier, new Date(now.getTime() - 86_400_000)]) {
    stub.data.now = at;
    await dog.scan();
  }
  stub.data.now = now;
  return (await dog.scan()).document;
}

async function findingsIn({ store }: TestWatchdog): Promise<ReadonlyMap<string, StoredFinding>> {
  const all = await store.findings(account, ["eu-west-1", "global"]);
  return new Map(all.filter(({ rule }) => rule !== "scan/coverage-incomplete").map((finding) => [finding.id, finding]));
}

const named = ({ rule, resource, severity }: StoredFinding) => `${rule} ${resource.name} ${severity}`;
const isOpen = (finding: StoredFinding | undefined) => finding !== undefined && finding.status !== "RESOLVED";

/** The account looked at for the first time, and again after months, with `operation` refused from the start. */
async function refuseFromTheStart(operation: string, fault: () => Error) {
  const stub = new StubAccount(plantedAccount());
  const dog = await aPlantedWatchdog(stub);
  try {
    stub.fault = (call) => (call.operation === operation ? fault() : undefined);
    await lookAtFirst(stub, dog);
    const open = [...(await findingsIn(dog)).values()].filter(isOpen);
    return {
      invented: open.filter(({ id }) => !isOpen(before.get(id))).map(named),
      graver: open.filter(({ id, severity }) => severityRank(severity) < severityRank(before.get(id)?.severity ?? severity)).map(named),
    };
  } finally {
    await dog.close();
  }
}

/** Two more looks, a day apart, with `operation` refused: what two whole looks would resolve must stay. */
async function refuse(operation: string, fault: () => Error) {
  const stub = new StubAccount(plantedAccount());
  const dog = await aPlantedWatchdog(stub, {}, folder);
  const { now } = stub.data;
  try {
    stub.fault = (call) => (call.operation === operation ? fault() : undefined);
    for (const days of [1, 2]) {
      stub.data.now = new Date(now.getTime() + days * 86_400_000);
      await dog.scan();
    }
    const after = await findingsIn(dog);
    return {
      resolved: [...before.values()].filter((finding) => isOpen(finding) && !isOpen(after.get(finding.id))).map(named),
      opened: [...after.values()].filter((finding) => isOpen(finding) && !isOpen(before.get(finding.id))).map(named),
      graver: [...after.values()]
        .filter((finding) => severityRank(finding.severity) < severityRank(before.get(finding.id)?.severity ?? finding.severity))
        .map(named),
    };
  } finally {
    await dog.close();
  }
}

/** Resources that are not in the document although coverage says that all of their kind were listed: they would count as gone. */
async function missedThoughListed(operation: string): Promise<string[]> {
  const stub = new StubAccount(plantedAccount());
  const dog = await aPlantedWatchdog(stub);
  try {
    stub.fault = (call) => (call.operation === operation ? faults.denied() : undefined);
    const { document } = await dog.scan();
    const there = new Set([...document.resources, ...document.functions].map(({ arn }) => arn));
    const isMet = (need: string) => {
      const [collector, how] = need.split(":");
      const rows = document.coverage.filter((row) => row.collector === collector);
      return rows.every(({ status, listed }) => status === "complete" || (how === "listed" && listed === true));
    };
    const proved = catalogue.filter(({ gone }) => gone.every(isMet));
    const types = new Set(proved.flatMap((rule) => (rule.subject === "resource" ? rule.types : [])));
    return [...whole].flatMap(([arn, type]) => (types.has(type) && !there.has(arn) ? [arn] : []));
  } finally {
    await dog.close();
  }
}

describe("every question to AWS refused, one at a time", () => {
  test("what was listed is there, though nothing more could be read of it", async () => {
    const missed = new Map<string, string[]>();
    for (const operation of operations) {
      const arns = await missedThoughListed(operation);
      if (arns.length > 0) missed.set(operation, arns);
    }
    expect(Object.fromEntries(missed)).toEqual({});
  }, 300_000);

  test("nothing changes in two more days without a refusal, or this would prove nothing", async () => {
    expect(await refuse("nothing:AtAll", faults.denied)).toEqual({ resolved: [], opened: [], graver: [] });
  });

  test.each(Object.entries(faults))(
    "%s: nothing is resolved, opened or graver by it, but coverage",
    async (_kind, fault) => {
      const changed = new Map<string, unknown>();
      for (const operation of operations) {
        const change = await refuse(operation, fault);
        if (Object.values(change).some((list) => list.length > 0)) changed.set(operation, change);
      }
      expect(Object.fromEntries(changed)).toEqual({});
    },
    300_000,
  );

  test("denied from the start: nothing is found, or graver, that is not so", async () => {
    const changed = new Map<string, unknown>();
    for (const operation of operations) {
      const change = await refuseFromTheStart(operation, faults.denied);
      if (Object.values(change).some((list) => list.length > 0)) changed.set(operation, change);
    }
    // nobody ever read that its owner keeps it: then it is judged like any other, and coverage says that tags could not be read
    expect(Object.fromEntries(changed)).toEqual({
      "tag:GetResources": {
        invented: ["iam/missing-permission kept-on-purpose LOW", "lambda/unused-function kept-on-purpose LOW"],
        graver: [],
      },
    });
  }, 300_000);
});
