/** The permissions that reading an account takes. */
import { markdownTable } from "./markdown.ts";

/** What a collector says of itself. */
export interface PermissionRow {
  readonly name: string;
  readonly actions: readonly string[];
  readonly reads: string;
}

/** An IAM policy with every action; read-only calls cannot be narrowed to resources before those are known. */
export function readPolicy(actions: readonly string[]): object {
  return {
    Version: "2012-10-17",
    Statement: [{ Sid: "SmallTargetReads", Effect: "Allow", Action: actions, Resource: "*" }],
  };
}

/** One row per collector. */
export function permissionsMarkdown(rows: readonly PermissionRow[]): string {
  return markdownTable(
    ["Collector", "Actions", "What it reads"],
    rows.map(({ name, actions, reads }) => [name, actions.map((action) => `\`${action}\``).join("<br>"), reads]),
  );
}
