/** Who calls a function and waits for its answer, and how long. Pure. */
import { authorizerLimit, callerLimits } from "../data/caller-limits.ts";
import { parseArn } from "../model/arn.ts";
import type { Relation, RelationKind, Resource } from "../model/graph.ts";
import { proofOf } from "../model/proof.ts";

export interface WaitingCaller {
  /** ARN of what calls. */
  readonly from: string;
  /** In words: `GET /orders` or `AppSync`. */
  readonly what: string;
  readonly seconds: number;
  /** A limit that AWS states, or that stands in the configuration. */
  readonly certain: boolean;
}

export interface Callers {
  readonly waiting: readonly WaitingCaller[];
  /** Callers that wait as long as the function takes, or do not wait at all: nothing bounds the function for them. */
  readonly others: readonly string[];
}

const callKinds: ReadonlySet<RelationKind> = new Set(["invokes", "feeds", "publishes-to", "subscribes", "notifies", "routes-to"]);

/**
 * Everything that calls the function by `relations` (those that lead to it, and those that lead from it: an authorizer's
 * relation goes from the function to the API).
 */
export function callersOf(functionArn: string, relations: readonly Relation[], resourceOf: (arn: string) => Resource | undefined): Callers {
  const waiting = new Map<string, WaitingCaller>();
  const others = new Set<string>();
  for (const relation of relations) {
    if (!relation.enabled) continue;
    if (relation.kind === "authorizes" && relation.from === functionArn) {
      const { what, seconds, documented } = authorizerLimit;
      waiting.set(relation.to, { from: relation.to, what, seconds, certain: documented });
    }
    if (relation.to !== functionArn || !callKinds.has(relation.kind)) continue;
    const caller = callerOf(relation, resourceOf(relation.from));
    if (caller === "unbounded") others.add(relation.from);
    else if (caller !== "not a call") waiting.set(relation.from, caller);
  }
  return { waiting: [...waiting.values()].toSorted((a, b) => a.seconds - b.seconds || (a.from < b.from ? -1 : 1)), others: [...others] };
}

/**
 * The shortest wait among the callers of a function that nobody else calls: its timeout has no use above it.
 * undefined where somebody calls it who waits longer, or does not wait, or where nobody is known to call it.
 */
export function tightestCaller(
  functionArn: string,
  relations: readonly Relation[],
  resourceOf: (arn: string) => Resource | undefined,
): { readonly seconds: number; readonly why: string } | undefined {
  const { waiting, others } = callersOf(functionArn, relations, resourceOf);
  const [tightest] = waiting;
  if (!tightest || others.length > 0) return undefined;
  return { seconds: tightest.seconds, why: `${tightest.what} waits no longer than ${tightest.seconds} s` };
}

function callerOf(relation: Relation, resource: Resource | undefined): WaitingCaller | "unbounded" | "not a call" {
  const { from } = relation;
  const service = parseArn(from)?.service ?? /^service:([a-z0-9-]+)\./.exec(from)?.[1] ?? "";
  const ofApi = service === "execute-api" || service === "apigateway";
  // that a waiting service may call is no call yet: its own configuration says whether it does
  if (proofOf(relation)?.by === "permission" && (ofApi || service in callerLimits)) return "not a call";
  if (ofApi) {
    const { waits, timeoutMs } = resource?.details ?? {};
    if (waits !== true || typeof timeoutMs !== "number") return "unbounded";
    return { from, what: resource?.name ?? from, seconds: timeoutMs / 1000, certain: true };
  }
  const limit = callerLimits[service];
  if (!limit) return "unbounded";
  const idle = resource?.details?.idleTimeoutSeconds;
  const known = typeof idle === "number";
  return { from, what: limit.what, seconds: known ? idle : limit.seconds, certain: known || limit.documented };
}
