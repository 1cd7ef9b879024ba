/** The reads that Lambda only answers function by function. */

import {
  GetFunctionConfigurationCommand,
  GetLayerVersionPolicyCommand,
  GetPolicyCommand,
  ListAliasesCommand,
  ListFunctionEventInvokeConfigsCommand,
  ListFunctionUrlConfigsCommand,
} from "@aws-sdk/client-lambda";
import { isGone } from "../../aws/errors.ts";
import { pages } from "../../aws/paginate.ts";
import type { FunctionAlias, InvokeConfiguration } from "../../describe/function-access.ts";
import type { FunctionUrl } from "../../describe/function-url.ts";
import { lambdaNameOf } from "../../model/arn.ts";
import { cleanText } from "../../model/plain-text.ts";
import type { FunctionConfiguration } from "../../model/snapshot.ts";
import type { ServiceContext } from "../contract/service-collector.ts";
import { toFunction } from "./functions.ts";
import { lambdaTime } from "./lambda-time.ts";

/** The name, which every Lambda operation takes as well; not all emulators take the ARN. */
function nameOf(arn: string): string {
  return lambdaNameOf(arn).name ?? arn;
}

type Read<T> = (context: ServiceContext, arn: string) => Promise<T>;

/** The policy as JSON text; null where there is none. @param arn of a function, alias or version */
export const readPolicy: Read<string | null> = async ({ clients, region }, arn) => {
  const { name: FunctionName, qualifier: Qualifier } = lambdaNameOf(arn);
  try {
    return (await clients.lambda(region).send(new GetPolicyCommand({ FunctionName, ...(Qualifier ? { Qualifier } : {}) }))).Policy ?? null;
  } catch (error) {
    if (isGone(error)) return null;
    throw error;
  }
};

export const readAliases: Read<FunctionAlias[]> = async ({ clients, region }, arn) => {
  const FunctionName = nameOf(arn);
  const aliases: FunctionAlias[] = [];
  const list = pages(
    (Marker) => clients.lambda(region).send(new ListAliasesCommand({ FunctionName, ...(Marker ? { Marker } : {}) })),
    (page) => page.NextMarker,
  );
  for await (const page of list) {
    for (const { AliasArn, Name, FunctionVersion, RoutingConfig, RevisionId } of page.Aliases ?? []) {
      if (!Name) continue;
      aliases.push({
        arn: AliasArn ?? `${arn}:${Name}`,
        name: Name,
        version: FunctionVersion ?? "$LATEST",
        alsoVersions: Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {}),
        revision: RevisionId ?? "",
      });
    }
  }
  return aliases;
};

/** The configuration of a published version, trimmed as that of a function is. @param arn of the version */
export const readVersion: Read<FunctionConfiguration> = async ({ clients, region }, arn) => {
  const { name: FunctionName, qualifier: Qualifier } = lambdaNameOf(arn);
  const answer = await clients.lambda(region).send(new GetFunctionConfigurationCommand({ FunctionName, Qualifier }));
  const version = toFunction(answer, region);
  if (!version) throw new Error(`lambda:GetFunctionConfiguration gave no name for ${arn}`);
  return { ...version, arn };
};

export const readUrls: Read<FunctionUrl[]> = async ({ clients, region }, arn) => {
  const FunctionName = nameOf(arn);
  const urls: FunctionUrl[] = [];
  const list = pages(
    (Marker) => clients.lambda(region).send(new ListFunctionUrlConfigsCommand({ FunctionName, ...(Marker ? { Marker } : {}) })),
    (page) => page.NextMarker,
  );
  for await (const page of list) {
    for (const { FunctionUrl, FunctionArn, AuthType, CreationTime, Cors } of page.FunctionUrlConfigs ?? []) {
      if (!FunctionUrl || !URL.canParse(FunctionUrl)) continue;
      const createdAt = lambdaTime(CreationTime);
      urls.push({
        // always with its slash: by that text others refer to it
        url: `https://${new URL(FunctionUrl).host}/`,
        functionArn: FunctionArn ?? arn,
        authType: AuthType ?? "",
        ...(createdAt ? { createdAt } : {}),
        anyOrigin: Cors?.AllowOrigins?.includes("*") ?? false,
      });
    }
  }
  return urls;
};

export const readInvokeConfigurations: Read<InvokeConfiguration[]> = async ({ clients, region }, arn) => {
  const FunctionName = nameOf(arn);
  const configurations: InvokeConfiguration[] = [];
  const list = pages(
    (Marker) => clients.lambda(region).send(new ListFunctionEventInvokeConfigsCommand({ FunctionName, ...(Marker ? { Marker } : {}) })),
    (page) => page.NextMarker,
  );
  for await (const page of list) {
    for (const { FunctionArn, DestinationConfig } of page.FunctionEventInvokeConfigs ?? []) {
      const onSuccess = DestinationConfig?.OnSuccess?.Destination;
      const onFailure = DestinationConfig?.OnFailure?.Destination;
      configurations.push({
        functionArn: FunctionArn ?? arn,
        ...(onSuccess ? { onSuccess } : {}),
        ...(onFailure ? { onFailure } : {}),
      });
    }
  }
  return configurations;
};

/** Whom the policy of a layer's version lets take it: accounts, organizations, `everybody`. Empty where it has none. */
export const readLayerSharing: Read<string[]> = async ({ clients, region }, arn) => {
  const { name: LayerName, qualifier: version } = lambdaNameOf(arn);
  try {
    const { Policy } = await clients.lambda(region).send(new GetLayerVersionPolicyCommand({ LayerName, VersionNumber: Number(version) }));
    const { Statement = [] } = JSON.parse(Policy ?? "{}") as { Statement?: readonly LayerStatement[] };
    return [...new Set(Statement.flatMap(sharedBy))].toSorted();
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
};

interface LayerStatement {
  readonly Principal?: string | { readonly AWS?: string | readonly string[] };
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A layer is shared with one account, with all of an organization, or with everybody (AddLayerVersionPermission). */
function sharedBy({ Principal, Condition = {} }: LayerStatement): string[] {
  const named = Object.values(Condition).flatMap((keys) => Object.entries(keys));
  const organizations = named.flatMap(([key, value]) => (key.toLowerCase() === "aws:principalorgid" ? [value].flat() : []));
  if (organizations.length > 0) return organizations.map((id) => cleanText(`organization ${id}`, 60));
  const principals = typeof Principal === "string" ? [Principal] : [Principal?.AWS ?? []].flat();
  return principals.map((one) =>
    one === "*" ? "everybody" : cleanText(`account ${one.replace(/^arn:[^:]+:iam::(\d+):root$/, "$1")}`, 120),
  );
}
