/** Everything that lies around a function itself: aliases, function URLs, policies and asynchronous destinations, as rows. Pure. */

import { functionArnOf, lambdaNameOf } from "../model/arn.ts";
import type { GraphRow, Relation, Resource } from "../model/graph.ts";
import { evidenceOf } from "../model/proof.ts";
import type { FunctionConfiguration } from "../model/snapshot.ts";
import { describePolicy, type FunctionPolicy, type Place } from "./function-policy.ts";
import { configurationRelations } from "./function-relations.ts";
import { describeUrl, type FunctionUrl } from "./function-url.ts";
import { permittedServices } from "./permitted-services.ts";

export interface FunctionAlias {
  readonly arn: string;
  readonly name: string;
  readonly version: string;
  /** Other versions that get a share of the calls. */
  readonly alsoVersions: readonly string[];
  readonly revision: string;
}

/** Where the outcome of asynchronous calls goes, of the function or of one qualifier. */
export interface InvokeConfiguration {
  readonly functionArn: string;
  readonly onSuccess?: string;
  readonly onFailure?: string;
}

/** What was read of one function; `undefined` where it could not be. */
export interface FunctionAccess {
  readonly arn: string;
  readonly name: string;
  readonly aliases: readonly FunctionAlias[] | undefined;
  /** The published versions behind aliases, by their own ARN; absent in snapshots from before they were read. */
  readonly versions?: readonly FunctionConfiguration[];
  readonly policies: readonly FunctionPolicy[];
  readonly urls: readonly FunctionUrl[] | undefined;
  readonly invokeConfigurations: readonly InvokeConfiguration[] | undefined;
  /** `policy`, `policy of live`, `version 3`, `urls`, ... */
  readonly unread: readonly string[];
  /** The oldest of the answers. */
  readonly readAt?: string;
}

export function describeAccess(access: FunctionAccess, place: Place): GraphRow[] {
  const { arn, name, policies, unread, readAt } = access;
  const described = policies.map((policy) => describePolicy(arn, policy, place));
  const urls = (access.urls ?? []).map((url) => describeUrl(url, policyFor(url, policies), place, isPolicyRead(url, unread)));
  const resource: Resource = {
    arn,
    type: "AWS::Lambda::Function",
    name,
    region: place.region,
    details: {
      urls: (access.urls ?? []).map(({ url }) => url),
      openUrlStatements: [...new Set(urls.flatMap(({ openStatements }) => openStatements))],
      publicStatements: [
        ...new Set([...described.flatMap((one) => one.publicStatements), ...urls.flatMap((one) => one.anyAccountStatements)]),
      ],
      takeoverStatements: described.flatMap((one) => one.takeoverStatements),
      crossAccountStatements: [...new Set([...described, ...urls].flatMap((one) => one.crossAccountStatements))],
      ...(unread.some((part) => /^(policy|aliases)/.test(part)) ? {} : { permittedServices: permittedServices(policies) }),
      deputyStatements: described.flatMap((one) => one.deputyStatements),
      publicMay: unique([
        ...described.flatMap((one) => one.publicMay),
        ...urls.flatMap((one) => (one.anyAccountStatements.length > 0 ? ["invoke"] : [])),
      ]),
      crossAccountMay: unique([
        ...described.flatMap((one) => one.crossAccountMay),
        ...urls.flatMap((one) => (one.crossAccountStatements.length > 0 ? ["invoke"] : [])),
      ]),
      ...untoldIn(described.flatMap((one) => one.untold)),
      ...(unread.length > 0 ? { unread } : {}),
    },
    ...(readAt ? { readAt } : {}),
  };
  const relations = [...described.flatMap((one) => one.relations), ...(access.invokeConfigurations ?? []).flatMap(destinationsOf)];
  const aliases = access.aliases ?? [];
  return [
    { resource, relations },
    ...urls.map(({ row }) => row),
    ...aliases.map((alias) => aliasRow(alias, arn, place)),
    ...(access.versions ?? []).map((version) => versionRow(version, aliases, arn, place)),
  ];
}

function untoldIn(untold: readonly string[]): { readonly untold?: readonly string[] } {
  return untold.length > 0 ? { untold: unique(untold) } : {};
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

function isPolicyRead({ functionArn }: FunctionUrl, unread: readonly string[]): boolean {
  const { qualifier } = lambdaNameOf(functionArn);
  return !unread.includes(qualifier ? `policy of ${qualifier}` : "policy");
}

function policyFor({ functionArn }: FunctionUrl, policies: readonly FunctionPolicy[]): string | undefined {
  return policies.find(({ qualifier }) => (qualifier ?? "") === (lambdaNameOf(functionArn).qualifier ?? ""))?.policy;
}

/** An alias is no hop of its own: whoever calls it calls the function, and relations name that. */
function aliasRow({ arn, name, version, alsoVersions }: FunctionAlias, functionArn: string, { region }: Place): GraphRow {
  const details = { functionArn, versions: [version, ...alsoVersions] };
  return {
    resource: { arn, type: "AWS::Lambda::Alias", name: `${lambdaNameOf(functionArn).name}:${name}`, region, details },
    relations: [],
  };
}

/** What callers of an alias get: it keeps its runtime, role and layers whatever becomes of the function. Relations name the function. */
function versionRow(version: FunctionConfiguration, aliases: readonly FunctionAlias[], functionArn: string, { region }: Place): GraphRow {
  const { arn, name, runtime, handler, timeoutSeconds, roleArn, codeSha256, layers } = version;
  const number = lambdaNameOf(arn).qualifier ?? "";
  const leading = aliases.filter((one) => one.version === number || one.alsoVersions.includes(number));
  return {
    resource: {
      arn,
      type: "AWS::Lambda::Version",
      name: `${name}:${number}`,
      region,
      details: {
        functionArn,
        version: number,
        aliases: leading.map((alias) => alias.name),
        runtime: runtime ?? null,
        handler: handler ?? null,
        timeoutSeconds,
        roleArn,
        ...(codeSha256 ? { codeSha256 } : {}),
        ...(layers.length > 0 ? { layers } : {}),
      },
    },
    relations: configurationRelations(version, functionArn, (member) => evidenceOf({ by: "version", member, version: number })),
  };
}

function destinationsOf({ functionArn, onSuccess, onFailure }: InvokeConfiguration): Relation[] {
  const from = functionArnOf(functionArn) ?? functionArn;
  const { qualifier } = lambdaNameOf(functionArn);
  return [
    { destination: onSuccess, on: "OnSuccess" as const },
    { destination: onFailure, on: "OnFailure" as const },
  ].flatMap(({ destination, on }): Relation[] => {
    if (!destination) return [];
    const called = functionArnOf(destination);
    const kind = called ? "invokes" : on === "OnSuccess" ? "publishes-to" : "dead-letters-to";
    const of = qualifier && qualifier !== "$LATEST" ? { qualifier } : {};
    const evidence = evidenceOf({ by: "destination", on, ...of });
    return [{ from, to: called ?? destination, kind, auth: "service", enabled: true, evidence }];
  });
}
