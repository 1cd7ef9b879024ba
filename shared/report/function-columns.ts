/**
 * What is shown of a function, in the order of the columns: in the terminal's table, in CSV, in Markdown. A column is one entry here; a
 * form that it leaves out does not show it.
 */
import type { FunctionFacts } from "../model/document.ts";
import { cleanText } from "../model/plain-text.ts";
import {
  headroomBar,
  headroomText,
  lastUsedText,
  longestText,
  quietText,
  setToText,
  verdictColour,
  verdictWords,
} from "./function-text.ts";
import { markdownCode } from "./markdown-text.ts";
import { secondsText } from "./quantities.ts";
import type { Column } from "./text-table.ts";

export interface FunctionColumn {
  /** Name and value in CSV: raw, with the unit in the name. */
  readonly csv?: readonly [name: string, value: (one: FunctionFacts) => string | number | undefined];
  readonly table?: Column<FunctionFacts>;
  /** Head and cell, which is Markdown already. */
  readonly markdown?: readonly [head: string, cell: (one: FunctionFacts) => string];
}

export const functionColumns: readonly FunctionColumn[] = [
  {
    csv: ["name", ({ name }) => name],
    table: { head: "FUNCTION", cell: ({ name }) => cleanText(name, 140), flexible: true },
    markdown: ["Function", ({ name }) => markdownCode(name)],
  },
  {
    csv: ["region", ({ region }) => region],
    table: { head: "REGION", cell: ({ region }) => region, drop: 2 },
    markdown: ["Region", ({ region }) => region],
  },
  {
    csv: ["lastInvocationState", ({ lastInvocation }) => lastInvocation.state],
    table: { head: "LAST USED", cell: lastUsedText, drop: 1 },
    markdown: ["Last used", lastUsedText],
  },
  { csv: ["lastInvocationAt", ({ lastInvocation }) => lastInvocation.at] },
  {
    csv: ["quietDays", ({ lastInvocation }) => lastInvocation.quietDays],
    table: { head: "QUIET", cell: quietText, align: "right" },
    markdown: ["Quiet", (one) => quietText(one).replace(">", "&gt;")],
  },
  {
    csv: ["timeoutSeconds", ({ timeoutSeconds }) => timeoutSeconds],
    table: { head: "TIMEOUT", cell: ({ timeoutSeconds }) => `${timeoutSeconds} s`, align: "right" },
    markdown: ["Timeout", ({ timeoutSeconds }) => `${timeoutSeconds} s`],
  },
  {
    csv: ["longestMs", ({ duration }) => duration.longestMs],
    table: { head: "LONGEST RUN", cell: longestText, align: "right", narrow: { head: "LONGEST", cell: longestText } },
    markdown: ["Longest run", ({ duration }) => (duration.longestMs === undefined ? "-" : secondsText(duration.longestMs))],
  },
  { csv: ["samples", ({ duration }) => duration.samples] },
  { csv: ["observedDays", ({ duration }) => duration.observedDays] },
  {
    csv: ["headroom", ({ timeout }) => timeout.headroom],
    table: { head: "HEADROOM", cell: headroomBar, narrow: { head: "ROOM", cell: headroomText } },
  },
  {
    csv: ["verdict", ({ timeout }) => timeout.verdict],
    table: { head: "VERDICT", cell: ({ timeout }) => verdictWords[timeout.verdict], colour: verdictColour },
    markdown: ["Verdict", ({ timeout }) => verdictWords[timeout.verdict]],
  },
  {
    csv: ["recommendedSeconds", ({ timeout }) => timeout.recommendedSeconds],
    table: { head: "SET TO", cell: setToText, align: "right" },
    markdown: ["Set to", setToText],
  },
  { csv: ["activity", ({ activity }) => activity] },
  { csv: ["team", ({ owner }) => owner.team], markdown: ["Team", ({ owner }) => markdownCode(owner.team ?? "")] },
  { csv: ["stack", ({ stack }) => stack?.name] },
  { csv: ["runtime", ({ runtime }) => runtime] },
  { csv: ["packageType", ({ packageType }) => packageType] },
  { csv: ["memoryMb", ({ memoryMb }) => memoryMb] },
  { csv: ["lastModified", ({ lastModified }) => lastModified] },
  { csv: ["arn", ({ arn }) => arn] },
];
