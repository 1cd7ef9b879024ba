/** Reads the part of HCL that a role is written in: resources with texts, lists, objects, jsonencode() and references. Source: the HCL native syntax specification. */

export interface HclResource {
  readonly type: string;
  readonly name: string;
  /** References as `=PATH`. */
  readonly values: Readonly<Record<string, unknown>>;
}

/** @throws Error on anything else */
export function readConfiguration(text: string): HclResource[] {
  const tokens = [...tokensOf(text)];
  const resources: HclResource[] = [];
  const next = (): string => tokens.shift() ?? fail("the end");
  const expect = (wanted: string) => {
    const found = next();
    if (found !== wanted) fail(`${found} in place of ${wanted}`);
  };
  const skipLines = () => {
    while (tokens[0] === "\n") tokens.shift();
  };
  const value = (): unknown => {
    const token = next();
    if (token.startsWith('"')) return plainText(token);
    if (token === "[") return list();
    if (token === "{") return object();
    if (token === "jsonencode") {
      expect("(");
      skipLines();
      const inside = value();
      skipLines();
      expect(")");
      return inside;
    }
    return /^[a-z_][\w.-]*$/i.test(token) ? `=${token}` : /^(\d+|true|false|null)$/.test(token) ? JSON.parse(token) : fail(token);
  };
  const list = (): unknown[] => {
    const values: unknown[] = [];
    skipLines();
    while (tokens[0] !== "]") {
      values.push(value());
      skipLines();
      if (tokens[0] !== "]") expect(",");
      skipLines();
    }
    expect("]");
    return values;
  };
  const object = (): Record<string, unknown> => {
    const members: Record<string, unknown> = {};
    skipLines();
    while (tokens[0] !== "}") {
      const key = next();
      const sign = next();
      if (sign !== ":" && sign !== "=") fail(`${sign} after ${key}`);
      members[key.startsWith('"') ? plainText(key) : key] = value();
      if (tokens[0] === ",") next();
      skipLines();
    }
    expect("}");
    return members;
  };
  for (skipLines(); tokens.length > 0; skipLines()) {
    expect("resource");
    const [type, name] = [plainText(next()), plainText(next())];
    expect("{");
    const values: Record<string, unknown> = {};
    for (skipLines(); tokens[0] !== "}"; skipLines()) {
      const key = next();
      expect("=");
      values[key] = value();
      expect("\n");
    }
    expect("}");
    resources.push({ type, name, values });
  }
  return resources;
}

function* tokensOf(text: string): Generator<string> {
  const token = /#[^\n]*|[ \t]+|(\n|"(?:[^"\\\n]|\\.)*"|[A-Za-z_][\w.-]*|\d+|[{}[\]()=:,])/y;
  while (token.lastIndex < text.length) {
    const at = token.lastIndex;
    const found = token.exec(text);
    if (!found) fail(text.slice(at, at + 20));
    if (found?.[1]) yield found[1];
  }
}

/** A text without templates. */
function plainText(token: string): string {
  if (!token.startsWith('"')) fail(`${token} in place of a text`);
  if (/(?<![$%])(?:\$\$|%%)*[$%]\{/.test(token.replaceAll("$${", "").replaceAll("%%{", ""))) fail(`a template in ${token}`);
  if (/\\[^"\\nrtuU]/.test(token.replaceAll("\\\\", ""))) fail(`an escape in ${token}`);
  return JSON.parse(token.replaceAll("$${", "${").replaceAll("%%{", "%{")) as string;
}

function fail(found: string): never {
  throw new Error(`not HCL: ${found}`);
}
