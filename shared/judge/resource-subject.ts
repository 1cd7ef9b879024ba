/** A resource as rules about resources see it, and whose it is. */
import type { CopiesOf } from "../graph/copies.ts";
import type { Graph } from "../graph/graph.ts";
import type { FunctionFacts } from "../model/document.ts";
import type { Owner } from "../model/finding.ts";
import type { Relation, Resource } from "../model/graph.ts";
import { imageLayerType } from "../model/image-layer.ts";
import type { ArtifactLibraries } from "../model/libraries.ts";
import type { RoleAccess, RoleUser } from "../model/role-access.ts";
import type { ResourceSubject } from "../model/rule-subject.ts";
import { type OwnerSources, ownerOf } from "../owners/owners.ts";
import type { StartsOf } from "../usage/starts.ts";

/** What rules about resources are judged from. */
export interface Inventory {
  readonly graph: Graph;
  readonly facts: ReadonlyMap<string, FunctionFacts>;
  readonly copiesOf: CopiesOf;
  readonly startsOf: StartsOf;
  /** Versions of layers that functions use and that are not in the graph as resources. */
  readonly layers: readonly Resource[];
  /** Relations to such a layer that are not in the graph. */
  layerUses(arn: string): readonly Relation[];
  /** Of a role by its ARN: what it may do and who has it. */
  accessOf(arn: string): RoleAccess | undefined;
  /** Of a function by its ARN. */
  userOf(arn: string): RoleUser | undefined;
  /** Of a function, or of a version of a layer. */
  librariesOf(arn: string): ArtifactLibraries | undefined;
}

/** With what is around it; what few rules ask for is found out when it is asked for. */
export function resourceSubject(resource: Resource, inventory: Inventory): ResourceSubject {
  const { graph, facts, copiesOf, startsOf, accessOf, userOf, librariesOf, layerUses } = inventory;
  const { arn } = resource;
  return {
    resource,
    get exposure() {
      return graph.exposure(arn);
    },
    incoming: [...graph.into(arn), ...layerUses(arn)],
    outgoing: graph.outOf(arn),
    resourceOf: (other) => graph.resources.get(other),
    functionOf: (other) => facts.get(other),
    copies: copiesOf(arn),
    get access() {
      return accessOf(facts.get(arn)?.roleArn ?? arn);
    },
    user: userOf(arn),
    get libraries() {
      return librariesOf(arn);
    },
    get triggers() {
      return startsOf(arn).starts.map(({ trigger }) => trigger);
    },
  };
}

/** Of a role or a layer that has no owner of its own: the team whose functions have it. */
export function ownerOfResource(resource: Resource, { facts, accessOf, graph, layerUses }: Inventory, sources: OwnerSources): Owner {
  const own = facts.get(resource.arn)?.owner ?? ownerOf(resource, sources);
  if (own.team) return own;
  if (resource.type === "AWS::IAM::Role") {
    const users = accessOf(resource.arn)?.functions ?? [];
    return ownerOfUsers(users, "functions that have the role") ?? own;
  }
  if (resource.type !== "AWS::Lambda::LayerVersion" && resource.type !== imageLayerType) return own;
  const users = [...graph.into(resource.arn), ...layerUses(resource.arn)].flatMap(({ kind, from }) =>
    kind === "uses-layer" ? (facts.get(from) ?? []) : [],
  );
  return (
    ownerOfUsers(
      users.map((one) => ({ facts: one })),
      "functions that use the layer",
    ) ?? own
  );
}

/** The team of all functions that have something, where they have one. */
function ownerOfUsers(users: readonly Pick<RoleUser, "facts">[], source: string): Owner | undefined {
  const [first, ...rest] = users.map(({ facts }) => facts.owner);
  if (!first?.team || rest.some(({ team }) => team !== first.team)) return undefined;
  return { team: first.team, ...(first.env ? { env: first.env } : {}), source, confidence: "medium" };
}
