/**
 * Backtest of the timeout recommendation: `npm run bench -- timeouts FILE [--all]`, or this file alone with FILE.
 * FILE: gzipped JSON list of { config, days, maxMs }, e.g. daily longest Lambda init times from maxday/lambda-perf.
 */
import { argv } from "node:process";
import { pathToFileURL } from "node:url";
import { horizonDays, quantile } from "../../shared/usage/timeout-formula.ts";
import { casesOf, isHeldOut, medianAt, type Outcome, outcomeOf, readHistories } from "./timeout-backtest.ts";

const historyLengths = [14, 30, 90, 180, 365];
const shares = [0.1, 0.08, 0.06, 0.05, 0.04, 0.03, 0.02];
const columnWidth = 13;

interface Result {
  readonly historyDays: number;
  readonly plain: Outcome;
  readonly best: Outcome;
}

/** Runs the backtest on the configurations kept out of the fitting (`all`: on all of them) and prints two tables. */
export function benchTimeouts(path: string, { all = false }: { readonly all?: boolean } = {}): void {
  const histories = readHistories(path);
  const chosen = all ? histories : histories.filter(isHeldOut);
  const results = historyLengths.map((historyDays): Result => {
    const cases = casesOf(chosen, historyDays);
    return { historyDays, plain: outcomeOf(cases, historyDays, "plain"), best: outcomeOf(cases, historyDays, "best") };
  });
  const which = all
    ? `all ${histories.length} configurations`
    : `${chosen.length} of ${histories.length} configurations, kept out of the fitting`;
  console.log(`Timeout recommendations backtested on ${which}\n`);
  console.log(asShipped(results));
  console.log(tradeOff(results));
}

function asShipped(results: readonly Result[]): string {
  const row = (label: string, cell: (result: Result) => string) => line(label, results.map(cell));
  const both = (name: string, of: (result: Result) => Outcome) => [
    row(`${name}  exceeded`, (result) => percent(of(result).exceeded)),
    row("       stated", (result) => percent(of(result).stated)),
    row("       median", (result) => quantile(of(result).ratios, 0.5).toFixed(2)),
    row("       9 in 10", (result) => quantile(of(result).ratios, 0.9).toFixed(2)),
  ];
  return [
    "As recommended",
    row("history", ({ historyDays }) => `${historyDays} days`),
    row("cases", ({ plain }) => String(plain.cases)),
    ...both("plain", ({ plain }) => plain),
    ...both("best ", ({ best }) => best),
    "",
    `  exceeded  share of cases in which some run of the next ${horizonDays} days took longer than recommended`,
    "  stated    mean of the chance that was stated beforehand",
    "  median    recommendation / longest run of those days: half of the cases lie below; nearer to 1 is tighter",
    "  9 in 10   the same, nine of ten cases lie below",
    "",
  ].join("\n");
}

function tradeOff(results: readonly Result[]): string {
  const pair = ({ plain, best }: Result, share: number) =>
    `${medianAt(plain, share).toFixed(2)} ${medianAt(best, share).toFixed(2).padStart(6)}`;
  return [
    "Trade-off: the median that each formula pays for a share of exceeded cases",
    line(
      "history",
      results.map(({ historyDays }) => `${historyDays} days`),
    ),
    line(
      "exceeded",
      results.map(() => "plain   best"),
    ),
    ...shares.map((share) =>
      line(
        percent(share),
        results.map((result) => pair(result, share)),
      ),
    ),
    "",
    "  The knob: every recommendation multiplied by one number per history, until the share in the first column is exceeded.",
    "  Read a row: for the same risk, the smaller number is the tighter timeout.",
  ].join("\n");
}

function line(label: string, cells: readonly string[]): string {
  return `  ${label.padEnd(16)}${cells.map((cell) => cell.padStart(columnWidth)).join("")}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function main(): void {
  const path = argv.slice(2).find((argument) => !argument.startsWith("--"));
  try {
    if (!path) throw new Error("usage: node test/bench/timeouts.ts FILE [--all]");
    benchTimeouts(path, { all: argv.includes("--all") });
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 2;
  }
}

if (argv[1] && import.meta.url === pathToFileURL(argv[1]).href) main();
