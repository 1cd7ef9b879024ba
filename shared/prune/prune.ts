/**
 * What goes when a function goes: everything that exists only for it, what has to stay because others need it, and what still
 * refers to it and so stands in the way. Decided from what a scan saw; where it could not look, that is said. Pure.
 */

import { isOutside } from "../graph/exposure.ts";
import { type Network, networkOf } from "../graph/network.ts";
import { functionArnOf } from "../model/arn.ts";
import { isAbsent } from "../model/coverage.ts";
import type { FunctionFacts, ScanDocument } from "../model/document.ts";
import type { Relation } from "../model/graph.ts";
import { partOfUs } from "../model/left-alone.ts";
import { proofOf } from "../model/proof.ts";
import { indexOf } from "./network-index.ts";
import { belongings } from "./prune-belongings.ts";
import type { PruneItem } from "./prune-item.ts";
import type { Staying, Surroundings } from "./surroundings.ts";

/** Has to be gone before the function may go. */
export interface Blocker {
  readonly name: string;
  readonly type: string;
  readonly why: string;
  /** The AWS answer that proves it; absent for what the scan concluded. */
  readonly evidence?: string;
}

export interface PruneSet {
  readonly subject: FunctionFacts;
  readonly items: readonly PruneItem[];
  readonly stays: readonly Staying[];
  readonly blockers: readonly Blocker[];
  /** Collectors that could not look where references may be: `schedules in eu-west-1`. */
  readonly unseen: readonly string[];
}

/** Rules that say that a function is no longer used. */
const staleRules = new Set(["lambda/unused-function", "lambda/never-invoked-function", "lambda/only-warmed-function"]);

/** What of a document a prune set is made of. */
export type PruneDocument = Pick<ScanDocument, "scan" | "coverage" | "functions" | "resources" | "relations" | "findings">;

/**
 * The prune set of `subject`, which is a function of `document`.
 * @param network of `document`: for whoever asks about many of its functions
 */
export function pruneSetOf(document: PruneDocument, subject: FunctionFacts, network: Network = networkOf(document)): PruneSet {
  const ids = indexOf(network).idsOf(subject.arn);
  const surroundings: Surroundings = {
    subject,
    network,
    into: ids.flatMap((id) => network.into(id)).filter(({ from }) => functionArnOf(from) !== subject.arn),
    outOf: ids.flatMap((id) => network.outOf(id)).filter(({ to }) => functionArnOf(to) !== subject.arn),
    allFunctionsSeen: document.coverage.every((row) => row.collector !== "functions" || row.status === "complete" || isAbsent(row)),
    logGroupsSeen: document.coverage.some(
      ({ collector, region, status, listed }) =>
        collector === "log-groups" && region === subject.region && (status === "complete" || listed === true),
    ),
  };
  const { items, stays } = belongings(surroundings);
  const going = new Set(items.map(({ id }) => id));
  return {
    subject,
    items,
    stays,
    blockers: [...stillUsed(document, subject), ...references(surroundings, going), ...decisions(surroundings)],
    unseen: [
      ...document.coverage
        .filter((row) => row.status !== "complete" && !isAbsent(row) && !row.follows && [subject.region, "global"].includes(row.region))
        .map(({ collector, region }) => `${collector} in ${region}`),
      // a variable may name whom it calls, or what it needs
      ...document.functions
        .filter(({ environmentUnread, region }) => environmentUnread !== undefined && region === subject.region)
        .map(({ name, environmentUnread }) => `the environment of ${name} (${environmentUnread})`),
    ],
  };
}

function stillUsed({ findings, scan }: PruneDocument, subject: FunctionFacts): Blocker[] {
  const { arn, name, lastInvocation, ignored, activity, activityReason } = subject;
  const type = "AWS::Lambda::Function";
  if (ignored !== undefined) {
    const why = ignored === partOfUs ? ignored : `it is to be left alone (smalltarget:ignore): ${ignored}`;
    return [{ name, type, why }];
  }
  if (findings.some(({ rule, resource }) => resource.arn === arn && staleRules.has(rule))) return [];
  if (activity === "dormant-by-role") return [{ name, type, why: `it is quiet and needed: ${activityReason}` }];
  const { state, at } = lastInvocation;
  const use = state === "invoked" ? `it last ran on ${at?.slice(0, 10)}` : state === "none-seen" ? "no run was seen" : "its use is unknown";
  return [{ name, type, why: `the scan of ${scan.startedAt.slice(0, 10)} does not call it unused: ${use}` }];
}

/** What would call, feed or name the function afterwards still. */
function references({ into, network }: Surroundings, going: ReadonlySet<string>): Blocker[] {
  const others = into.filter(({ from, kind }) => !going.has(from) && kind !== "uses-image" && !from.startsWith("service:"));
  return others.flatMap((relation) => {
    const node = network.nodes.get(relation.from);
    // one wildcard permission for a whole service names nobody; a route has one for its stages
    const why = relation.from.includes("*") && !node?.resource ? undefined : reasonOf(relation);
    return why ? [{ name: node?.name ?? relation.from, type: node?.type ?? "address", why, evidence: relation.evidence }] : [];
  });
}

/** Routes that ask it who may come in would let nobody in. */
function decisions({ outOf, network }: Surroundings): Blocker[] {
  return outOf.flatMap(({ to, kind, evidence }) => {
    const node = network.nodes.get(to);
    return kind === "authorizes"
      ? [{ name: node?.name ?? to, type: node?.type ?? "address", why: "asks it who may come in", evidence }]
      : [];
  });
}

function reasonOf(relation: Relation): string | undefined {
  const { from, to, kind, enabled, inferred } = relation;
  const proof = proofOf(relation);
  const off = enabled ? "" : " (switched off)";
  // a URL is gone with its function (who comes by it shows in the function's own use), a mapping has a step of its own
  if (from.startsWith("https://") || proof?.by === "mapping") return undefined;
  if (isOutside(from)) return "is allowed to call it by its policy: ask whether anybody there does";
  if (inferred) return `names it, as far as a value tells: ${kind}${off}`;
  if (kind === "may-invoke") return to.includes("*") ? undefined : "may invoke it by a policy that names it";
  if (proof?.by === "permission") return "is allowed to call it by its policy: see whether it still does";
  return `still ${kind} it${off}`;
}
