/** How a type is called by people: `queue`, `REST API`. */

import { resourceTypes } from "../data/resource-types.ts";

/** One of the type, in lower case: the last part of its CloudFormation type where nothing better is known. */
export function typeWord(type: string): string {
  const last = type.split("::").at(-1) ?? type;
  // no resource, but the end of a relation
  if (type === "service") return "AWS service";
  return resourceTypes[type]?.word ?? last.replace(/([a-z0-9])([A-Z])/g, "$1 $2").toLowerCase();
}

/** `37 queues`, `1 policy`. */
export function typeCount(number: number, type: string): string {
  const word = typeWord(type);
  return `${number.toLocaleString("en-US")} ${number === 1 ? word : plural(word)}`;
}

/** Several of it. */
export function typePlural(type: string): string {
  return plural(typeWord(type));
}

function plural(word: string): string {
  if (/[^aeiou]y$/.test(word)) return word.replace(/y$/, "ies");
  return /(s|x|ch)$/.test(word) ? `${word}es` : `${word}s`;
}
