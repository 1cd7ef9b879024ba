import type { CodeSummary, CodeText, SdkCall } from "../../shared/model/code.ts";

/** A text of code: what is written, and `$NAME` for a variable of the environment, `?` for what could not be told. */
export function aText(...parts: readonly string[]): CodeText {
  return parts.map((part) => (part === "?" ? { unknown: true } : part.startsWith("$") ? { environment: part.slice(1) } : { text: part }));
}

/** A call that stands in the code; members as texts, or as parts of a text. */
export function aCall(operation: string, members: Readonly<Record<string, string | CodeText | readonly string[]>> = {}): SdkCall {
  const [client = "", name = ""] = operation.split(":");
  const parameters = Object.entries(members).flatMap(([member, value]) => {
    if (typeof value === "string") return [{ name: member, value: aText(value) }];
    if (value.every((part) => typeof part === "string"))
      return (value as readonly string[]).map((one) => ({ name: member, value: aText(one) }));
    return [{ name: member, value: value as CodeText }];
  });
  return { client, operation: name, parameters, confidence: "high", at: "src/orders.mjs:7" };
}

export function aSummary(calls: readonly SdkCall[], more: Partial<CodeSummary> = {}): CodeSummary {
  return { language: "javascript", calls, unresolved: [], unread: [], files: 1, ...more };
}
