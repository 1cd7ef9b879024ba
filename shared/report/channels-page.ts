/** `smalltarget channels` for people: a line or a few for each channel. */
import { cleanText } from "../model/plain-text.ts";
import type { Route } from "../model/route.ts";
import type { Look } from "./look.ts";
import { textTable } from "./text-table.ts";

/** A channel as the settings and the store know it. */
export interface ChannelRow {
  readonly name: string;
  /** Absent: the store knows it, the settings do not. */
  readonly kind?: string;
  /** Absent: everything goes there. */
  readonly routes?: readonly Route[];
  readonly lastDeliveredAt?: string;
  readonly failingSince?: string;
  readonly lastError?: string;
  /** Findings of which it has still to hear; absent: no scan has looked at it yet. */
  readonly pending?: number;
}

export function channelsPage(rows: readonly ChannelRow[], look: Look): string[] {
  if (rows.length === 0) return ["There is no channel: name some in the settings, or send to a topic with scan --notify sns:ARN."];
  const failing = rows.flatMap(({ name, failingSince, lastError = "" }) =>
    failingSince === undefined ? [] : ["", `${name} fails since ${minute(failingSince)}: ${cleanText(lastError, 300)}`],
  );
  const table = textTable(
    rows,
    [
      { head: "CHANNEL", cell: ({ name }) => cleanText(name, 40) },
      { head: "KIND", cell: ({ kind }) => kind ?? "not in the settings" },
      { head: "GETS", cell: ({ routes }) => routesText(routes), flexible: true },
      { head: "LAST DELIVERY", cell: ({ lastDeliveredAt }) => minute(lastDeliveredAt) },
      { head: "STILL TO HEAR", cell: pendingText, align: "right" },
    ],
    look,
  );
  return [...table, ...failing];
}

/** `HIGH and graver of payments`, one for each route. */
export function routesText(routes: readonly Route[] | undefined): string {
  if (routes === undefined) return "everything";
  return routes.length === 0 ? "nothing: no route names it" : routes.map(routeText).join("; ");
}

function routeText({ teams, env, rules, minSeverity }: Route): string {
  const list = (values: readonly string[]) => values.map((value) => cleanText(value, 60)).join(", ");
  const parts = [
    ...(minSeverity ? [minSeverity === "CRITICAL" ? "CRITICAL" : `${minSeverity} and graver`] : []),
    ...(rules ? [`rules ${list(rules)}`] : []),
    ...(teams ? [`of ${list(teams)}`] : []),
    ...(env ? [`in ${list(env)}`] : []),
  ];
  return parts.length === 0 ? "everything" : parts.join(" ");
}

function pendingText({ pending }: ChannelRow): string {
  if (pending === undefined) return "no scan yet";
  return pending === 0 ? "nothing" : `${pending.toLocaleString("en-US")} ${pending === 1 ? "finding" : "findings"}`;
}

function minute(time: string | undefined): string {
  return time === undefined ? "never" : `${time.slice(0, 16).replace("T", " ")} UTC`;
}
