/** `npm run bench -- alarms FILE`. FILE as for the backtest of timeouts. */
import { horizonDays } from "../../shared/usage/timeout-formula.ts";
import { type AlarmOutcome, alarmKinds, alarmOutcome } from "./alarm-backtest.ts";
import { originsOf, readHistories } from "./timeout-backtest.ts";

const historyDays = 90;
/** The last is tight; from 1.235 on sqrt(M x T) lies below 90 % of T. */
const ratios = [2, 1.75, 1.5, 1.3, 1.25];
const labelWidth = 26;
const columnWidth = 12;

/** Prints one table: for every alarm, at several distances of timeout and longest run. */
export function benchAlarms(path: string): void {
  const histories = readHistories(path);
  const origins = originsOf(histories, historyDays);
  console.log(
    `Alarms backtested on ${histories.length} configurations: ${origins.length} cases of ${historyDays} days, and the ${horizonDays} days after\n`,
  );
  const outcomes = alarmKinds.map((kind) => ({ kind, row: ratios.map((ratio) => alarmOutcome(origins, ratio, kind)) }));
  console.log(
    line(
      "timeout T",
      ratios.map((ratio) => `${ratio} x M`),
    ),
  );
  console.log(line("overruns", outcomes[0]?.row.map(({ overruns }) => String(overruns)) ?? []));
  for (const { kind, row } of outcomes) {
    console.log("");
    console.log(
      line(
        `${kind.name}  earlier`,
        row.map((one) => share(one.earlier, one.overruns)),
      ),
    );
    console.log(line("days ahead", row.map(daysAhead)));
    console.log(
      line(
        "rings calm",
        row.map((one) => share(one.rung, one.calm)),
      ),
    );
  }
  console.log(`
  M           longest run of the ${historyDays} days before
  overruns    cases in which some run of the next ${horizonDays} days took longer than T
  earlier     share of the overruns before which the alarm went off, on an earlier day
  days ahead  mean of the days (with runs) in between, where it did
  rings calm  share of the cases without an overrun in which the alarm went off within ${horizonDays} days`);
}

function daysAhead({ earlier, leadDays }: AlarmOutcome): string {
  return earlier === 0 ? "-" : leadDays.toFixed(0);
}

function share(part: number, whole: number): string {
  return whole === 0 ? "-" : `${((100 * part) / whole).toFixed(0)} %`;
}

function line(label: string, cells: readonly string[]): string {
  return `  ${label.padStart(labelWidth)}${cells.map((cell) => cell.padStart(columnWidth)).join("")}`;
}
