/** A completed scan as an event of the bus. Its schema: docs/scan-event-detail.schema.json. Pure. */

import { severities } from "../../model/finding.ts";
import { cleanText } from "../../model/plain-text.ts";
import { accountInSubject, accountName } from "../../wording/account-name.ts";
import { subjectLine } from "../ascii.ts";
import { chatText } from "../chat-text.ts";
import type { ScanNews } from "../scan-news.ts";
import type { Render } from "./bus-events.ts";

export const scanDetailTypes = ["Scan Completed", "Scan Degraded"] as const;

/** Grows with a change that a reader could trip over; members are added without. */
export const scanDetailVersion = 1;

/** Rows of what could not be looked at: a policy that closes every Region to every collector would make some hundreds. */
export const mostNotLookedAt = 50;

export interface ScanDetail
  extends Pick<ScanNews, "account" | "accountAlias" | "scanId" | "startedAt" | "finishedAt" | "complete" | "regions" | "functions"> {
  readonly version: typeof scanDetailVersion;
  /** The same on a repetition. */
  readonly id: string;
  readonly open: ScanNews["openBySeverity"];
  readonly suppressed: number;
  /** `count` of all, `rows` of the first `mostNotLookedAt`. */
  readonly notLookedAt: { readonly count: number; readonly rows: ScanNews["incomplete"] };
  readonly render: Render;
}

export interface ScanEvent {
  readonly type: (typeof scanDetailTypes)[number];
  readonly resources: readonly string[];
  readonly detail: ScanDetail;
}

/** Degraded: not everything was looked at, so that what it does not say is not "fine". */
export function scanEvent(scan: ScanNews): ScanEvent {
  const { account, accountAlias, scanId, startedAt, finishedAt, complete, regions, functions, openBySeverity, suppressed, incomplete } =
    scan;
  const rows = incomplete.slice(0, mostNotLookedAt).map((row) => ({
    ...row,
    ...(row.code === undefined ? {} : { code: cleanText(row.code, 100) }),
  }));
  const detail: ScanDetail = {
    version: scanDetailVersion,
    id: `scan/${scanId}`,
    account,
    ...(accountAlias === undefined ? {} : { accountAlias }),
    scanId,
    startedAt,
    finishedAt,
    complete,
    regions,
    functions,
    open: openBySeverity,
    suppressed,
    notLookedAt: { count: incomplete.length, rows },
    render: renderOf(scan),
  };
  return { type: complete ? "Scan Completed" : "Scan Degraded", resources: [], detail };
}

function renderOf({ account, accountAlias, complete, functions, regions, openBySeverity, suppressed, incomplete }: ScanNews): Render {
  const open = severities.flatMap((severity) => (openBySeverity[severity] > 0 ? [`${openBySeverity[severity]} ${severity}`] : []));
  const held = suppressed > 0 ? `, and ${suppressed} accepted for now` : "";
  const lines = [
    `Looked at ${functions} function${functions === 1 ? "" : "s"} in ${regions} Region${regions === 1 ? "" : "s"} of account ${cleanText(accountName(account, accountAlias), 100)}.`,
    `Open findings: ${open.join(", ") || "none"}${held}.`,
    ...(complete ? [] : [notLookedAtText(incomplete)]),
  ];
  const subject = `Scan of account ${accountInSubject(account, accountAlias)} ${complete ? "completed" : "could not look at everything"}`;
  const chat = lines.map((line) => chatText(line, 600)).join("\n");
  return {
    subject: subjectLine(complete ? "[SCAN]" : "[DEGRADED]", subject),
    text: `${lines.join("\n")}\n`,
    markdown: chat,
    slack: chat,
    level: complete ? "info" : "warning",
  };
}

const mostNamed = 5;

function notLookedAtText(incomplete: ScanNews["incomplete"]): string {
  if (incomplete.length === 0) return "There was no time for everything: the next scan goes on with the rest.";
  const named = incomplete.slice(0, mostNamed).map(({ collector, region, status, code }) => {
    return cleanText(`${collector} in ${region} (${code ?? status})`, 160);
  });
  const more = incomplete.length > mostNamed ? `, and ${incomplete.length - mostNamed} more` : "";
  return `Not looked at, or not wholly: ${named.join(", ")}${more}. What is not said of these is not known to be fine.`;
}
