/** Runs the rules over a snapshot. Pure: no AWS, no store, no clock. */

import { outdatedTables } from "./data/freshness.ts";
import { tightestCaller } from "./graph/callers.ts";
import { copiesIn } from "./graph/copies.ts";
import { documentGraph } from "./graph/document-graph.ts";
import { graphOf } from "./graph/graph.ts";
import { imageLayerResource, imageLayerUses } from "./graph/image-layers.ts";
import { layersInUse } from "./graph/layers-in-use.ts";
import { reachedIn } from "./graph/reached.ts";
import { advisoryCoverage } from "./judge/advisory-coverage.ts";
import type { LookAt } from "./judge/answers.ts";
import { Completeness } from "./judge/completeness.ts";
import { brokenRow, Judge } from "./judge/judge.ts";
import { foldCauses } from "./judge/same-cause.ts";
import type { AdvisoryFeed } from "./model/advisories.ts";
import { type Coverage, isComplete, outdatedFactsCode } from "./model/coverage.ts";
import type { DocumentResource, FunctionFacts, FunctionRole } from "./model/document.ts";
import type { Finding } from "./model/finding.ts";
import type { Relation } from "./model/graph.ts";
import { imageLayerType } from "./model/image-layer.ts";
import { type ArtifactLibraries, summaryOf } from "./model/libraries.ts";
import type { RoleUser } from "./model/role-access.ts";
import type { Need, Rule } from "./model/rule.ts";
import { type FunctionConfiguration, globalRegion, type RegionSnapshot, type Snapshot } from "./model/snapshot.ts";
import type { OwnerSources } from "./owners/owners.ts";
import { accessIn } from "./permissions/role-access.ts";
import { rankRoles } from "./permissions/role-ranking.ts";
import { riskSettings } from "./permissions/role-risk.ts";
import { usersIn } from "./permissions/role-users.ts";
import type { Settings } from "./settings.ts";
import { functionSubjects } from "./usage/function-facts.ts";
import { logGroupDays } from "./usage/log-group-age.ts";
import { queueSubjects } from "./usage/queue-subjects.ts";
import { startsIn } from "./usage/starts.ts";
import { thresholdsOf } from "./usage/timeout-settings.ts";

export interface Assessment {
  readonly functions: readonly FunctionFacts[];
  readonly resources: readonly DocumentResource[];
  readonly relations: readonly Relation[];
  /** Functions by the risk of their roles. */
  readonly roles: readonly FunctionRole[];
  readonly findings: readonly Finding[];
  readonly coverage: readonly Coverage[];
  /** How this scan saw `finding`, given that it is not among `findings`. */
  readonly look: LookAt;
  /** Whether everything was read that could make `finding` graver. */
  readonly isWeighed: (finding: Finding) => boolean;
  /** What libraries were put to. */
  readonly advisories?: readonly AdvisoryFeed[];
  /** `REGION|RULE` pairs that were looked at, and whether completely. */
  readonly looks: readonly { readonly key: string; readonly complete: boolean }[];
}

