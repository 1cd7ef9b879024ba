/** What the rules about what functions need of their roles have in common. */
import type { RoleUser } from "../model/role-access.ts";
import { shellQuote } from "../wording/aws-cli.ts";

/** Prints the role that a function should have, as text and as commands. */
export function commandsForRole({ facts: { arn } }: RoleUser): string[] {
  return [`smalltarget role ${shellQuote(arn)}`, `smalltarget role ${shellQuote(arn)} --as cli`];
}
