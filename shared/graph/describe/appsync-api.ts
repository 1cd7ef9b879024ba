/**
 * AppSync APIs: how they ask their callers, and where their data sources lead. Every mode that an API allows is a door of its
 * own; which fields each of them opens stands in the schema, which is not read. An API key is no authentication.
 * Source: AppSync developer guide, "Configuring authorization and authentication". Pure.
 */
import { type GraphRow, type HopAuth, outside, type Relation } from "../../model/graph.ts";
import { functionArnOf } from "../../model/resource.ts";

export interface AppsyncApi {
  readonly arn: string;
  readonly id: string;
  readonly name: string;
  readonly type: "AWS::AppSync::GraphQLApi" | "AWS::AppSync::Api";
  /** `API_KEY`, `AWS_IAM`, `AMAZON_COGNITO_USER_POOLS`, `OPENID_CONNECT`, `AWS_LAMBDA`. */
  readonly modes: readonly string[];
  readonly isPrivate: boolean;
  readonly hasFirewall: boolean;
  /** Functions and user pools that check callers. */
  readonly authorizers: readonly string[];
  readonly createdAt?: string;
  readonly tags: Readonly<Record<string, string>>;
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

/** @param sources undefined where they could not be read */
export function describeAppsyncApi(api: AppsyncApi, sources: readonly DataSource[] | undefined, region: string): GraphRow {
  const { arn, name, type, modes, isPrivate, hasFirewall, authorizers, createdAt, tags } = api;
  const list = type === "AWS::AppSync::Api" ? "appsync:ListApis" : "appsync:ListGraphqlApis";
  const doors = [...new Set(modes)].map((mode): Relation => {
    const auth = isPrivate ? "network" : (authOfMode[mode] ?? "iam");
    return { from: outside.internet, to: arn, kind: "routes-to", auth, enabled: true, evidence: `${list}, authentication ${mode}` };
  });
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
        authentication: [...new Set(modes)],
        visibility: isPrivate ? "private" : "global",
        firewall: hasFirewall,
        dataSources: (sources ?? []).map((source) => `${source.name} (${source.type})`),
        ...(sources === undefined ? { unread: ["data sources"] } : {}),
      },
    },
    relations: [...doors, ...checks, ...leads],
  };
}