/** Judges everything in `snapshot` as of its own time; `overrides` are teams by ARN that a person said. */
export function assess(
  snapshot: Snapshot,
  rules: readonly Rule[],
  settings: Settings,
  overrides: ReadonlyMap<string, string> = new Map(),
): Assessment {
  const now = new Date(snapshot.at);
  const active = rules.filter(({ id }) => !settings.disabledRules.includes(id));
  const owners = ownerSources(snapshot, settings, overrides);
  const { account, partition } = snapshot;
  const completeness = new Completeness(snapshot);
  const judge = new Judge({ account, partition, settings, owners, completeness, now });
  const graph = graphOf(snapshot);
  const startsOf = startsIn(graph, now);
  const ceilingOf = (arn: string) => tightestCaller(arn, [...graph.into(arn), ...graph.outOf(arn)], (other) => graph.resources.get(other));
  const functions: FunctionFacts[] = [];
  const users: RoleUser[] = [];
  const judgedBy = { thresholds: thresholdsOf(settings.rules), logGroups: logGroupDays(settings.rules) };
  for (const region of snapshot.regions) {
    if (region.region === globalRegion) continue;
    const unreadable = ({ arn, name }: FunctionConfiguration, error: unknown) => {
      judge.noteUnreadable(arn);
      judge.broken.push(brokenRow(`facts of ${name}`, region.region, name, error));
    };
    const subjects = functionSubjects(region, owners, startsOf, ceilingOf, now, unreadable, judgedBy);
    const userOf = usersIn(region, snapshot.codeOf, graph, now);
    for (const subject of subjects) {
      functions.push(subject.facts);
      users.push(userOf(subject));
    }
    const queues = queueSubjects(region, subjects);
    for (const rule of active) {
      if (rule.subject === "function") judge.judgeFunctions(rule, region.region, subjects);
      if (rule.subject === "queue") judge.judgeQueues(rule, region.region, queues);
    }
  }
  const facts = new Map(functions.map((one) => [one.arn, one]));
  const copiesOf = copiesIn(snapshot, functions);
  const roleUse = new Map(graph.roleUses.map((one) => [one.roleArn, one]));
  const { principals } = graph;
  const accessOf = accessIn({ ...snapshot, principals, users, useOf: (arn) => roleUse.get(arn), reachedBy: reachedIn(graph) }, now);
  const userOf = new Map(users.map((user) => [user.facts.arn, user]));
  const { librariesOf = () => undefined } = snapshot;
  const imageLayers = snapshot.imageLayers?.layers ?? [];
  const layers = [...layersInUse(graph), ...imageLayers.map(imageLayerResource)];
  const usesByLayer = new Map(imageLayers.map((layer) => [layer.arn, imageLayerUses(layer)]));
  const layerUses = (arn: string) => usesByLayer.get(arn) ?? [];
  judge.noteUnseen(({ type, region }) => type === imageLayerType && !snapshot.imageLayers?.isWhole(region));
  const inventory = {
    graph,
    facts,
    copiesOf,
    startsOf,
    layers,
    accessOf,
    userOf: (arn: string) => userOf.get(arn),
    librariesOf,
    layerUses,
  };
  for (const rule of active) if (rule.subject === "resource") judge.judgeResources(rule, inventory);
  const coverage = [
    ...foldCauses(snapshot.accountCoverage, snapshot.regions.map(coverageOfRegion)),
    ...judge.broken,
    ...outdatedFacts(now),
    ...advisoryCoverage(snapshot.advisories, now),
  ];
  for (const rule of active) if (rule.subject === "coverage") judge.judgeCoverage(rule, coverage);
  const findings = judge.findings(rules);
  const described = documentGraph(graph, functions, owners);
  return {
    ...described,
    functions: described.functions.map((one) => withLibraries(one, librariesOf(one.arn))),
    roles: rankRoles(users, accessOf, findings, riskSettings(settings.rules)),
    findings,
    coverage,
    look: judge.look(rules),
    isWeighed: weighedBy(rules, completeness),
    ...(snapshot.advisories ? { advisories: snapshot.advisories } : {}),
    looks: judge.looks,
  };
}

function weighedBy(rules: readonly Rule[], completeness: Completeness): Assessment["isWeighed"] {
  const weighs = new Map(rules.flatMap(({ id, weighs: needs }) => (needs ? [[id, needs] as const] : [])));
  const isRead = (need: Need, region: string) => ["met", "part"].includes(completeness.of(need, region));
  return ({ rule, resource, mayBeGraver }) => !mayBeGraver && (weighs.get(rule) ?? []).every((need) => isRead(need, resource.region));
}

function withLibraries(facts: FunctionFacts, libraries: ArtifactLibraries | undefined): FunctionFacts {
  return libraries ? { ...facts, libraries: summaryOf(libraries) } : facts;
}

/** A row where facts of AWS are so old that they may be wrong: what was judged by them was judged, and somebody has to be told. */
function outdatedFacts(now: Date): Coverage[] {
  const tables = outdatedTables(now).map(([name, asOf]) => `${name} (${asOf})`);
  if (tables.length === 0) return [];
  return [{ collector: "facts of AWS", region: globalRegion, status: "complete", code: outdatedFactsCode, message: tables.join(", ") }];
}

function ownerSources(snapshot: Snapshot, settings: Settings, overrides: ReadonlyMap<string, string>): OwnerSources {
  const stacks = new Map<string, Readonly<Record<string, string>>>();
  for (const { region, services } of snapshot.regions) {
    for (const { resource } of services.stacks?.items ?? []) if (resource) stacks.set(`${region}|${resource.name}`, resource.tags ?? {});
  }
  const created = snapshot.regions.flatMap(({ services }) => services["event-history"]?.items ?? []);
  const creators = new Map(
    created.flatMap(({ resource }) => (resource?.createdBy ? [[resource.arn, resource.createdBy.name] as const] : [])),
  );
  const { tags: tagKeys, defaultTeam } = settings;
  return {
    overrides,
    tagKeys,
    creators,
    stackTags: (region, stack) => stacks.get(`${region}|${stack}`),
    ...(defaultTeam ? { defaultTeam } : {}),
  };
}

function coverageOfRegion({ region, services, code, libraries, ...parts }: RegionSnapshot): Coverage[] {
  const read = [code, libraries].filter((part) => part !== undefined);
  const inventory = [...Object.values(services), ...read].map((part) => part.coverage);
  // account-wide there are services only
  return region === globalRegion
    ? [...inventory, ...(isComplete(parts.tags) ? [] : [parts.tags.coverage])]
    : [...Object.values(parts).map((part) => part.coverage), ...inventory];
}
