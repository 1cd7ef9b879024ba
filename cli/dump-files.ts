/** The files that `roles --from` reads: what the AWS CLI printed, once or page by page. */
import type { Dump } from "../shared/scan/judge-dump.ts";
import { readJsonValues } from "./json-values.ts";
import { UsageError } from "./usage-error.ts";

const lists = ["RoleDetailList", "UserDetailList", "GroupDetailList", "Policies"] as const;

/** @throws UsageError for what cannot be read, or holds nothing of the kind */
export async function readDump(from: string, functions: string | undefined): Promise<Dump> {
  const pages = (await readJsonValues(from)).flat().filter(isObject);
  const found = lists.filter((name) => pages.some((page) => Array.isArray(page[name])));
  if (!found.includes("RoleDetailList") && !found.includes("UserDetailList")) {
    throw new UsageError(
      `${from} names no roles (RoleDetailList): it has to be what "aws iam get-account-authorization-details --output json" printed`,
    );
  }
  const details = Object.fromEntries(found.map((name) => [name, itemsOf(pages, name)]));
  return { details, ...(functions === undefined ? {} : { functions: await readFunctions(functions) }) };
}

async function readFunctions(path: string): Promise<NonNullable<Dump["functions"]>> {
  const pages = (await readJsonValues(path)).flat().filter(isObject);
  const bare = pages.filter((page) => typeof page.FunctionArn === "string");
  if (bare.length === 0 && !pages.some((page) => Array.isArray(page.Functions))) {
    throw new UsageError(`${path} names no functions (Functions): it has to be what "aws lambda list-functions --output json" printed`);
  }
  return [...itemsOf(pages, "Functions"), ...bare];
}

function itemsOf(pages: readonly Readonly<Record<string, unknown>>[], name: string): Record<string, unknown>[] {
  return pages.flatMap((page) => (Array.isArray(page[name]) ? page[name].filter(isObject) : []));
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
