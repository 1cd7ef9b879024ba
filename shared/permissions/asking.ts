/**
 * What a request of a role or user has under the keys that policies ask for. Source: IAM user guide, "AWS global condition context keys" and
 * "IAM and AWS STS condition context keys". Pure.
 */
import { freeKeys, freePrefixes } from "../data/condition-keys.ts";
import { parseArn } from "../model/arn.ts";
import type { Principal } from "../model/principal.ts";
import type { Condition } from "../policies/conditions.ts";
import { all, any, type ContextValue, holds, type Verdict } from "../policies/operators.ts";
import { absentVariable } from "./statements.ts";

/** How a request is meant. */
export interface Asking {
  /** Lower case: `iam:passrole`; absent: any action. */
  readonly action?: string;
  readonly now: Date;
  /** Whoever asks wants to get in: what a caller may choose, he chooses so that it fits. Else it is not known. */
  readonly chooses: boolean;
  /** Of a denial: what a caller may choose, he chooses so that it does not fit, but for these keys, which something else already asks of him. */
  readonly avoids?: ReadonlySet<string>;
  /** What is certain of this request, by key, lower case. */
  readonly facts?: Readonly<Record<string, ContextValue>>;
}

/** Everything about the caller that conditions may ask for. */
export interface Caller {
  readonly principal: Principal;
  readonly account: string;
  /** Only services may take the role: no person with MFA, no session with tags of its own. */
  readonly ofServices: boolean;
}

/** Among the facts: what tags of the resource are that the facts do not name. Without it nobody knows. */
export const otherResourceTags = "resourcetag/*";

const absent: ContextValue = "absent";
const unknown: ContextValue = "unknown";
type Value = ContextValue | "free";

/** Whether all of the conditions hold. */
export function conditionsHold(conditions: readonly Condition[], caller: Caller, asking: Asking): Verdict {
  if (conditions.length === 0) return true;
  const resolve = (text: string) => filledIn(text, (name) => variableOf(name, caller));
  return all(
    conditions.map((condition) => {
      const value = valueUnder(condition.key, caller, asking);
      if (value === "free") return asking.chooses ? true : asking.avoids && !asking.avoids.has(condition.key) ? false : "unknown";
      if (typeof value === "object" && "maybe" in value && asking.chooses)
        return any([value.maybe, absent].map((either) => holds(condition, either, resolve)));
      return holds(condition, value, resolve);
    }),
  );
}

/** What a denial is asked with: who chooses wants it not to fit. @param keys that statements which allow ask of the caller */
export function denied(asking: Asking, keys: readonly string[]): Asking {
  return asking.chooses ? { ...asking, chooses: false, avoids: new Set(keys) } : asking;
}

/** What lies in a Region is asked for there. */
export function regionOf(resource: string): Asking["facts"] {
  const region = parseArn(resource)?.region ?? "";
  return /^[a-z]{2,}(-[a-z]+)+-\d$/.test(region) ? { "aws:requestedregion": [region] } : {};
}

/** A policy variable's value for the caller: a text, `absentVariable`, or undefined where nobody here knows. */
export function variableOf(name: string, caller: Caller): string | undefined {
  const value = valueUnder(name, caller, { now: new Date(0), chooses: false });
  if (value === "absent") return absentVariable;
  return Array.isArray(value) && /^aws:(username|principalaccount|principaltag\/)/.test(name) ? String(value[0]) : undefined;
}

function filledIn(text: string, valueFor: (name: string) => string | undefined): string | undefined {
  let missing = false;
  const filled = text.replaceAll(/\$\{([^{},]*)(?:,\s*'([^']*)')?\s*\}/g, (_, name: string, otherwise: string | undefined) => {
    if (/^[*?$]$/.test(name)) return name;
    const value = valueFor(name.trim().toLowerCase());
    if (value !== undefined && value !== absentVariable) return value;
    if (value === absentVariable && otherwise !== undefined) return otherwise;
    missing = true;
    return "";
  });
  return missing ? undefined : filled;
}

const byKey: Readonly<Record<string, (caller: Caller, asking: Asking) => Value>> = {
  "aws:currenttime": (_, { now }) => [now.toISOString()],
  "aws:epochtime": (_, { now }) => [String(Math.floor(now.getTime() / 1000))],
  // a user may take a session for the asking, and need not
  "aws:tokenissuetime": ({ principal }, { now }) => (principal.kind === "user" ? { maybe: [now.toISOString()] } : [now.toISOString()]),
  "aws:securetransport": () => ["true"],
  "aws:principalarn": ({ principal }) => [principal.arn],
  "aws:principalaccount": ({ account }) => [account],
  "aws:principaltype": ({ principal }) => [principal.kind === "user" ? "User" : "AssumedRole"],
  "aws:principalisawsservice": () => ["false"],
  "aws:principalservicename": () => absent,
  "aws:viaawsservice": () => ["false"],
  "aws:calledvia": () => absent,
  "aws:calledviafirst": () => absent,
  "aws:calledvialast": () => absent,
  "aws:sourcearn": () => absent,
  "aws:sourceaccount": () => absent,
  "aws:username": ({ principal }) => (principal.kind === "user" ? [principal.name] : absent),
  "aws:resourceaccount": ({ account }) => [account],
  "aws:multifactorauthpresent": ({ ofServices }) => (ofServices ? absent : unknown),
  "aws:multifactorauthage": ({ ofServices }) => (ofServices ? absent : unknown),
  "aws:federatedprovider": ({ ofServices }) => (ofServices ? absent : unknown),
  "aws:requestedregion": (_, { action = "" }) => (action.startsWith("iam:") ? ["us-east-1"] : "free"),
  // a role that is passed on may be used for anything
  "iam:associatedresourcearn": () => "free",
};

function valueUnder(key: string, caller: Caller, asking: Asking): Value {
  const fact = asking.facts?.[key];
  if (fact !== undefined) return fact;
  const known = byKey[key];
  if (known) return known(caller, asking);
  if (key.startsWith("aws:principaltag/")) return tagOf(caller, key.slice("aws:principaltag/".length));
  if (freeKeys.has(key) || freePrefixes.some((prefix) => key.startsWith(prefix))) return isOthers(key, asking) ? absent : "free";
  if (/^(aws|iam):resourcetag\//.test(key)) return asking.facts?.[otherResourceTags] ?? unknown;
  if (/^aws:|resourcetag\//.test(key)) return unknown;
  // keys of another service are in none of this one's requests
  return isOthers(key, asking) ? absent : /^iam:|^sts:/.test(key) ? unknown : "free";
}

/** `ec2:Owner` of a call to Glue. */
function isOthers(key: string, { action }: Asking): boolean {
  const [prefix = ""] = key.split(":");
  return action !== undefined && prefix !== "aws" && !prefix.includes(".") && prefix !== "saml" && prefix !== action.split(":")[0];
}

function tagOf({ principal, ofServices }: Caller, name: string): Value {
  const tag = Object.entries(principal.tags).find(([key]) => key.toLowerCase() === name);
  if (tag) return ofServices || principal.kind === "user" ? [tag[1]] : unknown;
  return ofServices || principal.kind === "user" ? absent : unknown;
}
