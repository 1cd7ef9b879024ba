/**
 * Calls that name what they are about by a handle which another call answered: an iterator, the id of a query. Policies name the thing that
 * the other call named. Source: API references of the services, as of 2026-11-28.
 */

/** Day on which it was last compared with its source. */
export const handlesAsOf = "2026-11-28";

export interface Handle {
  /** Operations that know only the handle. */
  readonly operations: ReadonlySet<string>;
  /** Operations that answer it. */
  readonly from: ReadonlySet<string>;
  /** Members of those that name the thing. */
  readonly members: ReadonlySet<string>;
}

const lower = (names: string) => new Set(names.toLowerCase().split(" "));
const handle = (operations: string, from: string, members: string): Handle => ({
  operations: lower(operations),
  from: lower(from),
  members: lower(members),
});

/** By IAM prefix; names in lower case. */
const handles: Readonly<Record<string, Handle>> = {
  dynamodb: handle("GetRecords", "GetShardIterator", "StreamArn"),
  kinesis: handle("GetRecords", "GetShardIterator", "StreamName StreamARN"),
  athena: handle(
    "GetQueryExecution GetQueryResults GetQueryRuntimeStatistics BatchGetQueryExecution StopQueryExecution",
    "StartQueryExecution",
    "WorkGroup OutputLocation ResultConfiguration",
  ),
  appconfig: handle(
    "GetLatestConfiguration",
    "StartConfigurationSession",
    "ApplicationIdentifier EnvironmentIdentifier ConfigurationProfileIdentifier",
  ),
  logs: handle("GetQueryResults", "StartQuery", "logGroupName logGroupNames logGroupIdentifiers"),
  states: handle(
    "DescribeExecution StopExecution GetExecutionHistory RedriveExecution DescribeStateMachineForExecution",
    "StartExecution",
    "stateMachineArn",
  ),
  codebuild: handle("BatchGetBuilds StopBuild RetryBuild", "StartBuild", "projectName"),
};

/** @param operation in lower case */
export function handleOf(prefix: string, operation: string): Handle | undefined {
  const found = handles[prefix];
  return found?.operations.has(operation) ? found : undefined;
}
