/** The planted account with one question to AWS refused: what should not have changed by it, and did. */
import { rmSync } from "node:fs";
import type { Call } from "../../shared/aws/client-options.ts";
import { forEachAtMost } from "../../shared/aws/paginate.ts";
import type { ScanDocument } from "../../shared/model/document.ts";
import { type StoredFinding, severityRank } from "../../shared/model/finding.ts";
import type { Message } from "../../shared/notify/channel.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import type { TestWatchdog } from "../a-watchdog.ts";
import { aChannel } from "../notify/a-channel.ts";
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
  /** Collectors that a refusal kept from reading something, as they are tried. */
  readonly refused: Set<string>;
  forget(): void;
}

export async function knowTheAccount(): Promise<Known> {
  const stub = new StubAccount(plantedAccount());
  const dog = await aPlantedWatchdog(stub, { channels: [aChannel("chat")] });
  const { resources } = await lookAtFirst(stub, dog);
  const findings = await findingsIn(dog);
  await dog.close({ keep: true });
  const { folder } = dog;
  return {
    folder,
    operations: Object.keys(stub.calls).filter((operation) => !indispensable.includes(operation)),
    findings,
    resources: new Map(resources.map(({ arn, type }) => [arn, type])),
    refused: new Set(),
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

/** Two more looks, a day apart, with `operation` refused: what two whole looks would resolve must stay, and nobody may be told anything. */
export function refuse(operation: string, fault: () => Error, known: Known) {
  return refuseAnd(operation, fault, known, async (meanwhile) => meanwhile());
}

/** A list that has pages. */
export interface PagedList {
  readonly operation: string;
  /** Member of the answer. */
  readonly list: string;
  /** Of the answer, and of the next request. */
  readonly token: readonly [given: string, taken: string];
  /** What else says that there is more. */
  readonly more?: string;
  /** The page with the later half is the one that is answered. */
  readonly keepsLast?: true;
}

/** The same, with one half of a list answered and the other denied. */
export function refuseHalf({ operation, list, token: [given, taken], more, keepsLast }: PagedList, known: Known) {
  const halve = (call: Call, answer: Record<string, unknown>) => {
    if (call.operation !== operation) return answer;
    if (call.input[taken] !== undefined) throw faults.denied();
    const all = answer[list] as readonly unknown[];
    const half = Math.floor(all.length / 2);
    return { ...answer, [list]: keepsLast ? all.slice(half) : all.slice(0, half), [given]: "more", ...(more ? { [more]: true } : {}) };
  };
  return refuseAnd("", faults.denied, known, async (meanwhile) => meanwhile(), halve);
}

/** The same, then two looks without a refusal: nothing of it may be left. */
export function refuseForDays(operation: string, fault: () => Error, known: Known) {
  return refuseAnd(operation, fault, known, async (meanwhile, afterwards) => {
    const during = await meanwhile();
    const { told, resolved, opened, graver, milder } = await afterwards();
    return { ...during, afterwards: [...resolved, ...opened, ...graver, ...milder], told };
  });
}

type Looks = () => Promise<ReturnType<typeof changed> & { readonly told: readonly string[] }>;

async function refuseAnd<T>(
  operation: string,
  fault: () => Error,
  { folder, findings: before, refused }: Known,
  look: (meanwhile: Looks, afterwards: Looks) => Promise<T>,
  change: (call: Call, answer: Record<string, unknown>) => Record<string, unknown> = (_, answer) => answer,
): Promise<T> {
  const stub = new (class extends StubAccount {
    override async answer(call: Call) {
      return change(call, await super.answer(call));
    }
  })(plantedAccount());
  const inbox: Message[] = [];
  const dog = await aPlantedWatchdog(stub, { channels: [aChannel("chat", inbox)] }, folder);
  const { now } = stub.data;
  const looks = (days: readonly number[], isRefused: boolean) => async () => {
    stub.fault = (call) => (isRefused && call.operation === operation ? fault() : undefined);
    for (const day of days) {
      stub.data.now = new Date(now.getTime() + day * 86_400_000);
      const { document } = await dog.scan();
      if (isRefused) for (const { collector, status } of document.coverage) if (status !== "complete") refused.add(collector);
    }
    const spokenOf = inbox.flatMap(({ findings }) => findings.filter(({ rule }) => rule !== "scan/coverage-incomplete"));
    return { ...changed(before, await findingsIn(dog)), told: spokenOf.map(named) };
  };
  try {
    return await look(looks([1, 2], true), looks([3, 4], false));
  } finally {
    await dog.close();
  }
}

function changed(before: ReadonlyMap<string, StoredFinding>, after: ReadonlyMap<string, StoredFinding>) {
  const known = [...after.values()].map((finding) => [finding, before.get(finding.id) ?? finding] as const);
  const graverBy = ([finding, was]: (typeof known)[number]) => severityRank(was.severity) - severityRank(finding.severity);
  return {
    resolved: [...before.values()].filter((finding) => isOpen(finding) && !isOpen(after.get(finding.id))).map(named),
    opened: [...after.values()].filter((finding) => isOpen(finding) && !isOpen(before.get(finding.id))).map(named),
    graver: known.filter((pair) => graverBy(pair) > 0).map(([finding]) => named(finding)),
    milder: known.filter((pair) => isOpen(pair[0]) && graverBy(pair) < 0).map(([finding]) => named(finding)),
  };
}
