/**
 * Redundant copies of functions: the same code under a name that says so (`-copy`, `-old`, `-v2`, a date), of which one has the
 * traffic and the other has none. Functions that differ by stage, stack or Region are deployments of one thing, not copies. Pure.
 */
import type { FunctionFacts } from "../model/document.ts";
import type { FunctionConfiguration, Snapshot } from "../model/snapshot.ts";

/** Words of a name that only say that it is another one of the same. */
const marker =
  /^(?:copy|copied|clone|cloned|dup|duplicate|old|older|new|newer|test|tst|tmp|temp|backup|bak|bkp|orig|original|legacy|deprecated|final|v\d{1,3}|\d{1,2}|\d{4}|\d{6}|\d{8})$/;
/** Words of a name that say where in a pipeline it stands. */
const stage =
  /^(?:dev|devel|develop|development|int|integration|ci|qa|uat|sit|stg|stage|staging|preprod|preview|nonprod|prd|prod|production|live|sandbox|demo|alpha|beta|gamma|canary|blue|green|main|master|pr\d*)$/;

interface TakenApart {
  readonly stem: string;
  readonly stages: string;
}

/** `orders-api-prod-v2` is the stem `orders-api` in stage `prod`. */
export function takeApart(name: string): TakenApart {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .toLowerCase()
    .split(/[-_.\s()]+/)
    .filter((word) => word !== "");
  const stem = words.filter((word) => !marker.test(word) && !stage.test(word));
  return { stem: stem.join("-"), stages: words.filter((word) => stage.test(word)).join("-") };
}

/** Answers the other functions of the same code, settings, name stem and stage. */
export type CopiesOf = (arn: string) => readonly FunctionFacts[];

export function copiesIn(snapshot: Pick<Snapshot, "regions">, functions: readonly FunctionFacts[]): CopiesOf {
  const configurations = new Map(snapshot.regions.flatMap((region) => region.functions.items.map((one) => [one.arn, one] as const)));
  const groups = new Map<string, FunctionFacts[]>();
  const keys = new Map<string, string>();
  for (const facts of functions) {
    const key = keyOf(facts, configurations.get(facts.arn));
    if (!key) continue;
    keys.set(facts.arn, key);
    const group = groups.get(key);
    if (group) group.push(facts);
    else groups.set(key, [facts]);
  }
  return (arn) => (groups.get(keys.get(arn) ?? "") ?? []).filter((one) => one.arn !== arn);
}

function keyOf(facts: FunctionFacts, configuration: FunctionConfiguration | undefined): string | undefined {
  const { stem, stages } = takeApart(facts.name);
  const { codeSha256, region, runtime = facts.packageType } = facts;
  // two environments that were not told are not the same one
  if (!codeSha256 || !stem || !configuration || configuration.environmentUnread !== undefined) return undefined;
  const environment = configuration.environmentNames.toSorted();
  return JSON.stringify([region, codeSha256, configuration.handler ?? "", runtime, environment, stem, stages, stageTag(facts)]);
}

/** The copy that has the traffic, where `facts` has had none for `quietDays`; undefined where there is none. */
export function twinOf(facts: FunctionFacts, copies: readonly FunctionFacts[], quietDays: number): FunctionFacts | undefined {
  if (isUsed(facts, quietDays)) return undefined;
  const used = copies.filter((one) => isUsed(one, quietDays) && !isSameInOtherStack(one, facts));
  return used.toSorted((a, b) => quiet(a) - quiet(b) || (a.name < b.name ? -1 : 1))[0];
}

/** The stage that a tag names; two stages of one thing are no copies. */
function stageTag({ owner, tags }: FunctionFacts): string {
  return (owner.env ?? tags.stage ?? tags.Stage ?? tags.environment ?? tags.Environment ?? "").toLowerCase();
}

/** One template deployed twice: the same logical id in another stack. */
function isSameInOtherStack(a: FunctionFacts, b: FunctionFacts): boolean {
  return a.stack !== undefined && b.stack !== undefined && a.stack.name !== b.stack.name && a.stack.logicalId === b.stack.logicalId;
}

function quiet({ lastInvocation }: FunctionFacts): number {
  return lastInvocation.quietDays ?? Number.POSITIVE_INFINITY;
}

function isUsed(facts: FunctionFacts, quietDays: number): boolean {
  return facts.lastInvocation.state === "invoked" && quiet(facts) < quietDays;
}
