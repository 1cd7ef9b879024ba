/** Rows of operation-actions.ts and s3-actions.ts. */

/** One action that a call may ask. */
export interface ActionUse {
  readonly action: string;
  /** Members of the request that name its resource, where those of the action's own name are not meant: `SourceKeyId`. */
  readonly on?: readonly string[];
  /** Asked only where the request has one of these members. */
  readonly when?: readonly string[];
  /** Not asked where the request has one of these. */
  readonly unless?: readonly string[];
  /** Asked by the service on behalf of the caller. */
  readonly forwarded?: true;
}

/**
 * `"sqs:SendMessage"` is short for an action asked always and on the resource that it is about; `"rds-data:*"` stands for the action of
 * the operation's own name. An empty list: nothing is asked.
 */
export type OperationRow = readonly (string | ActionUse)[];
export type OperationRows = Readonly<Record<string, OperationRow>>;
