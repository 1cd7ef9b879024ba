/**
 * Types of parameters of constructors in TypeScript, which are gone when the types are taken off: they are written down behind the text, as its own
 * compiler does it. Only what the SDK gives matters there.
 */

const fromSdk = /\bimport\s[^;"']{0,2000}?from\s*["'](?:@aws-sdk\/[\w-]+|aws-sdk[\w/]*)["']/g;
const longestParameters = 4_000;

/** The text with imports of types of the SDK as imports of what they are the types of; every position stays. */
export function withTypesImported(text: string): string {
  return text.replaceAll(fromSdk, (statement) => statement.replaceAll(/\btype\b(?=\s+[\w${*])/g, "    "));
}

/** What the compiler would say of the constructors; empty where none gets anything of a type that has a name. */
export function constructorTypes(text: string): string {
  if (!/aws-sdk/.test(text)) return "";
  return [...text.matchAll(/\bclass\s+(\w+)/g)]
    .flatMap(({ 1: name = "", index }, at, all) => {
      const body = text.slice(index, all[at + 1]?.index);
      const begin = /\bconstructor\s*\(/.exec(body);
      const types = begin ? parametersFrom(body, begin.index + begin[0].length).map(typeOf) : [];
      return types.some((type) => type !== "0")
        ? [`\n;__decorate([__metadata("design:paramtypes", [${types.join(", ")}])], ${name});`]
        : [];
    })
    .join("");
}

/** Parameters as they are written, up to the bracket that closes their list. */
function parametersFrom(text: string, from: number): string[] {
  const parameters: string[] = [];
  let depth = 0;
  let begin = from;
  for (let at = from; at < Math.min(text.length, from + longestParameters); at += 1) {
    const character = text[at] ?? "";
    if ("([{<".includes(character)) depth += 1;
    else if (character === ">" && text[at - 1] === "=") continue;
    else if (depth === 0 && (character === "," || character === ")")) {
      parameters.push(text.slice(begin, at));
      begin = at + 1;
      if (character === ")") return parameters.filter((one) => one.trim() !== "");
    } else if (")]}>".includes(character)) depth -= 1;
  }
  return [];
}

/** `private readonly db: DynamoDB.DocumentClient` -> `DynamoDB.DocumentClient`; `0` where it has no name. */
function typeOf(parameter: string): string {
  return /\w\??\s*:\s*([A-Z]\w*(?:\.[A-Z]\w*)*)\s*(?:=|$|<)/.exec(parameter.trim())?.[1] ?? "0";
}
