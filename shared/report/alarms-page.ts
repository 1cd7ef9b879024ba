/** The plan of our alarms, and what became of it. */

import type { ApplyReport } from "../alarm-upkeep/apply.ts";
import type { AlarmPlan, OwnAlarm } from "../alarms/alarm-plan.ts";
import { perAlarmMonth, pricesAsOf } from "../data/prices.ts";
import type { Look } from "./look.ts";
import { count } from "./quantities.ts";
import { textTable } from "./text-table.ts";

interface Row {
  readonly what: string;
  readonly region: string;
  readonly name: string;
  readonly threshold: string;
  readonly why: string;
}

/** The price first, then what would be done. */
export function alarmPlanPage(plan: AlarmPlan, look: Look): string[] {
  const { put, remove, keep, skipped } = plan;
  const rows: Row[] = [
    ...put.map(({ alarm, replaces, why }): Row => ({ ...alarm, what: replaces ? "change" : "put", threshold: ofTimeout(alarm), why })),
    ...remove.map(({ alarm, why }): Row => ({ ...alarm, what: "remove", threshold: seconds(alarm.thresholdMs), why })),
    ...skipped.map(({ region, functionName, why }): Row => ({ what: "none", region, name: functionName, threshold: "", why })),
  ];
  return [
    alarmPrice(plan),
    `To do: put ${put.length}, remove ${remove.length}; ${count(keep.length, "alarm")} as they should be.`,
    ...(rows.length > 0 ? ["", ...table(rows, look)] : []),
  ];
}

/** What all our alarms cost a month once the plan is carried out. */
export function alarmPrice({ put, keep, monthlyUsd }: AlarmPlan): string {
  const alarms = count(put.length + keep.length, "alarm");
  return `Price: ${monthlyUsd.toFixed(2)} USD a month for ${alarms} at ${perAlarmMonth.toFixed(2)} USD (as of ${pricesAsOf}, without free tiers).`;
}

/** What was done. */
export function appliedPage({ put, removed, foreign, failed }: ApplyReport, look: Look): string[] {
  const rows = [
    ...put.map((line) => ({ ...line, what: "put" })),
    ...removed.map((line) => ({ ...line, what: "removed" })),
    ...foreign.map((line) => ({ ...line, what: "left alone" })),
    ...failed.map((line) => ({ ...line, what: "FAILED" })),
  ].map((line): Row => ({ ...line, threshold: "" }));
  const more = failed.length > 0 ? "; run it again to go on" : "";
  return [
    `Done: put ${put.length}, removed ${removed.length}, failed ${failed.length}${more}.`,
    ...(rows.length > 0 ? ["", ...table(rows, look)] : []),
  ];
}

/** Our alarms as they are. */
export function alarmListPage(own: readonly OwnAlarm[], look: Look): string[] {
  const head = `${count(own.length, "alarm")} of ours: ${(own.length * perAlarmMonth).toFixed(2)} USD a month (as of ${pricesAsOf}, without free tiers).`;
  if (own.length === 0) return [head];
  const columns = [
    { head: "STATE", cell: ({ alarm }: OwnAlarm) => alarm.state },
    { head: "REGION", cell: ({ alarm }: OwnAlarm) => alarm.region },
    { head: "ALARM", cell: ({ alarm }: OwnAlarm) => alarm.name, flexible: true },
    { head: "THRESHOLD", cell: ({ alarm }: OwnAlarm) => seconds(alarm.thresholdMs), align: "right" as const },
    { head: "SINCE", cell: ({ alarm }: OwnAlarm) => alarm.changedAt?.slice(0, 10) ?? "" },
    {
      head: "ACTION",
      cell: ({ alarm }: OwnAlarm) => (alarm.actionsEnabled ? alarm.actions.join(" ") : "switched off"),
      flexible: true,
      drop: 1,
    },
  ];
  return [head, "", ...textTable(own, columns, look)];
}

function table(rows: readonly Row[], look: Look): string[] {
  const hasThreshold = rows.some(({ threshold }) => threshold !== "");
  return textTable(
    rows,
    [
      { head: "WHAT", cell: ({ what }) => what },
      { head: "REGION", cell: ({ region }) => region },
      { head: "ALARM OR FUNCTION", cell: ({ name }) => name, flexible: true },
      ...(hasThreshold ? [{ head: "THRESHOLD", cell: ({ threshold }: Row) => threshold, align: "right" as const }] : []),
      { head: "WHY", cell: ({ why }) => why, flexible: true },
    ],
    look,
  );
}

function ofTimeout({ thresholdMs, timeoutSeconds }: { readonly thresholdMs: number; readonly timeoutSeconds: number }): string {
  return `${seconds(thresholdMs)} of ${timeoutSeconds} s`;
}

function seconds(ms: number): string {
  return `${Math.round(ms / 10) / 100} s`;
}
