/**
 * Atlassian Document Format, version 1, for Jira Cloud. Text stands in text nodes, where nothing is read as markup, mention or link.
 * Source: "Atlassian Document Format", structure and nodes, developer.atlassian.com, as of 2026-11-27.
 */
import { cleanText } from "../../model/plain-text.ts";
import { type Block, type Item, itemOf, listHeading, type Markup, moreLine, moreText } from "./blocks.ts";

export interface AdfNode {
  readonly type: string;
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly content?: readonly AdfNode[];
  readonly text?: string;
  readonly marks?: readonly { readonly type: string }[];
}

export interface AdfDocument {
  readonly type: "doc";
  readonly version: 1;
  readonly content: readonly AdfNode[];
}

export const adf: Markup<AdfDocument> = {
  write: (blocks) => document(blocks.flatMap(nodesOf)),
  listIn(description) {
    const content = contentOf(description);
    const [from, to] = listRange(content) ?? [];
    if (from === undefined) return undefined;
    return content
      .slice(from, to)
      .flatMap(({ type, content: items = [] }) => (type === "taskList" ? items : []))
      .flatMap((item) => itemOf(plainText(item), item.attrs?.state === "DONE") ?? []);
  },
  withList(description, items, more) {
    const content = contentOf(description);
    const [from, to] = listRange(content) ?? [content.length, content.length];
    return document([...content.slice(0, from), ...nodesOf({ kind: "list", items, more }), ...content.slice(to)]);
  },
  length: (text) => JSON.stringify(text).length,
};

function document(content: readonly AdfNode[]): AdfDocument {
  return { type: "doc", version: 1, content };
}

function nodesOf(block: Block): AdfNode[] {
  if (block.kind === "heading") return [heading(block.text)];
  if (block.kind === "command") return [{ type: "codeBlock", attrs: { language: "shell" }, content: [{ type: "text", text: block.text }] }];
  if (block.kind === "rows") return block.rows.length === 0 ? [] : [{ type: "bulletList", content: block.rows.map(rowNode) }];
  if (block.kind === "list") {
    return [
      heading(listHeading),
      ...(block.items.length > 0
        ? [{ type: "taskList", attrs: { localId: "smalltarget-findings" }, content: block.items.map(taskItem) }]
        : []),
      ...(block.more > 0 ? [paragraph([plain(moreText(block.more))])] : []),
    ];
  }
  return [paragraph([plain(block.text)])];
}

function heading(text: string): AdfNode {
  return { type: "heading", attrs: { level: 3 }, content: [plain(text)] };
}

function rowNode({ name, value }: { readonly name: string; readonly value: string }): AdfNode {
  const bold = { ...plain(name), marks: [{ type: "strong" }] };
  return { type: "listItem", content: [paragraph([bold, plain(`: ${cleanText(value, 2000)}`)])] };
}

function taskItem({ id, done, text }: Item): AdfNode {
  return { type: "taskItem", attrs: { localId: id, state: done ? "DONE" : "TODO" }, content: [plain(`${id} ${text}`)] };
}

function paragraph(content: readonly AdfNode[]): AdfNode {
  return { type: "paragraph", content };
}

/** ADF refuses an empty text node. */
function plain(text: string): AdfNode {
  return { type: "text", text: cleanText(text, 4000) || "-" };
}

/** From the heading of our list to the end of what we wrote below it. */
function listRange(content: readonly AdfNode[]): [from: number, to: number] | undefined {
  const from = content.findIndex((node) => node.type === "heading" && plainText(node).trim() === listHeading);
  if (from === -1) return undefined;
  let to = from + 1;
  while (content[to] && isOurs(content[to])) to += 1;
  return [from, to];
}

function isOurs(node: AdfNode | undefined): boolean {
  return node?.type === "taskList" || (node?.type === "paragraph" && moreLine.test(plainText(node).trim()));
}

/** The top nodes of what Jira answered; none of something else. */
function contentOf(description: unknown): readonly AdfNode[] {
  const content = isNode(description) ? description.content : undefined;
  return Array.isArray(content) ? content.filter(isNode) : [];
}

function isNode(value: unknown): value is AdfNode {
  return typeof value === "object" && value !== null;
}

function plainText(node: AdfNode): string {
  if (typeof node.text === "string") return node.text;
  return Array.isArray(node.content) ? node.content.filter(isNode).map(plainText).join("") : "";
}
