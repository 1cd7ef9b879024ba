/** Parts of JSON from elsewhere, which may be anything. */

/** Its members, where it is an object. */
export function membersOf(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : undefined;
}

export function listOf(value: unknown): readonly unknown[] | undefined {
  return Array.isArray(value) ? value : undefined;
}

/** A text that somebody could have meant. */
export function textOf(value: unknown, mostCharacters = 1000): string | undefined {
  return typeof value === "string" && value.length > 0 && value.length <= mostCharacters ? value : undefined;
}

/** The texts of a list; undefined where it is none, or holds something else. */
export function textsOf(value: unknown): readonly string[] | undefined {
  const texts = listOf(value)?.map((one) => textOf(one));
  return texts?.includes(undefined) ? undefined : (texts as readonly string[] | undefined);
}
