/** What roles may read and write of what holds data, in words. Pure. */
import { parseArn } from "../model/arn.ts";
import type { FunctionRole } from "../model/document.ts";
import type { Relation } from "../model/graph.ts";

/** What a function's role may do, with the data that it may read and write. */
export interface PageRole extends FunctionRole, RoleData {}

/** What a role may do with data; each as `secret db-password`, `table orders-*`, `every bucket`. */
export interface RoleData {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
}

/** What holds data, by the service of its ARN, in the words of the inventory. Code, executions and topics hold none that can be read. */
const words: Readonly<Record<string, string>> = {
  s3: "bucket",
  dynamodb: "table",
  sqs: "queue",
  kinesis: "stream",
  secretsmanager: "secret",
  ssm: "parameter",
};
/** What is reached by a policy that names no service. */
const everything = "everything";
/** More say nothing that these do not. */
const most = 12;

/** By the ARN of the role; of one that reaches no data nothing. */
export function dataOfRoles(relations: readonly Relation[]): ReadonlyMap<string, RoleData> {
  const found = new Map<string, { reads: Set<string>; writes: Set<string> }>();
  for (const { from, to, kind, enabled } of relations) {
    if (!enabled || (kind !== "may-read" && kind !== "may-write")) continue;
    const text = dataText(to);
    if (text === undefined) continue;
    const data = found.get(from) ?? { reads: new Set(), writes: new Set() };
    found.set(from, data);
    data[kind === "may-read" ? "reads" : "writes"].add(text);
  }
  return new Map([...found].map(([role, { reads, writes }]) => [role, { reads: briefly(reads), writes: briefly(writes) }]));
}

function dataText(to: string): string | undefined {
  if (to === "*") return everything;
  const { service = "", resource = "" } = parseArn(to) ?? { service: /^arn:[^:]*:([^:*]+):\*$/.exec(to)?.[1] ?? "" };
  if (service.includes("*")) return everything;
  const word = words[service];
  if (word === undefined) return undefined;
  // `table/orders`, `secret:db-password-AbCdEf`, `parameter/app/key`, `orders`
  const name = resource
    .replace(/^(table|secret|parameter|stream)[:/]/, "")
    .replace(/-[A-Za-z0-9]{6}$/, (end) => (service === "secretsmanager" ? "" : end));
  return /^[*/:?]*$/.test(name) ? `every ${word}` : `${word} ${name}`;
}

/** What is widest first. */
function briefly(texts: ReadonlySet<string>): readonly string[] {
  const width = (text: string) => (text === everything ? 0 : text.startsWith("every ") ? 1 : 2);
  const sorted = [...texts].sort((a, b) => width(a) - width(b) || (a < b ? -1 : 1));
  return sorted.length > most ? [...sorted.slice(0, most), `${sorted.length - most} more`] : sorted;
}
