/** What the rules about libraries share: the copies of one package in an artifact, how grave its holes are there, and who is concerned. */
import { moreOpen } from "../graph/exposure.ts";
import { compareVersions } from "../libraries/versions/orders.ts";
import { accountOf } from "../model/arn.ts";
import { type Evidence, type Severity, severities, severityRank } from "../model/finding.ts";
import type { Exposure, ExposureLevel } from "../model/graph.ts";
import { imageLayerType } from "../model/image-layer.ts";
import type { ArtifactLibraries, VulnerablePackage } from "../model/libraries.ts";
import type { ResourceRef } from "../model/resource.ts";
import { anySub, type Unknown } from "../model/rule.ts";
import type { ResourceSubject } from "../model/rule-subject.ts";
import { text } from "../wording/words.ts";

/** All copies of one package in an artifact, gravest first: upgrading it clears them all. */
export type Copies = readonly [VulnerablePackage, ...VulnerablePackage[]];

/** By ecosystem and name, in the order of `packages`. */
export function copiesOf(packages: readonly VulnerablePackage[]): readonly Copies[] {
  const groups = Map.groupBy(packages, ({ package: { ecosystem, name } }) => `${ecosystem} ${name}`);
  return [...groups.values()].flatMap(([first, ...more]): Copies[] => (first ? [[first, ...more]] : []));
}

/** Two ecosystems may have a package of one name. */
export function subOf([first]: Copies, all: readonly Copies[]): string {
  const { name, ecosystem } = first.package;
  const isFirst = all.find(([other]) => other.package.name === name)?.[0].package.ecosystem === ecosystem;
  return isFirst ? name : `${name} (${ecosystem})`;
}

/** The smallest version that clears every copy; null: for one of them there is none. */
export function fixedOf(copies: Copies): string | null {
  const { ecosystem } = copies[0].package;
  const each = copies.map(({ fixed }) => fixed);
  if (each.includes(null)) return null;
  return (each as string[]).reduce((a, b) => (compareVersions(ecosystem, a, b) >= 0 ? a : b));
}

/** Of how many CVEs less likely to be used this one is among the two in a hundred that are left. Those seldom come and go. */
const likelyPercentile = 0.98;
const closedLevels: readonly ExposureLevel[] = ["none", "internal", "cross-account"];

/**
 * How grave the gravest is where it is: what is known to be used is HIGH at least, what is likely to be is one step graver up to HIGH, and
 * CRITICAL is only what somebody outside can reach, or what is used.
 * @param exposure of the function, or of the most open one that has the layer
 */
export function severityThere(copies: Copies, exposure: ExposureLevel): Severity {
  const base = gravest(copies.map(({ severity }) => severity));
  if (copies.some(({ exploitedDue }) => exploitedDue !== undefined)) {
    return base === "CRITICAL" || exposure === "internet-anonymous" ? "CRITICAL" : "HIGH";
  }
  if (base === "CRITICAL") return closedLevels.includes(exposure) ? "HIGH" : "CRITICAL";
  const isLikely = copies.some(({ epss }) => epss !== undefined && epss >= likelyPercentile);
  return isLikely && (base === "MEDIUM" || base === "LOW") ? (severities[severityRank(base) - 1] ?? base) : base;
}

export function gravest(all: readonly Severity[]): Severity {
  return all.toSorted((a, b) => severityRank(a) - severityRank(b))[0] ?? "MEDIUM";
}

/** Of zips or of images. */
export function isLayer({ type }: Pick<ResourceRef, "type">): boolean {
  return type === "AWS::Lambda::LayerVersion" || type === imageLayerType;
}

/** How open it is: of a layer, that of the most open function that has it. */
export function exposureThere({ resource, exposure, incoming, functionOf }: ResourceSubject): ExposureLevel {
  if (!isLayer(resource)) return levelOf(exposure);
  const users = incoming.flatMap(({ kind, from }) => (kind === "uses-layer" ? (functionOf(from)?.exposure ?? []) : []));
  return users.map(levelOf).reduce((a, b) => (a === "unknown" || b === "unknown" ? "unknown" : moreOpen(a, b)), "none" as ExposureLevel);
}

function levelOf({ level, indirectLevel }: Pick<Exposure, "level" | "indirectLevel">): ExposureLevel {
  return indirectLevel === undefined || level === "unknown" ? level : moreOpen(level, indirectLevel);
}

/** In which image and which of its layers; nothing for a zip. */
export function imageEvidence({ package: { evidence } }: VulnerablePackage, { libraries }: ResourceSubject): Evidence {
  const { layer } = evidence;
  return { ...(libraries?.image === undefined ? {} : { image: libraries.image }), ...(layer === undefined ? {} : { imageLayer: layer }) };
}

/** So many are named. */
const namesShown = 10;

/** Whose layer it is, and which functions have it; nothing for a function. */
export function layerEvidence({ resource, incoming, functionOf }: ResourceSubject): Evidence {
  if (!isLayer(resource)) return {};
  const users = incoming.flatMap(({ kind, from }) => (kind === "uses-layer" ? [from] : []));
  const names = [...new Set(users.map((arn) => functionOf(arn)?.name ?? arn))].toSorted();
  const [owner, account] = [accountOf(resource.arn), accountOf(users[0] ?? resource.arn)];
  const { version = null, repositories = [], digest = null } = resource.details ?? {};
  return {
    ...(resource.type === imageLayerType ? { imageLayer: digest, repositories } : { layerVersion: version }),
    ...(owner && owner !== account ? { layerOwner: owner } : {}),
    functions: names.slice(0, namesShown),
    ...(names.length > namesShown ? { moreFunctions: names.length - namesShown } : {}),
  };
}

/** `orders-api`, `Layer agent (version 41, of account 444455556666)`. */
export function containerText(evidence: Evidence, { type, name }: ResourceRef): string {
  if (type === imageLayerType) return `Layer ${name} of container images (${repositoriesText(evidence)})`;
  if (type !== "AWS::Lambda::LayerVersion") return name;
  const owner = text(evidence.layerOwner);
  return `Layer ${name} (version ${text(evidence.layerVersion)}${owner ? `, of account ${owner}` : ""})`;
}

function repositoriesText({ repositories }: Evidence): string {
  const names = Array.isArray(repositories) ? repositories.map(String) : [];
  return names.length > 3 ? `${names.slice(0, 3).join(", ")} and ${names.length - 3} more` : names.join(", ");
}

/** ` 12 functions use it.`; empty for a function. */
export function usersText({ functions, moreFunctions }: Evidence): string {
  if (!Array.isArray(functions)) return "";
  const count = functions.length + Number(moreFunctions ?? 0);
  return count === 1 ? ` ${functions[0]} uses it.` : ` ${count} functions use it.`;
}

/** Why nothing is known of the holes of an artifact. */
export function whyUnknownHoles(libraries: ArtifactLibraries | undefined): string {
  return libraries?.unread ?? (libraries ? "there are no advisories to put its packages to" : "its packages are not known");
}

/** What is not among the hits is mended only where everything in the artifact could be told, or that package could. */
export function untoldHoles(libraries: ArtifactLibraries | undefined): Unknown[] {
  const { coverage, untold = [], cleared = [] } = libraries ?? { untold: [] };
  const isWhole = coverage?.status === "complete" && untold.length === 0;
  return isWhole ? [] : [{ answer: "unknown", why: untold[0] ?? "not everything in it could be read", sub: anySub, except: cleared }];
}
