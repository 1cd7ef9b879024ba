/** The data of the page, as far as they are unpacked, with what is asked of them often. */
import type { Trigger } from "../shared/model/document.ts";
import { isOpen } from "../shared/model/document-finding.ts";
import type { PageEvidence, PageFinding } from "../shared/page-file/packed-finding.ts";
import { unpackedFinding } from "../shared/page-file/packed-finding.ts";
import { type PageAccount, type PageLines, type PartName, pageDataVersion } from "../shared/page-file/page-data.ts";
import type { PageFunction } from "../shared/page-file/page-function.ts";
import type { PageWays } from "../shared/page-file/page-ways.ts";
import type { PagePrune } from "../shared/page-file/prune-lists.ts";
import type { PageRole } from "../shared/page-file/role-data.ts";
import { type Packages, packagesIn } from "./packages.ts";
import { linesOf, textsOf } from "./parts-of-file.ts";

/** What every view has. */
interface Basis extends PageAccount {
  /** When the scan began. */
  readonly at: Date;
  readonly functions: readonly PageFunction[];
  readonly findings: readonly PageFinding[];
  readonly functionByArn: ReadonlyMap<string, PageFunction>;
  readonly findingById: ReadonlyMap<string, PageFinding>;
  /** By the ARN of the resource. */
  readonly findingsOf: ReadonlyMap<string, readonly PageFinding[]>;
}

/** Empty until a view has asked for its part. */
interface OnDemand extends PageWays {
  readonly roles: readonly PageRole[];
  readonly roleOf: ReadonlyMap<string, PageRole>;
  readonly prune: readonly PagePrune[];
  readonly listed: Packages;
  /** Daily runs as text; undefined where none are known. */
  daysOf(one: PageFunction): string | undefined;
  /** What starts it. */
  triggersOf(one: PageFunction): readonly Trigger[];
  /** Undefined where there was no room for it. */
  evidenceOf(finding: PageFinding): PageEvidence | undefined;
}

export type Account = Basis & OnDemand;

/** Parts that views may ask for. */
export type AskedPart = Extract<PartName, "days" | "triggers" | "evidence" | "roles" | "ways" | "prune" | "packages">;

/** Unpacks what lists are made of. @throws when it is not what this page was written with */
export async function readAccount(): Promise<Account> {
  const [[data], functions, packed] = await Promise.all([linesOf("account"), linesOf("functions"), linesOf("findings")]);
  if (data?.version !== pageDataVersion) throw new Error(`the data have form ${data?.version}, this page reads ${pageDataVersion}`);
  const findings = packed.map((one) => unpackedFinding(one, functions, data.scan.account));
  const findingsOf = new Map<string, PageFinding[]>();
  for (const finding of findings) {
    const list = findingsOf.get(finding.resource.arn);
    if (list) list.push(finding);
    else findingsOf.set(finding.resource.arn, [finding]);
  }
  return {
    ...data,
    at: new Date(data.scan.startedAt),
    functions,
    findings,
    functionByArn: new Map(functions.map((one) => [one.arn, one])),
    findingById: new Map(findings.map((finding) => [finding.id, finding])),
    findingsOf,
    nodes: [],
    paths: [],
    reached: [],
    roles: [],
    roleOf: new Map(),
    prune: [],
    listed: { rows: [], usersOf: () => undefined, rowsOf: () => [] },
    daysOf: () => undefined,
    triggersOf: () => [],
    evidenceOf: () => undefined,
  };
}

const asked = new WeakMap<Account, Map<AskedPart, Promise<unknown>>>();

/** Unpacks these parts too, each once. */
export async function withParts(account: Account, parts: readonly AskedPart[]): Promise<Account> {
  const known = asked.get(account) ?? new Map<AskedPart, Promise<unknown>>();
  asked.set(account, known);
  await Promise.all(
    parts.map((part) => {
      const coming = known.get(part) ?? readers[part](account).then((found) => Object.assign(account, found));
      known.set(part, coming);
      return coming;
    }),
  );
  return account;
}

const readers: Readonly<Record<AskedPart, (account: Account) => Promise<Partial<OnDemand>>>> = {
  async days({ functions }) {
    const lines = await linesOf("days");
    const days = new Map(functions.map((one, i) => [one, lines[i] || undefined]));
    return { daysOf: (one) => days.get(one) };
  },
  async triggers({ functions }) {
    const lineOf = await lineByThing("triggers", functions);
    return { triggersOf: (one) => lineOf(one) ?? [] };
  },
  async evidence({ findings }) {
    return { evidenceOf: await lineByThing("evidence", findings) };
  },
  async roles() {
    const roles = await linesOf("roles");
    return { roles, roleOf: new Map(roles.map((role) => [role.functionArn, role])) };
  },
  async ways() {
    return (await linesOf("ways"))[0] ?? {};
  },
  async prune() {
    return { prune: await linesOf("prune") };
  },
  async packages({ functions }) {
    const [artifacts, lists, packages] = await Promise.all([linesOf("artifacts"), linesOf("lists"), linesOf("packages")]);
    return { listed: packagesIn(functions, artifacts, lists, packages) };
  },
};

/** What stands on the line of a thing, read when it is looked at: all of the lines are half the file. */
async function lineByThing<N extends PartName, T>(part: N, things: readonly T[]): Promise<(thing: T) => PageLines[N] | undefined> {
  const lines = await textsOf(part);
  const places = new Map(things.map((thing, i) => [thing, i]));
  return (thing) => {
    const line = lines[places.get(thing) ?? -1];
    return line === undefined ? undefined : (JSON.parse(line) as PageLines[N]);
  };
}

/** Findings of a function and of its role. */
export function findingsAbout({ findingsOf }: Account, { arn, roleArn }: Pick<PageFunction, "arn" | "roleArn">): readonly PageFinding[] {
  const [own, role] = [findingsOf.get(arn), findingsOf.get(roleArn)];
  return role ? [...(own ?? []), ...role] : (own ?? []);
}

/** Those of them that nobody decided to live with. */
export function openAbout(account: Account, one: Pick<PageFunction, "arn" | "roleArn">): readonly PageFinding[] {
  return findingsAbout(account, one).filter(isOpen);
}
