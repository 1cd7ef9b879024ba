/** Whether one principal may do what another may not, as far as that matters to somebody who takes it over. Pure. */
import type { ActionFacts } from "../data/action-table.ts";
import { dataActions } from "../data/data-actions.ts";
import type { Allowed } from "../model/permissions.ts";
import { everyAction } from "./action-sets.ts";
import type { Grant } from "./grant.ts";

/** `administrator`: everything, or the means to give itself everything; `more`: something that matters. */
export type Gain = "administrator" | "more";

/** What nearly every function and server may do, and nobody gains from. */
const everyones =
  /^(logs:|xray:|cloudwatch:PutMetric|ssmmessages:|ec2messages:|ec2:(Create|Delete|Unassign|Assign|Attach|Detach)?\w*(NetworkInterface|PrivateIpAddresses)\w*$|ssm:Update(InstanceInformation|InstanceAssociationStatus)|ssm:PutInventory|sts:(GetCallerIdentity|GetSessionToken))/;
const readsOfData = new Set(
  [
    ...Object.entries(dataActions).flatMap(([service, kinds]) => (kinds["may-read"] ?? []).map((name) => `${service}:${name}`)),
    "kms:Decrypt",
    "athena:GetQueryResults",
    "rds-data:ExecuteStatement",
    "logs:FilterLogEvents",
    "logs:GetLogEvents",
    "cognito-idp:AdminGetUser",
    "cognito-idp:ListUsers",
  ].map((name) => name.toLowerCase()),
);

/** Changes something, decides who may what, or reads what somebody keeps: not what lists and describes. */
export function matters({ name, level }: ActionFacts): boolean {
  if (readsOfData.has(name.toLowerCase())) return name !== "s3:ListBucket";
  return (level === "permissions" || level === "write") && !everyones.test(name);
}

let mattering: readonly number[] | undefined;
function numbersThatMatter(): readonly number[] {
  mattering ??= numbersWhere(matters);
  return mattering;
}

/** Numbers of what matters and the grant has: asked for once, for a grant is compared with many. */
function matteringOf(grant: Grant): Uint16Array {
  const known = matteringHeld.get(grant);
  if (known) return known;
  const { marks } = grant;
  const held = Uint16Array.from(numbersThatMatter().filter((number) => (marks[number] ?? 0) > 0));
  matteringHeld.set(grant, held);
  return held;
}

const matteringHeld = new WeakMap<Grant, Uint16Array>();

function numbersWhere(fits: (facts: ActionFacts) => boolean): readonly number[] {
  return [...everyAction().entries()].flatMap(([number, facts]) => (fits(facts) ? [number] : []));
}

/** What `target` may do that `own` may not; undefined where that is nothing that matters. */
export function gainOf(target: Grant, own: Grant): Gain | undefined {
  if (target === own) return undefined;
  const strong = isAdministrator(target) && !isAdministrator(own);
  if (strong) return "administrator";
  const [theirs, mine] = [target.marks, own.marks];
  for (const number of matteringOf(target)) {
    const held = mine[number] ?? 0;
    if (held === everywhere) continue;
    if (held === 0 || theirs[number] === everywhere) return "more";
    const name = everyAction()[number]?.name ?? "";
    const patterns = target.patternsOf(name)[0] ?? [];
    if (patterns.some((pattern) => isLess(own.allows(name, pattern)) && target.allows(name, pattern) !== "none")) return "more";
  }
  return undefined;
}

/** The mark of what is allowed on everything. */
const everywhere = 3;

function isLess(allowed: ReturnType<Grant["allows"]>): boolean {
  return allowed === "none" || allowed === "some";
}

let ofIam: readonly number[] | undefined;
/** So much of it is nearly all: a handful may be denied. */
const nearlyAll = 0.9;

/** It may give itself, and anybody, everything: nearly all of what changes IAM, without a condition. */
export function isAdministrator(grant: Grant): boolean {
  const known = administrators.get(grant);
  if (known !== undefined) return known;
  // most roles cannot: nothing more is worked out for them
  const answer = raisesItself(grant) === "all" && holdsIam(grant);
  administrators.set(grant, answer);
  return answer;
}

function holdsIam({ marks }: Grant): boolean {
  // what knows no resources hardly matters: aliases, passwords' rules
  ofIam ??= numbersWhere(
    ({ service, level, resources }) => service === "iam" && resources.length > 0 && (level === "permissions" || level === "write"),
  );
  return ofIam.filter((number) => marks[number]).length >= ofIam.length * nearlyAll;
}

/** Whether it may give itself another policy: `all` for certain, `conditional` where a condition decides. */
export function raisesItself(grant: Grant): Allowed {
  const { arn, kind } = grant.principal;
  const raising = kind === "user" ? ["iam:PutUserPolicy", "iam:AttachUserPolicy"] : ["iam:PutRolePolicy", "iam:AttachRolePolicy"];
  const answers = raising.map((name) => grant.allows(name, arn));
  return (["all", "conditional"] as const).find((one) => answers.includes(one)) ?? "none";
}

const administrators = new WeakMap<Grant, boolean>();

/** It may do nearly everything there is: whoever has no use for a way up. Administrators of IAM alone have. */
export function mayDoEverything(grant: Grant): boolean {
  if (!isAdministrator(grant)) return false;
  return grant.marks.reduce((count, mark) => count + (mark >= 2 ? 1 : 0), 0) >= everyAction().length * nearlyAll;
}
