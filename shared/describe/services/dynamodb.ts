/** DynamoDB: a table with its policy. */
import { describeTable, type TableRead } from "../table.ts";
import type { Describe, Read } from "./describe-answer.ts";

/** Reads that are absent could not be made. */
export interface TableAnswer {
  readonly table: { readonly arn: string; readonly name: string };
  readonly read?: Read<TableRead>;
  /** null: it has none. */
  readonly policy?: Read<string | null>;
}

export const describe: Describe<TableAnswer> = ({ table, read, policy }, place) => [describeTable(table, read, policy, place)];
