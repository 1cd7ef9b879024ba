/** Words to write a JSON Schema with. */

export type Schema = Readonly<Record<string, unknown>>;

export const text = { type: "string" };
export const number = { type: "number" };
export const whole = { type: "integer", minimum: 0 };
export const flag = { type: "boolean" };
export const time = { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$", description: "ISO 8601, UTC" };
export const day = {
  type: "string",
  pattern: "^\\d{4}-\\d\\d-\\d\\d",
  description: "a day, UTC; with the time of day where the source knows it",
};
export const texts = list(text);

/** Members named `name?` may be missing. Members that are not listed are allowed: changes to the document are additive only. */
export function object(members: Readonly<Record<string, Schema>>, description?: string): Schema {
  const properties = Object.fromEntries(Object.entries(members).map(([name, schema]) => [name.replace("?", ""), schema]));
  const required = Object.keys(members).filter((name) => !name.endsWith("?"));
  return { type: "object", ...(description ? { description } : {}), required, properties };
}

export function list(items: Schema, description?: string): Schema {
  return { type: "array", ...(description ? { description } : {}), items };
}

export function map(values: Schema, description?: string): Schema {
  return { type: "object", ...(description ? { description } : {}), additionalProperties: values };
}

export function oneOf(...values: readonly string[]): Schema {
  return { enum: values };
}
