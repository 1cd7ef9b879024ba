/** Paths from outside to a resource, and how open they are. Pure. */

import { functionArnOf, isArnOf } from "../model/arn.ts";
import {
  type Exposure,
  type ExposureHop,
  type ExposureLevel,
  type HopAuth,
  outside,
  type Relation,
  type RelationKind,
} from "../model/graph.ts";
import { openRoleWays } from "./open-roles.ts";

/** Kinds along which a caller's data or call travels onward. */
export const flowKinds: ReadonlySet<RelationKind> = new Set(["invokes", "feeds", "publishes-to", "subscribes", "notifies", "routes-to"]);

/** What somebody outside may do with a resource itself. Who writes to it sets off what it feeds; who reads from it does not. */
const outsideKinds: ReadonlySet<RelationKind> = new Set(["may-read", "may-write"]);

/** Least to most open. */
const ladder: readonly ExposureLevel[] = ["none", "internal", "cross-account", "internet-authenticated", "internet-anonymous"];
/** A door and the resource behind it: internet -> route -> function. */
const directHops = 2;
const longestPath = 6;
const pathsKept = 5;

/** How open a single hop leaves a path that came from the internet. */
const openness: Readonly<Record<HopAuth, ExposureLevel>> = {
  none: "internet-anonymous",
  "api-key": "internet-anonymous",
  iam: "internet-authenticated",
  cognito: "internet-authenticated",
  jwt: "internet-authenticated",
  "lambda-authorizer": "internet-authenticated",
  "mutual-tls": "internet-authenticated",
  login: "internet-authenticated",
  "signed-url": "internet-authenticated",
  network: "internal",
  // one service of the account passes on what it was given: as open as it was
  service: "internet-anonymous",
  "cross-account": "cross-account",
};

export function moreOpen(a: ExposureLevel, b: ExposureLevel): ExposureLevel {
  return ladder.indexOf(a) >= ladder.indexOf(b) ? a : b;
}

function lessOpen(a: ExposureLevel, b: ExposureLevel): ExposureLevel {
  return ladder.indexOf(a) <= ladder.indexOf(b) ? a : b;
}

/** Answers the exposure of any ARN of the graph. A disabled relation is no path. */
export function exposureOf(relations: readonly Relation[]): (arn: string) => Exposure {
  const into = new Map<string, Relation[]>();
  const deciding = new Set(
    relations.flatMap(({ from, kind, enabled }) => (enabled && kind === "authorizes" && functionArnOf(from) ? from : [])),
  );
  for (const relation of relations) {
    if (!relation.enabled || !isWay(relation) || relation.from === relation.to) continue;
    const list = into.get(relation.to);
    if (list) list.push(relation);
    else into.set(relation.to, [relation]);
  }
  const throughRoles = openRoleWays(relations);
  const waysInto = (arn: string) => {
    const more = throughRoles(arn);
    return more.length === 0 ? (into.get(arn) ?? []) : [...(into.get(arn) ?? []), ...more];
  };
  return (arn) => {
    const found = pathsTo(arn, waysInto);
    const level = (paths: readonly (readonly ExposureHop[])[]) => paths.map(levelOf).reduce(moreOpen, "none");
    const direct = found.filter((path) => hopsOf(path) <= directHops && !path.some(isSuggested));
    const ways = waysInto(arn);
    // whom an API asks who may come in is started by it, though its caller chooses little of what it gets
    const internal: ExposureLevel = ways.every(isSuggested) && !deciding.has(arn) ? "none" : "internal";
    const own = moreOpen(level(direct), internal);
    const indirect = moreOpen(level(found), ways.length > 0 ? "internal" : "none");
    const byOpenness = found.toSorted((a, b) => ladder.indexOf(levelOf(b)) - ladder.indexOf(levelOf(a)) || a.length - b.length);
    return { level: own, ...(moreOpen(own, indirect) === own ? {} : { indirectLevel: indirect }), paths: byOpenness.slice(0, pathsKept) };
  };
}

/** A call that a value in a function's environment suggests is no door that AWS states: it counts as a chain does. */
function isSuggested({ from, inferred }: { readonly from: string; readonly inferred?: boolean }): boolean {
  return inferred === true && functionArnOf(from) !== undefined;
}

function isWay({ kind, from }: Relation): boolean {
  return flowKinds.has(kind) || ((isOutside(from) || isFront(from)) && outsideKinds.has(kind));
}

/** A route of an API, or a distribution: what it may read or write, whoever asks it reads or writes. */
function isFront(from: string): boolean {
  return isArnOf(from, "execute-api") || isArnOf(from, "cloudfront");
}

/** An address (a function URL, a host name) and the rule of an event bus are part of the door they belong to, not resources on the way. */
function hopsOf(path: readonly ExposureHop[]): number {
  return path.filter(({ to }) => !to.startsWith("https://") && !isArnOf(to, "events", "rule/")).length;
}

/** How open a whole path is: as open as its least open hop. */
export function levelOf(path: readonly ExposureHop[]): ExposureLevel {
  const [first] = path;
  const start: ExposureLevel = first?.from === outside.internet ? "internet-anonymous" : "cross-account";
  return path.map(({ auth }) => openness[auth]).reduce(lessOpen, start);
}

/** Paths from outside to `arn`, by walking backwards; breadth first, each resource once per level of openness. */
function pathsTo(arn: string, waysInto: (arn: string) => readonly Relation[]): ExposureHop[][] {
  const found: ExposureHop[][] = [];
  const best = new Map<string, ExposureLevel>();
  let frontier: { readonly at: string; readonly path: ExposureHop[] }[] = [{ at: arn, path: [] }];
  for (let length = 1; length <= longestPath && frontier.length > 0; length += 1) {
    const next: typeof frontier = [];
    for (const { at, path } of frontier) {
      for (const { from, to, kind, auth, evidence, inferred } of waysInto(at)) {
        if (kind === "may-read" && at !== arn) continue;
        const longer = [{ from, to, auth, evidence, ...(inferred ? { inferred } : {}) }, ...path];
        if (isOutside(from)) {
          found.push(longer);
          continue;
        }
        const level = longer.map((hop) => openness[hop.auth]).reduce(lessOpen, "internet-anonymous");
        const step = `${isSuggested({ from, ...(inferred ? { inferred } : {}) })} ${from}`;
        const known = best.get(step);
        if (from === arn || (known !== undefined && ladder.indexOf(known) >= ladder.indexOf(level))) continue;
        best.set(step, level);
        next.push({ at: from, path: longer });
      }
    }
    frontier = next;
  }
  return found;
}

export function isOutside(node: string): boolean {
  return node === outside.internet || node.startsWith("account:") || node.startsWith("organization:");
}
