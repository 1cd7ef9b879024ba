/** What roles and functions were seen to do. */

/** What a role was used for, as IAM remembers it: for 400 days, attempts that were refused among it. */
export interface RoleUse {
  readonly roleArn: string;
  /** Every service that its policies allow. */
  readonly services: readonly UsedService[];
  /** When IAM made the report, ISO 8601. */
  readonly readAt: string;
}

export interface UsedService {
  /** As in actions: `dynamodb`. */
  readonly service: string;
  /** ISO 8601; absent: not within IAM's memory. */
  readonly lastUsedAt?: string;
  /** Of some services, which of their actions; never reads and writes of data. */
  readonly actions?: readonly { readonly action: string; readonly lastUsedAt?: string }[];
}

/** What a function asked of AWS by its role, as CloudTrail's event history tells: management events of the last 90 days, no reads or writes of data. */
export interface FunctionCalls {
  readonly functionArn: string;
  /** The newest of each operation, allowed or refused. */
  readonly calls: readonly LoggedCall[];
  /** When the history was asked last, ISO 8601. */
  readonly readAt: string;
}

export interface LoggedCall {
  /** As in actions: `dynamodb`. */
  readonly service: string;
  /** CloudTrail's name of the event, nearly always that of the operation. */
  readonly operation: string;
  /** The role by which it was asked. */
  readonly roleArn: string;
  /** ISO 8601. */
  readonly at: string;
  /** What AWS said was missing, where it refused. */
  readonly denied?: { readonly action: string; readonly resource?: string };
}
