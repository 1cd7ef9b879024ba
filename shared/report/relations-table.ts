/** Relations as people read them: who, does what, to whom, how it is authenticated, and which answer of AWS proves it. */
import type { Network, NetworkNode } from "../graph/network.ts";
import type { Relation } from "../model/graph.ts";
import { cleanText } from "../model/plain-text.ts";
import { csv } from "./csv.ts";
import type { Look } from "./look.ts";
import { markdownTable } from "./markdown.ts";
import { markdownCode, markdownText } from "./markdown-text.ts";
import { textTable } from "./text-table.ts";
import { typeWord } from "./type-words.ts";

/** Head and one line per relation, in the order given. */
export function relationsTable(relations: readonly Relation[], network: Network, look: Look): string[] {
  return textTable(
    relations,
    [
      { head: "FROM", cell: ({ from }) => nodeText(network.nodes.get(from), from), flexible: true },
      { head: "KIND", cell: kindText },
      { head: "TO", cell: ({ to }) => nodeText(network.nodes.get(to), to), flexible: true },
      { head: "AUTH", cell: ({ auth }) => auth, colour: ({ from, auth }, paint) => (isOpenDoor(from, auth) ? paint.red : (text) => text) },
      { head: "PROOF", cell: proofText, flexible: true, drop: 1 },
    ],
    look,
  );
}

/** One line per relation. */
export function relationsCsv(relations: readonly Relation[], { nodes }: Network): string {
  return csv(
    ["from", "fromName", "fromType", "kind", "to", "toName", "toType", "auth", "enabled", "inferred", "evidence"],
    relations.map(({ from, kind, to, auth, enabled, inferred = false, evidence }) => {
      const [start, end] = [nodes.get(from), nodes.get(to)];
      return [from, start?.name, start?.type, kind, to, end?.name, end?.type, auth, enabled, inferred, evidence];
    }),
  );
}

/** One row per relation. */
export function relationsMarkdown(relations: readonly Relation[], { nodes }: Network): string {
  const end = (id: string) => `${markdownCode(nodes.get(id)?.name ?? id)} ${typeWord(nodes.get(id)?.type ?? "")}`;
  return markdownTable(
    ["From", "Kind", "To", "Authentication", "Proof"],
    relations.map((one) => [end(one.from), kindText(one), end(one.to), one.auth, markdownText(proofText(one))]),
  );
}

function nodeText(node: NetworkNode | undefined, id: string): string {
  if (!node || node.type === "outside") return cleanText(node?.name ?? id, 140);
  return `${cleanText(node.name, 140)} (${typeWord(node.type)})`;
}

function kindText({ kind, enabled }: Relation): string {
  return enabled ? kind : `${kind}, off`;
}

function proofText({ evidence, inferred }: Relation): string {
  return `${inferred ? "inferred: " : ""}${cleanText(evidence, 200)}`;
}

function isOpenDoor(from: string, auth: Relation["auth"]): boolean {
  return from === "internet" && (auth === "none" || auth === "api-key");
}
