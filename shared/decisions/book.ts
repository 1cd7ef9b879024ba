/** The decisions of an account, to be asked which of them speak of a finding. Pure. */
import type { AckReason, AckScopeKind } from "../model/ack-words.ts";
import type { AckEvent, AckRecord, AckScope } from "../model/acknowledgement.ts";
import { compare } from "../model/compare.ts";
import type { Finding } from "../model/finding.ts";

/** What decides whether a decision speaks of a finding. */
export type Subject = Pick<Finding, "id" | "rule" | "resource" | "owner">;

/** Tags of a resource by its ARN; undefined where they are not known. */
export type TagsOf = (arn: string) => Readonly<Record<string, string>> | undefined;

/** `unknown`: what it asks of the resource could not be read. */
export type Speaks = "yes" | "no" | "unknown";

/** The narrower one is asked first. */
const narrowness: Readonly<Record<AckScopeKind, number>> = { finding: 0, "rule+resource": 1, "rule+tag": 2, "rule+owner": 3 };

/** One name for a scope: there is one decision for each that counts, the last one. */
export function scopeName(scope: AckScope): string {
  switch (scope.kind) {
    case "finding":
      return JSON.stringify([scope.kind, scope.finding]);
    case "rule+resource":
      return JSON.stringify([scope.kind, scope.rule, scope.arn]);
    case "rule+owner":
      return JSON.stringify([scope.kind, scope.rule, scope.team]);
    case "rule+tag":
      return JSON.stringify([scope.kind, scope.rule, scope.key, scope.value]);
  }
}

/** Whether a decision of this scope speaks of the finding: everything has to be equal. */
export function speaksOf(scope: AckScope, { id, rule, resource, owner }: Subject, tagsOf: TagsOf): Speaks {
  if (scope.kind === "finding") return scope.finding === id ? "yes" : "no";
  if (scope.rule !== rule) return "no";
  if (scope.kind === "rule+resource") return scope.arn === resource.arn ? "yes" : "no";
  if (scope.kind === "rule+owner") {
    if (scope.team === (owner.team ?? "")) return "yes";
    // an owner that is only guessed may be a tag that could not be read today
    return owner.team === undefined || owner.confidence === "low" ? "unknown" : "no";
  }
  const tags = tagsOf(resource.arn);
  if (tags === undefined) return "unknown";
  return Object.hasOwn(tags, scope.key) && tags[scope.key] === scope.value ? "yes" : "no";
}

/** The event that ended the decision for all that it held; undefined: nobody ended it. */
export function endOf({ events }: Pick<AckRecord, "events">): AckEvent | undefined {
  return events.find(({ kind }) => kind === "withdrawn" || kind === "replaced");
}

/** True while it may hold findings. */
export function isInForce(record: AckRecord, now: Date): boolean {
  return endOf(record) === undefined && now.getTime() < Date.parse(record.until);
}

export class DecisionBook {
  readonly #byId: ReadonlyMap<string, AckRecord>;
  readonly #ofFindings: ReadonlyMap<string, readonly AckRecord[]>;
  readonly #ofRules: ReadonlyMap<string, readonly AckRecord[]>;
  readonly #tagsOf: TagsOf;

  constructor(records: readonly AckRecord[], tagsOf: TagsOf = () => undefined) {
    this.#byId = new Map(records.map((record) => [record.id, record]));
    this.#ofFindings = Map.groupBy(records, ({ scope }) => (scope.kind === "finding" ? scope.finding : ""));
    this.#ofRules = Map.groupBy(records, ({ scope }) => (scope.kind === "finding" ? "" : scope.rule));
    this.#tagsOf = tagsOf;
  }

  get(id: string): AckRecord | undefined {
    return this.#byId.get(id);
  }

  speaks({ scope }: AckRecord, subject: Subject): Speaks {
    return speaksOf(scope, subject, this.#tagsOf);
  }

  /** Those that may speak of the finding, the narrowest first, of two as narrow the newer one; ended ones among them. */
  about(subject: Subject): AckRecord[] {
    const all = [...(this.#ofFindings.get(subject.id) ?? []), ...(this.#ofRules.get(subject.rule) ?? [])];
    return all.sort((a, b) => narrowness[a.scope.kind] - narrowness[b.scope.kind] || compare(b.at, a.at) || compare(b.id, a.id));
  }
}

/** A reason that is over when the finding is: what comes back after its fix was not accepted. */
export function isFulfilledByResolution(reason: AckReason): boolean {
  return reason === "fix-scheduled";
}
