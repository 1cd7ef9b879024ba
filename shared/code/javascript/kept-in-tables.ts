/** Tables that are filled when the program runs. */
import type { Evaluation } from "./evaluation.ts";
import type { Node } from "./nodes.ts";
import type { Scope } from "./scopes.ts";

/** How many assignments are looked at for one table. */
const maximumKept = 40;

/** What is put into a table under keys that are told when it runs: `clients[region] = client`, `this.clients[region] = client`. */
export function keptIn({ program }: Evaluation, node: Node): readonly { readonly value: Node; readonly scope: Scope }[] {
  const byVariable = (program.assignedTo.get(node) ?? []).filter(({ key }) => key === undefined);
  const member = program.collectionNames.get(node);
  return [...byVariable, ...(member === undefined ? [] : (program.keptIn.get(member) ?? []))].slice(0, maximumKept);
}
