/**
 * AppSync APIs: how they ask their callers, and where their data sources lead. Every mode that an API allows is a door of its
 * own; which fields each of them opens stands in the schema, which is not read. An API key is no authentication.
 *
 * An event API asks three times: who connects, who subscribes once connected, and who publishes, which needs no connection
 * (HTTP). A channel namespace may ask otherwise than the API. Source: AppSync developer guide, "Configuring authorization and
 * authentication" of GraphQL and of Event APIs. Pure.
 */

import { functionArnOf } from "../model/arn.ts";
import { type GraphRow, type HopAuth, outside, type Relation } from "../model/graph.ts";

export interface AppsyncApi {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly type: "AWS::AppSync::GraphQLApi" | "AWS::AppSync::Api";
  /** `API_KEY`, `AWS_IAM`, `AMAZON_COGNITO_USER_POOLS`, `OPENID_CONNECT`, `AWS_LAMBDA`. */
  readonly modes: readonly string[];
  /** Event APIs: where a namespace says nothing else; `modes` are those of connecting. Absent in what older versions kept. */
  readonly channels?: ChannelModes;
  readonly isPrivate: boolean;
  readonly hasFirewall: boolean;
  /** Functions and user pools that check callers. */
  readonly authorizers: readonly string[];
  readonly createdAt?: string;
  readonly tags: Readonly<Record<string, string>>;
}

export interface ChannelModes {
  readonly publish: readonly string[];
  readonly subscribe: readonly string[];
}

export interface DataSource {
  readonly name: string;
  readonly type: string;
  /** ARN of what it reads or calls; absent for none and for plain HTTP. */
  readonly target?: string;
}

const authOfMode: Readonly<Record<string, HopAuth>> = {
  API_KEY: "api-key",
  AWS_IAM: "iam",
  AMAZON_COGNITO_USER_POOLS: "cognito",
  OPENID_CONNECT: "jwt",
  AWS_LAMBDA: "lambda-authorizer",
};

/** What each mode lets somebody do, least asking first. */
function waysIn(
  { type, modes, channels }: AppsyncApi,
  namespaces: readonly ChannelModes[],
): { readonly mode: string; readonly way: string }[] {
  if (type === "AWS::AppSync::GraphQLApi" || !channels) return modes.map((mode) => ({ mode, way: "authentication" }));
  return [channels, ...namespaces].flatMap(({ publish, subscribe }) => [
    ...publish.map((mode) => ({ mode, way: "publishing by" })),
    // who subscribes has passed both: a key adds nothing to what the other asks
    ...modes.flatMap((connect) => subscribe.map((mode) => ({ mode: mode === "API_KEY" ? connect : mode, way: "subscribing by" }))),
  ]);
}

/**
 * @param sources undefined where they could not be read
 * @param namespaces of an event API, with the modes that each has of its own; undefined where they could not be read
 */
export function describeAppsyncApi(
  api: AppsyncApi,
  sources: readonly DataSource[] | undefined,
  namespaces: readonly ChannelModes[] | undefined,
  region: string,
): GraphRow {
  const { arn, name, type, modes, isPrivate, hasFirewall, authorizers, createdAt, tags } = api;
  const list = type === "AWS::AppSync::Api" ? "appsync:ListApis" : "appsync:ListGraphqlApis";
  const ways = waysIn(api, namespaces ?? []);
  const doors = [...new Map(ways.map((one) => [one.mode, one])).values()].map(({ mode, way }): Relation => {
    const auth = isPrivate ? "network" : (authOfMode[mode] ?? "iam");
    return { from: outside.internet, to: arn, kind: "routes-to", auth, enabled: true, evidence: `${list}, ${way} ${mode}` };
  });
  const unread = [...(sources === undefined ? ["data sources"] : []), ...(namespaces === undefined ? ["channel namespaces"] : [])];
  const leads = (sources ?? []).flatMap((source): Relation[] => {
    if (!source.target) return [];
    const called = functionArnOf(source.target);
    const evidence = `appsync:ListDataSources, ${source.name}`;
    return [{ from: arn, to: called ?? source.target, kind: called ? "invokes" : "routes-to", auth: "service", enabled: true, evidence }];
  });
  const checks = authorizers.map(
    (from): Relation => ({ from, to: arn, kind: "authorizes", auth: "service", enabled: true, evidence: `${list}, authentication` }),
  );
  return {
    resource: {
      arn,
      type,
      name,
      region,
      ...(createdAt ? { createdAt } : {}),
      tags,
      encryption: { atRest: "unknown", inTransit: "enforced" },
      details: {
        authentication: [...new Set([...modes, ...ways.map(({ mode }) => mode)])],
        visibility: isPrivate ? "private" : "global",
        firewall: hasFirewall,
        dataSources: (sources ?? []).map((source) => `${source.name} (${source.type})`),
        ...(unread.length > 0 ? { unread } : {}),
      },
    },
    relations: [...doors, ...checks, ...leads],
  };
}
