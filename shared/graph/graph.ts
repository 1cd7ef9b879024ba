/** The account's graph, put together from everything that a scan read. Pure. */

import { functionRelations } from "../describe/function-relations.ts";
import type { Part } from "../model/coverage.ts";
import type { Exposure, GraphRow, Relation, Resource } from "../model/graph.ts";
import type { Principal } from "../model/principal.ts";
import { proofOf } from "../model/proof.ts";
import type { RoleUse } from "../model/role-use.ts";
import type { FunctionConfiguration, Snapshot } from "../model/snapshot.ts";
import { asAnswered, refusedBy } from "./answered.ts";
import { exposureOf } from "./exposure.ts";
import { withRealEnds } from "./real-ends.ts";
import { asFarAsTold } from "./untold.ts";

export interface Graph {
  readonly resources: ReadonlyMap<string, Resource>;
  readonly relations: readonly Relation[];
  /** Roles with their policies; of a dump of an account, users and groups too. */
  readonly principals: readonly Principal[];
  /** What roles were used for. */
  readonly roleUses: readonly RoleUse[];
  into(arn: string): readonly Relation[];
  outOf(arn: string): readonly Relation[];
  exposure(arn: string): Exposure;
}

/** Builds the graph of `snapshot`; functions are resources like any other. */
export function graphOf(snapshot: Snapshot): Graph {
  const resources = new Map<string, Resource>();
  const relations = new Map<string, Relation>();
  const principals: Principal[] = [];
  const roleUses: RoleUse[] = [];
  const add = ({ resource, relations: more, principal, roleUse }: GraphRow) => {
    if (roleUse) roleUses.push(roleUse);
    if (principal) principals.push(principal);
    if (resource) resources.set(resource.arn, merge(resources.get(resource.arn), resource));
    for (const relation of more) {
      const { from, kind, to, auth, enabled } = relation;
      const proof = proofOf(relation);
      // that something may call is another matter than that it does
      const permission = proof?.by === "permission" ? " permission" : "";
      const key = `${from} ${kind} ${to} ${auth} ${enabled}${permission}`;
      // what an old version names too, the function of today names first
      if (!(relations.has(key) && proof?.by === "version")) relations.set(key, relation);
    }
  };
  for (const region of snapshot.regions) {
    const tags = new Map(region.tags.items.map((one) => [one.arn, one.tags]));
    for (const f of region.functions.items) add({ resource: functionResource(f, tags.get(f.arn)), relations: [] });
    add({ relations: functionRelations(region) });
    for (const part of Object.values(region.services) as Part<GraphRow>[]) for (const row of part.items) add(row);
  }
  for (const { arn, tags } of snapshot.regions.flatMap((region) => region.tags.items)) {
    const resource = resources.get(arn);
    if (resource) resources.set(arn, { ...resource, tags: resource.tags ? { ...tags, ...resource.tags } : tags });
  }
  const written = withRealEnds([...relations.values()], resources);
  const all = written.map((relation) => asAnswered(relation, resources));
  for (const [arn, refusedTargets] of refusedBy(written, all)) {
    const route = resources.get(arn);
    if (route) resources.set(arn, { ...route, details: { ...route.details, refusedTargets } });
  }
  for (const { from, to, kind } of all) if (kind === "feeds") encryptAsSource(resources, from, to);
  const into = groupBy(all, (relation) => relation.to);
  const outOf = groupBy(all, (relation) => relation.from);
  return {
    resources,
    relations: all,
    principals,
    roleUses,
    into: (arn) => into.get(arn) ?? [],
    outOf: (arn) => outOf.get(arn) ?? [],
    exposure: asFarAsTold(
      exposureOf(all),
      (arn) => resources.get(arn)?.details,
      (arn) => into.get(arn) ?? [],
    ),
  };
}

/** A Firehose stream keeps nothing of what it reads from a data stream: that is encrypted as the data stream is. */
function encryptAsSource(resources: Map<string, Resource>, source: string, stream: string): void {
  const [from, to] = [resources.get(source), resources.get(stream)];
  if (to?.type !== "AWS::KinesisFirehose::DeliveryStream" || !to.encryption || !from?.encryption) return;
  resources.set(stream, { ...to, encryption: { ...to.encryption, atRest: from.encryption.atRest } });
}

/** Several collectors may speak of one resource: what the later one knows is added. */
function merge(known: Resource | undefined, more: Resource): Resource {
  if (!known) return more;
  const unread = [...listOf(known.details?.unread), ...listOf(more.details?.unread)];
  // most have nothing to add here: no copies of what is there tens of thousands of times
  const details =
    known.details && more.details ? { ...known.details, ...more.details, ...(unread.length > 0 ? { unread } : {}) } : undefined;
  const tags = known.tags && more.tags ? { ...known.tags, ...more.tags } : undefined;
  return { ...known, ...more, ...(tags ? { tags } : {}), ...(details ? { details } : {}) };
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value : [];
}

function functionResource(f: FunctionConfiguration, tags: Readonly<Record<string, string>> = {}): Resource {
  return {
    arn: f.arn,
    type: "AWS::Lambda::Function",
    name: f.name,
    region: f.region,
    tags,
    details: {
      runtime: f.runtime ?? "image",
      timeoutSeconds: f.timeoutSeconds,
      memoryMb: f.memoryMb,
      lastModified: f.lastModified ?? null,
      roleArn: f.roleArn,
    },
  };
}

function groupBy(relations: readonly Relation[], key: (relation: Relation) => string): Map<string, Relation[]> {
  const groups = new Map<string, Relation[]>();
  for (const relation of relations) {
    const group = groups.get(key(relation));
    if (group) group.push(relation);
    else groups.set(key(relation), [relation]);
  }
  return groups;
}
