/** Answers of Jira, taken apart without trust in their form. */

export type Json = Readonly<Record<string, unknown>>;

/** An object; undefined for everything else. */
export function parse(text: string): Json | undefined {
  try {
    const json: unknown = JSON.parse(text);
    return isObject(json) ? json : undefined;
  } catch {
    // a page of a proxy or a sign-in, not an answer of Jira
    return undefined;
  }
}

export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Undefined where there is none. */
export function member(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

/** The objects of an array. */
export function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isObject) : [];
}
