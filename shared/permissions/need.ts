/** Everything that a function needs of its role, with what shows it and how sure it is. Pure. */
import { isKnownLayer, secretsLayer } from "../data/source-actions.ts";
import { bucketArnOf, isArnOf, parseArn, tableArnOf } from "../model/arn.ts";
import type { CodeSummary, FunctionCode } from "../model/code.ts";
import type { Relation, Resource } from "../model/graph.ts";
import type { FunctionNeed, Need } from "../model/permissions.ts";
import type { EventSourceMapping, FunctionConfiguration } from "../model/snapshot.ts";
import { matches } from "../policies/match.ts";
import { codeNeed, weaker } from "./need-code.ts";
import { configurationNeed } from "./need-configuration.ts";
import type { Encryption } from "./need-look.ts";
import type { Environment, Place } from "./need-request.ts";

/** What of the account a function's need is read from; the graph is one. */
export interface Surroundings {
  readonly resources: ReadonlyMap<string, Resource>;
  outOf(arn: string): readonly Relation[];
}

/**
 * @param mappings of the Region; those of other functions are left aside
 * @param code what was read of its zip and layers
 * @param seen what it was seen to ask for: need-seen.ts
 */
export function needOf(
  configuration: FunctionConfiguration,
  mappings: readonly EventSourceMapping[],
  code: FunctionCode,
  surroundings: Surroundings,
  seen: readonly Need[] = [],
): FunctionNeed {
  const { partition = "aws", region = configuration.region, account = "*" } = parseArn(configuration.arn) ?? {};
  const place: Place = { partition, region, account };
  const environment = environmentOf(configuration);
  const encryption = (pattern: string) => encryptionOf(owner(pattern), surroundings.resources);
  const look = { place, environment, encryption };
  const own = mappings.filter(({ functionArn }) => functionArn === configuration.arn || functionArn.startsWith(`${configuration.arn}:`));
  const parts: FunctionNeed[] = [
    { needs: seen, unresolved: [] },
    {
      needs: configurationNeed({
        configuration,
        mappings: own,
        relations: surroundings.outOf(configuration.arn),
        encryption,
        place,
        isThere: (arn) => surroundings.resources.has(arn),
      }),
      unresolved: notWhole(configuration, code),
      ...(code.code && code.layers.every((layer) => layer.code || isKnownLayer(layer.arn)) && configuration.packageType === "Zip"
        ? {}
        : { open: ["*"] }),
    },
    ...(code.code ? [codeNeed(code.code, { ...look, source: "code" })] : []),
    ...code.layers.flatMap((layer) => (layer.code ? [codeNeed(layer.code, { ...look, source: "layer" })] : [])),
  ];
  const open = new Set([
    ...parts.flatMap((part) => part.open ?? []),
    ...(readsSecrets(configuration) ? ["ssm", "secretsmanager", "kms"] : []),
  ]);
  return {
    needs: merged(parts.flatMap(({ needs }) => needs)),
    unresolved: [...new Set(parts.flatMap(({ unresolved }) => unresolved))],
    open: open.has("*") ? ["*"] : [...open].toSorted(),
  };
}

/** Why the list of needs may not be whole, code itself aside. */
function notWhole({ packageType, runtime, layers }: FunctionConfiguration, { code, unread, layers: read }: FunctionCode): string[] {
  const image = packageType === "Image" ? ["its code is an image, which is not read"] : [];
  const missing = code || image.length > 0 ? [] : [`its code was not read${unread ? `: ${unread}` : ""}`];
  return [
    ...image,
    ...missing,
    ...(code ? languageOf(code, runtime) : []),
    ...read.flatMap((layer) =>
      layer.code || isKnownLayer(layer.arn) ? [] : [`layer ${layer.arn} was not read${layer.unread ? `: ${layer.unread}` : ""}`],
    ),
    ...(layers.some((layer) => secretsLayer.test(layer))
      ? ["its layer reads parameters and secrets for it: which ones, its code does not show"]
      : []),
  ];
}

function readsSecrets({ layers }: Pick<FunctionConfiguration, "layers">): boolean {
  return layers.some((layer) => secretsLayer.test(layer));
}

function languageOf({ language, files }: CodeSummary, runtime = "unknown"): string[] {
  if (language === "unknown") return [`code for the runtime ${runtime} is not read`];
  return files === 0 ? ["there was no code to read in its package"] : [];
}

/** Variables as far as the collector keeps their values: ARNs, URLs, names of known resources. */
function environmentOf({ name, region, environmentNames, environmentReferences, environmentUnread }: FunctionConfiguration): Environment {
  const known = new Map(environmentReferences.map((one) => [one.name, one.value]));
  const own: Readonly<Record<string, string>> = { AWS_REGION: region, AWS_DEFAULT_REGION: region, AWS_LAMBDA_FUNCTION_NAME: name };
  return {
    value: (variable) => known.get(variable) ?? own[variable],
    isUnset: (variable) => environmentUnread === undefined && !environmentNames.includes(variable),
    unknown: () => "*",
  };
}

/** The resource of the inventory that holds what an ARN names: the bucket of an object, the table of an index. */
function owner(arn: string): string {
  return isArnOf(arn, "s3") ? bucketArnOf(arn) : tableArnOf(arn);
}

/** Of a pattern: one key of the customer among what it stands for is enough not to be sure. */
function encryptionOf(pattern: string, resources: ReadonlyMap<string, Resource>): Encryption | undefined {
  if (!/[*?]/.test(pattern)) return encryptionOne(resources.get(pattern));
  const found = [...resources.values()]
    .filter(({ arn, encryption }) => encryption && matches(pattern, arn))
    .map((one) => encryptionOne(one));
  const keys = found.filter((one) => one !== undefined && one.atRest !== "other");
  if (keys.length === 0) return found.length === 0 ? undefined : { atRest: "other" };
  const keyArns = new Set(keys.map((one) => one?.keyArn));
  const [keyArn] = keyArns;
  return { atRest: "unknown", ...(keyArn && keyArns.size === 1 ? { keyArn } : {}) };
}

function encryptionOne(resource: Resource | undefined): Encryption | undefined {
  const atRest = resource?.encryption?.atRest;
  if (!atRest) return undefined;
  const key = resource?.details?.keyArn;
  const keyArn = typeof key === "string" && isArnOf(key, "kms", "key/") ? { keyArn: key } : {};
  if (atRest === "customer-key" || atRest === "unknown") return { atRest, ...keyArn };
  return { atRest: "other" };
}

const strength = ["configuration", "denied", "code", "use", "forwarded", "layer"];

/** The same permission once, by its best evidence; sorted. That it was used says nothing where code says on what. */
export function merged(needs: readonly Need[]): readonly Need[] {
  const told = new Set(needs.flatMap(({ action, source }) => (source === "use" ? [] : [action])));
  const best = new Map<string, Need>();
  for (const need of needs) {
    if (need.source === "use" && told.has(need.action)) continue;
    const key = `${need.action} ${need.resources.join(" ")} ${need.condition ?? ""}`;
    const known = best.get(key);
    if (!known || isBetter(need, known)) best.set(key, need);
  }
  return [...best].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, need]) => need);
}

function isBetter(a: Need, b: Need): boolean {
  if (a.confidence !== b.confidence) return weaker(a.confidence, b.confidence) === b.confidence;
  return strength.indexOf(a.source) < strength.indexOf(b.source);
}
