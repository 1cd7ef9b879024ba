/** The planted account with one question to AWS refused: what should not have changed by it, and did. */
import { rmSync } from "node:fs";
import { forEachAtMost } from "../../shared/aws/paginate.ts";
import type { ScanDocument } from "../../shared/model/document.ts";
import { type StoredFinding, severityRank } from "../../shared/model/finding.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import type { TestWatchdog } from "../a-watchdog.ts";
import { account, awsError, StubAccount } from "../stub-account.ts";
import { earlier, plantedAccount } from "./planted-account.ts";
import { aPlantedWatchdog } from "./planted-code.ts";

/** Who we are has to be known, or there is no scan. */
const indispensable = ["sts:GetCallerIdentity"];
/** While one waits for its disk the other one computes. */
const watchdogsAtOnce = 2;

export const faults = {
  denied: () => awsError("AccessDeniedException"),
  throttled: () => awsError("ThrottlingException"),
  broken: () => new SyntaxError("Unexpected token < in JSON at position 0"),
};

/** The account as it is known when nothing was ever refused. */
export interface Known {
  /** Of its watchdog: another one may start with a copy. */
  readonly folder: string;
  readonly operations: readonly string[];
  readonly findings: ReadonlyMap<string, StoredFinding>;
  /** Type by ARN of everything that is there. */
  readonly resources: ReadonlyMap<string, string>;
  forget(): void;
}

export async function knowTheAccount(): Promise<Known> {
  const stub = new StubAccount(plantedAccount());
  const dog = await aPlantedWatchdog(stub);
  const { resources } = await lookAtFirst(stub, dog);
  const findings = await findingsIn(dog);
  await dog.close({ keep: true });
  const { folder } = dog;
  return {
    folder,
    operations: Object.keys(stub.calls).filter((operation) => !indispensable.includes(operation)),
    findings,
    resources: new Map(resources.map(({ arn, type }) => [arn, type])),
    forget: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** By operation, where there is one, what `changedBy` lists of it. */
export async function changesByOperation<Change extends Readonly<Record<string, readonly string[]>>>(
  operations: readonly string[],
  changedBy: (operation: string) => Promise<Change>,
): Promise<Readonly<Record<string, Change>>> {
  const changes: Record<string, Change> = {};
  await forEachAtMost(operations, watchdogsAtOnce, async (operation) => {
    const change = await changedBy(operation);
    if (Object.values(change).some((list) => list.length > 0)) changes[operation] = change;
  });
  return changes;
}

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

/** The account looked at for the first time, and again after months, with `operation` denied from the start. */
export async function denyFromTheStart(operation: string, known: Known) {
  const stub = new StubAccount(plantedAccount());
  const dog = await aPlantedWatchdog(stub);
  try {
    stub.fault = (call) => (call.operation === operation ? faults.denied() : undefined);
    const document = await lookAtFirst(stub, dog);
    const open = [...(await findingsIn(dog)).values()].filter(isOpen);
    const before = known.findings;
    return {
      invented: open.filter(({ id }) => !isOpen(before.get(id))).map(named),
      graver: open.filter(({ id, severity }) => severityRank(severity) < severityRank(before.get(id)?.severity ?? severity)).map(named),
      missed: missedThoughListed(document, known),
    };
  } finally {
    await dog.close();
  }
}

/** Resources that are not in the document although coverage says that all of their kind were listed: they would count as gone. */
function missedThoughListed({ resources, functions, coverage }: ScanDocument, known: Known): string[] {
  const there = new Set([...resources, ...functions].map(({ arn }) => arn));
  const isMet = (need: string) => {
    const [collector, how] = need.split(":");
    const rows = coverage.filter((row) => row.collector === collector);
    return rows.every(({ status, listed }) => status === "complete" || (how === "listed" && listed === true));
  };
  const proved = catalogue.filter(({ gone }) => gone.every(isMet));
  const types = new Set(proved.flatMap((rule) => (rule.subject === "resource" ? rule.types : [])));
  return [...known.resources].flatMap(([arn, type]) => (types.has(type) && !there.has(arn) ? [arn] : []));
}

/** Two more looks, a day apart, with `operation` refused: what two whole looks would resolve must stay. */
export async function refuse(operation: string, fault: () => Error, { folder, findings: before }: Known) {
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
