/** Everything known about one function. */
import type { DocumentFinding, FunctionFacts, FunctionRole } from "../model/document.ts";
import { cleanText } from "../model/plain-text.ts";
import { findingsList, sortFindings } from "./findings-list.ts";
import { type Fact, howLong, triggerText, whatItIs, whenItRan, whose } from "./function-page-facts.ts";
import type { Look } from "./look.ts";
import { firstToDo, roleFacts } from "./role-facts.ts";

/** The page as lines; `findings` are those of the function and of its role. */
export function functionPage(
  one: FunctionFacts,
  role: FunctionRole | undefined,
  findings: readonly DocumentFinding[],
  look: Look,
): string[] {
  const facts: readonly Fact[] = [...whatItIs(one), ...whenItRan(one), ...howLong(one), ...whose(one)];
  return [
    `${look.paint.bold(cleanText(one.name))}  ${one.region}`,
    "",
    ...facts.map(([name, value]) => `${name.padEnd(14)}${cleanText(value, 600)}`),
    "",
    look.paint.bold("Triggers"),
    ...(one.triggers.length > 0 ? one.triggers.map((trigger) => `  ${triggerText(trigger)}`) : ["  none known"]),
    ...(role
      ? [
          "",
          look.paint.bold("Role"),
          ...[...roleFacts(role), firstToDo(role, look)].map(([name, value]) => `  ${name.padEnd(12)}${cleanText(value, 900)}`),
        ]
      : []),
    "",
    look.paint.bold("Findings"),
    ...(findings.length > 0 ? findingsList(sortFindings(findings), look) : ["  none"]),
  ];
}
