/** AppSync: an API with its data sources. */
import { type AppsyncApi, type ChannelModes, type DataSource, describeAppsyncApi } from "../appsync-api.ts";
import type { Describe, Read } from "./describe-answer.ts";

export interface AppsyncAnswer {
  readonly api: AppsyncApi;
  /** Absent where they could not be read. */
  readonly sources?: Read<readonly DataSource[]>;
  /** Event APIs: what each channel namespace asks; absent where they could not be read, and for other APIs. */
  readonly namespaces?: Read<readonly ChannelModes[]>;
}

export const describe: Describe<AppsyncAnswer> = ({ api, sources, namespaces }, { region }) => {
  const row = describeAppsyncApi(api, sources?.value, api.channels ? namespaces?.value : [], region);
  return [row.resource && sources ? { ...row, resource: { ...row.resource, readAt: sources.readAt } } : row];
};
