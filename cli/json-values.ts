/** Files with JSON in them: one value, or several one after the other, as paged answers end up in one file. */
import { readFile } from "node:fs/promises";
import { UsageError } from "./usage-error.ts";

/** Every value in the file. @throws UsageError when it cannot be read or is no JSON */
export async function readJsonValues(path: string): Promise<unknown[]> {
  let text: string;
  try {
    text = await readFile(path, "utf8");
  } catch (cause) {
    const missing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    throw new UsageError(`cannot read ${path}: ${missing ? "there is no such file" : (cause as Error).message}`, { cause });
  }
  const whole = text.replace(/^\uFEFF/, "");
  try {
    return [JSON.parse(whole)];
  } catch {
    return jsonValuesIn(whole, path);
  }
}

/** The values of a text in which they follow each other. */
function jsonValuesIn(text: string, path: string): unknown[] {
  const values: unknown[] = [];
  let depth = 0;
  let start = -1;
  let inText = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at];
    if (inText) {
      if (sign === "\\") at += 1;
      else if (sign === '"') inText = false;
    } else if (sign === '"') inText = true;
    else if (sign === "{" || sign === "[") {
      if (depth === 0) start = at;
      depth += 1;
    } else if (sign === "}" || sign === "]") {
      depth -= 1;
      if (depth === 0) values.push(parsed(text.slice(start, at + 1), path));
    }
  }
  if (depth !== 0 || values.length === 0) throw new UsageError(`${path} is not JSON, or ends in the middle of it`);
  return values;
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`${path} is not JSON (${(cause as Error).message})`, { cause });
  }
}
