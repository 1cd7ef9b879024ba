/** What the role of one function may do against what the function needs, as facts. */
import type { FunctionRole } from "../model/document.ts";
import { cleanText } from "../model/plain-text.ts";
import { type Look, typedHere } from "./look.ts";
import { grouped } from "./quantities.ts";

/** Name and value, under each other. */
export function roleFacts(one: FunctionRole): (readonly [name: string, value: string])[] {
  const { sharedWith, allowed, needed, inExcess, worst, risk, unknown } = one;
  const more = inExcess !== null && inExcess > worst.length ? ", ..." : "";
  return [
    ["Role", one.role],
    ["Shared with", sharedWith.length === 0 ? "nobody" : sharedWith.map((name) => cleanText(name, 140)).join(", ")],
    ["Allowed", allowed === null ? "not known" : `${grouped(allowed)} actions`],
    ["Needed", needed === null ? `not known${unknown ? `: ${unknown}` : ""}` : `${grouped(needed)} of them`],
    [
      "In excess",
      inExcess === null
        ? `not known${unknown && needed !== null ? `: ${unknown}` : ""}`
        : inExcess === 0
          ? "nothing"
          : `${grouped(inExcess)}: ${worst.join(", ")}${more}`,
    ],
    ["Exposure", one.exposure],
    [
      "Risk",
      risk ? `${risk.score} of 100 = ${risk.factors.map(({ name, value, why }) => `${name} ${value} (${why})`).join(" x ")}` : "not known",
    ],
  ];
}

/** What to do about the role before anything else. */
export function firstToDo({ first }: FunctionRole, look: Pick<Look, "command">): readonly [name: string, value: string] {
  return ["First", first ? `${first.what}: ${typedHere(first.command, look)}` : "nothing to do"];
}
