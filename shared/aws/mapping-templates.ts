/**
 * Mapping templates of API Gateway, read as far as it takes to see which resource a request names: `#set` variables, `put()`,
 * `$util.urlEncode()`, stage variables. Branches are not weighed: the first value that is known stands.
 * Source: API Gateway developer guide, "Mapping template transformations". Pure.
 */

/** Variables of `#set` go through one another; a template that goes deeper, or in circles, is not followed. */
const deepest = 5;

/** The value that `template` gives `member`, or undefined where it does not speak of it. `*`: whatever the caller's request makes of it. */
export function memberOf(template: string, member: string): string | undefined {
  const text = withoutComments(template);
  // JSON (quotes perhaps escaped), a form (NAME=value), a property (`$body.NAME = value`), or .put("NAME", value)
  const pattern = new RegExp(`\\b${member}\\\\?["']?\\s*(?:[:=]|(?<=put\\(\\s*["']${member}["']\\s*),)\\s*${value}`, "g");
  const found = valuesIn(text, pattern).map(([one = ""]) => knownValue(resolved(one, variablesIn(text), deepest)));
  return found.find((one) => one !== "*") ?? found[0];
}

/** A value: perhaps in quotes, perhaps wrapped in a function that changes nothing of what is meant. */
const value = `\\\\?["']?(?:\\$!?\\{?util\\.(?:urlEncode|escapeJavaScript)\\(\\s*["']?)?((?:\\$!?\\{[^}]*\\}|\\$stageVariables(?:\\.get\\(|\\[)["'][^"']*["'][)\\]]|[^"'\\\\\\s&,})])+)`;

function withoutComments(template: string): string {
  return template.replaceAll(/#\*[\s\S]*?\*#/g, "").replaceAll(/(^|\s)##.*$/gm, "$1");
}

function variablesIn(text: string): Map<string, string> {
  const variables = new Map<string, string>();
  for (const [name = "", one = ""] of valuesIn(text, new RegExp(`#set\\s*\\(\\s*\\$!?\\{?(\\w+)\\}?\\s*=\\s*${value}`, "g"))) {
    if (!variables.has(name)) variables.set(name, one);
  }
  return variables;
}

/** Groups of every match; the value, which is the last, is `$` (nothing known) where something is added to it. */
function valuesIn(text: string, pattern: RegExp): string[][] {
  return [...text.matchAll(pattern)].map((match) => {
    const isSum = /^\\?["']?\s*\+/.test(text.slice(match.index + match[0].length));
    return isSum ? [...match.slice(1, -1), "$"] : match.slice(1);
  });
}

function resolved(text: string, variables: ReadonlyMap<string, string>, left: number): string {
  if (left === 0) return text;
  return text.replaceAll(/\$!?(?:\{(\w+)\}|(\w+)(?![\w.[(]))/g, (whole, braced?: string, plain?: string) => {
    const known = variables.get(braced ?? plain ?? "");
    return known === undefined ? whole : resolved(known, variables, left - 1);
  });
}

/**
 * A value as far as it is known before somebody calls: stage variables and the account and stage of the API stay as
 * `$stageVariables.NAME`, `$context.accountId` and `$context.stage`; what is made from the caller's request is `*`.
 */
export function knownValue(text: string): string {
  const plain = text
    .replaceAll(/\$!?\{?stageVariables(?:\.get\(|\[|\.)['"]?([A-Za-z0-9_]+)['"]?[)\]]?\}?/g, "$${stageVariables.$1}")
    .replaceAll(/\$!?\{?context\.(accountId|stage)\b\}?/g, "$${context.$1}");
  if (/\$/.test(plain.replaceAll(/\$\{(?:stageVariables\.\w+|context\.(?:accountId|stage))\}/g, ""))) return "*";
  try {
    return /%3A/i.test(plain) ? decodeURIComponent(plain) : plain;
  } catch {
    return plain;
  }
}

/**
 * A value of `requestParameters` of a REST API: a literal in quotes, or an expression (`stageVariables.NAME`, `context.accountId`,
 * `method.request...`).
 */
export function mappedValue(expression: string): string {
  const literal = /^'(.*)'$/s.exec(expression.trim())?.[1];
  if (literal !== undefined) return knownValue(literal);
  return /^(stageVariables|context)\./.test(expression) ? knownValue(`$${expression}`) : "*";
}
