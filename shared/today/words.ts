/** How things worth doing are said, on a page and in a message: plain text, names from AWS in it not yet cleaned. Pure. */
import type { Owner, Severity } from "../model/finding.ts";
import type { ExposureLevel } from "../model/graph.ts";
import type { WorthDoing } from "./item.ts";
import { confidenceFactor, exposureFactor, type Risk, severityWeight } from "./risk.ts";

/** Factors that are spelled out; a role that is shared may clear dozens of findings. */
const mostParts = 3;

/** `takes away 66 of risk in about 10 minutes (6.6 a minute): HIGH counts 30, x2 as anybody on the internet reaches it; LOW counts 3, ...` */
export function whyWords({ risk, minutes, riskPerMinute, parts, task }: WorthDoing): string {
  const more = parts.length - mostParts;
  const said = parts.slice(0, mostParts).map((part) => partWords(part, task === "talk"));
  const all = [...said, ...(more > 0 ? [`and ${more.toLocaleString("en-US")} more`] : [])].join("; ");
  return `takes away ${number(risk)} of risk in about ${minutes} minutes (${number(riskPerMinute)} a minute): ${all}`;
}

function partWords({ severity, exposure, confidence, risk }: Risk, talk: boolean): string {
  const factors = [
    `${severity} counts ${severityWeight[severity]}`,
    ...(exposureFactor[exposure] === 1 ? [] : [`x${exposureFactor[exposure]} as ${exposed[exposure]}`]),
    ...(confidenceFactor[confidence] === 1 ? [] : [`x${confidenceFactor[confidence]} as its confidence is ${confidence}`]),
    ...(talk ? [`of which ${number(risk)} for naming whom it reaches`] : []),
  ];
  return factors.join(", ");
}

const exposed: Readonly<Record<ExposureLevel, string>> = {
  "internet-anonymous": "anybody on the internet reaches it",
  "internet-authenticated": "who can log in reaches it from the internet",
  "cross-account": "other accounts reach it",
  internal: "only this account reaches it",
  none: "nobody reaches it from outside",
  unknown: "who reaches it is not known",
};

/** `payments (tag team)`; several: `payments (tag team), also shop`; none: that nobody is known. */
export function whomWords(owners: readonly Owner[]): string {
  const [first, ...more] = owners;
  if (!first?.team) return "nobody is known to own it: ask who deployed it";
  const doubt = first.confidence === "low" ? ", a guess" : "";
  const why = first.source ? ` (${first.source}${doubt})` : "";
  const others = more.slice(0, 4).flatMap(({ team }) => team ?? []);
  const left = more.length - others.length;
  return `${first.team}${why}${others.length > 0 ? `, also ${others.join(", ")}` : ""}${left > 0 ? ` and ${left} more` : ""}`;
}

/** `clears F-... and 3 more findings`, or that it is one finding. */
export function clearsWords({ findings, task }: WorthDoing): string {
  const [first, ...more] = findings.map(({ id }) => id);
  if (first === undefined) return "";
  const shown = more.slice(0, 4);
  const left = more.length - shown.length;
  return `${task === "talk" ? "about" : "clears"} ${[first, ...shown].join(", ")}${left > 0 ? ` and ${left} more` : ""}`;
}

/** `6.6`, `180`, `0.03`: as many digits as say something. */
function number(value: number): string {
  return Number(value.toPrecision(value >= 100 ? 3 : 2)).toLocaleString("en-US");
}

/** How a severity stands in front of a line, short enough for a column. */
export function severityWord(severity: Severity): string {
  return severity === "INFORMATIONAL" ? "INFO" : severity;
}
