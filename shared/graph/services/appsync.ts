/** AppSync: an API with its data sources. */
import { type AppsyncApi, type DataSource, describeAppsyncApi } from "../describe/appsync-api.ts";
import type { Describe, Read } from "./describe-answer.ts";

export interface AppsyncAnswer {
  readonly api: AppsyncApi;
  /** Absent where they could not be read. */
  readonly sources?: Read<readonly DataSource[]>;
}

export const describe: Describe<AppsyncAnswer> = ({ api, sources }, { region }) => {
  const row = describeAppsyncApi(api, sources?.value, region);
  return [row.resource && sources ? { ...row, resource: { ...row.resource, readAt: sources.readAt } } : row];
};
