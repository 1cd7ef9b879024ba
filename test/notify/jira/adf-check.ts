/**
 * What Jira Cloud takes as a document: the part of Atlassian's JSON Schema of ADF that we write.
 * Source: "Atlassian Document Format" and its schema (adf-schema, full.json), developer.atlassian.com, as of 2026-11-27.
 */
interface Node {
  readonly type?: unknown;
  readonly text?: unknown;
  readonly version?: unknown;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly content?: readonly Node[];
  readonly marks?: readonly { readonly type?: unknown }[];
}

const blocks = ["paragraph", "heading", "bulletList", "codeBlock", "taskList", "rule", "panel"];

/** By parent, what may stand in it. */
const children: Readonly<Record<string, readonly string[]>> = {
  doc: blocks,
  paragraph: ["text", "hardBreak", "mention"],
  heading: ["text"],
  bulletList: ["listItem"],
  listItem: ["paragraph", "bulletList", "codeBlock"],
  codeBlock: ["text"],
  taskList: ["taskItem", "taskList"],
  taskItem: ["text"],
  panel: ["paragraph"],
  rule: [],
};

/** What Jira would say against it; undefined: nothing. */
export function adfFault(value: unknown, longest: number): string | undefined {
  const document = value as Node | null;
  if (document?.type !== "doc" || document.version !== 1 || !Array.isArray(document.content))
    return "Operation value must be an Atlassian Document (see the Atlassian Document Format)";
  if (JSON.stringify(document).length > longest) return "CONTENT_LIMIT_EXCEEDED";
  return fault(document, "doc");
}

function fault(node: Node, type: string): string | undefined {
  if (type === "text") {
    if (typeof node.text !== "string" || node.text === "") return "INVALID_INPUT: empty text";
    return undefined;
  }
  const allowed = children[type];
  if (!allowed) return `INVALID_INPUT: there is no node ${type}`;
  const attrs = node.attrs ?? {};
  if (type === "heading" && !(Number(attrs.level) >= 1 && Number(attrs.level) <= 6)) return "INVALID_INPUT: heading without level";
  if (type === "taskItem" && !["TODO", "DONE"].includes(String(attrs.state))) return "INVALID_INPUT: state of a task";
  if ((type === "taskItem" || type === "taskList") && typeof attrs.localId !== "string") return "INVALID_INPUT: task without localId";
  const content = node.content ?? [];
  if (["bulletList", "listItem", "taskList"].includes(type) && content.length === 0) return `INVALID_INPUT: empty ${type}`;
  for (const child of content) {
    if (!allowed.includes(String(child.type))) return `INVALID_INPUT: ${child.type} in ${type}`;
    if (type === "codeBlock" && child.marks) return "INVALID_INPUT: marks in code";
    const inside = fault(child, String(child.type));
    if (inside) return inside;
  }
  return undefined;
}

/** As people see it: a line a block, `[x]` and `[ ]` before tasks. */
export function textOfAdf(value: unknown): string {
  const node = value as Node;
  if (typeof node?.text === "string") return node.text;
  const inline = ["paragraph", "heading", "codeBlock", "taskItem"].includes(String(node?.type));
  const inside = (node?.content ?? []).map(textOfAdf).join(inline ? "" : "\n");
  return node?.type === "taskItem" ? `[${node.attrs?.state === "DONE" ? "x" : " "}] ${inside}` : inside;
}
