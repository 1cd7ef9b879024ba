/** Classes whose fields a library fills from the environment by their names: `class Settings(BaseSettings): table_name: str` is `TABLE_NAME`. */
import type { Interpreter } from "./interpreter.ts";
import type { SyntaxNode } from "./syntax.ts";
import { environmentText } from "./texts.ts";
import { type ClassValue, literal, type Scope, type Values } from "./values.ts";

/** `pydantic_settings.BaseSettings`, `pydantic.BaseSettings` until version 2. */
const base = /^pydantic\w*\.(\w+\.)*BaseSettings$/;
/** How a field names its variable by itself. */
const named = /\b(?:validation_alias|alias|env)\s*=\s*["'](\w+)["']/;
const prefixed = /\benv_prefix\s*[=:]\s*["'](\w*)["']/;

/**
 * What a declared field of such a class is; nothing where it is none. Names are compared without case; variables are written in capitals.
 * @param fields of the class and those above it
 */
export function settingOf(
  { classes, foreign }: { readonly classes: readonly ClassValue[]; readonly foreign: readonly string[] },
  fields: () => readonly SyntaxNode[],
  name: string,
  scope: Scope | undefined,
  interpreter: Interpreter,
): Values {
  const field = foreign.some((path) => base.test(path)) ? fields().findLast((one) => one.child("left")?.text === name) : undefined;
  if (!field || !scope) return [];
  const [, prefix = ""] = classes.map(({ node }) => prefixed.exec(node.text)).find((found) => found) ?? [];
  const right = field.child("right");
  const variable = (right && named.exec(right.text)?.[1]) ?? `${prefix}${name}`.toUpperCase();
  const isPlain = right?.type === "string";
  return environmentText([literal(variable)], isPlain ? interpreter.evaluate(right, scope) : []);
}
