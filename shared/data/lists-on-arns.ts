/**
 * Lists for which AWS asks about an ARN that stands for all of them, though the Service Authorization Reference knows no resources for the action:
 * who is allowed everything below that ARN needs no `*`. Source: the resource that AWS names where it refuses them, as users report it, 2026-11.
 */

/** Day on which it was last compared with its source. */
export const listsOnArnsAsOf = "2026-11-28";

/** By action in lower case, the part of the ARN after the account. `~` is a name that nothing has: only a wildcard fits it. */
const lists: Readonly<Record<string, string>> = {
  "logs:describeloggroups": "log-group::log-stream:",
  "dynamodb:listtables": "table/~",
  "states:liststatemachines": "stateMachine:~",
  "ssm:describeparameters": "~",
};

/** The ARN in any Region and account; undefined where AWS asks for `*`. */
export function listArn(action: string): string | undefined {
  const part = lists[action.toLowerCase()];
  return part === undefined ? undefined : `arn:*:${action.split(":")[0]?.toLowerCase()}:*:*:${part}`;
}
