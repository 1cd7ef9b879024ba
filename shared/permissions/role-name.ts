/** Names of roles that are made for one function. Pure. */
import { createHash } from "node:crypto";
import { longestRoleName } from "../data/role-limits.ts";

/**
 * `STACK-FUNCTION`, or `FUNCTION-role` without a stack; cut and told apart by a hash where it is too long, and by a number where it is taken.
 * @param taken names of the account's roles, which IAM compares without case
 */
export function roleNameFor(functionName: string, region: string, stack: string | undefined, taken: ReadonlySet<string>): string {
  const whole = stack && !functionName.startsWith(stack) ? `${stack}-${functionName}` : `${functionName}-role`;
  for (let n = 1; ; n += 1) {
    const name = fitting(whole, n === 1 ? "" : `-${n}`, `${region} ${whole}`);
    if (![...taken].some((other) => other.toLowerCase() === name.toLowerCase())) return name;
  }
}

const hashLength = 8;

function fitting(name: string, ending: string, hashed: string): string {
  if (name.length + ending.length <= longestRoleName) return name + ending;
  const hash = createHash("sha256").update(hashed).digest("hex").slice(0, hashLength);
  return `${name.slice(0, longestRoleName - hashLength - 1 - ending.length)}-${hash}${ending}`;
}
