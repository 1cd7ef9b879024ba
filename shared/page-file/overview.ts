/** The account in short: what the first screen of the page shows, and the widget of a dashboard. Pure. */
import { accountNumbers, type NumbersAt } from "../model/account-numbers.ts";
import type { ScanDocument } from "../model/document.ts";
import { leftTexts, unseen, unseenText } from "../report/coverage-section.ts";
import type { TodayDocument } from "../today/item.ts";
import type { Unclaimed } from "../today/unclaimed.ts";
import { notJudgedTexts } from "../wording/not-judged.ts";
import { firstTasks, type PageTask } from "./tasks.ts";
import type { Typing } from "./typed.ts";

export const overviewVersion = 1;

export interface Overview extends Typing {
  readonly version: typeof overviewVersion;
  readonly account: string;
  readonly accountAlias?: string;
  /** When the scan began. ISO 8601. */
  readonly startedAt: string;
  readonly regions: number;
  /** Only Regions that somebody chose were looked at: what is told of roles is the least that holds. */
  readonly chosenRegions?: true;
  readonly functions: number;
  /** Oldest first; the last one is this scan. */
  readonly trend: readonly NumbersAt[];
  /** The most rewarding first. */
  readonly tasks: readonly PageTask[];
  /** What could not be looked at, a line each. */
  readonly unseen: readonly string[];
  /** What the next scan goes on with, and what this one was not to look at, a line each. */
  readonly later: readonly string[];
}

/** What of a document it is made of. */
export type OverviewDocument = TodayDocument & Pick<ScanDocument, "roles" | "coverage">;

/**
 * @param before the numbers of kept scans before this one, oldest first
 * @param unclaimed quiet resources that nobody claims, by ARN
 */
export function overviewOf(
  document: OverviewDocument,
  before: readonly NumbersAt[],
  { command, where }: Typing,
  unclaimed?: Unclaimed,
): Overview {
  const { scan, functions, coverage } = document;
  return {
    version: overviewVersion,
    command,
    where,
    account: scan.account,
    ...(scan.accountAlias === undefined ? {} : { accountAlias: scan.accountAlias }),
    startedAt: scan.startedAt,
    regions: scan.regions.length,
    ...(scan.regionSource === "asked" ? { chosenRegions: true as const } : {}),
    functions: functions.length,
    trend: [...before, { at: scan.startedAt, numbers: accountNumbers(document) }],
    tasks: firstTasks(document, { command, where }, unclaimed),
    unseen: unseen(coverage).map(unseenText),
    later: [...leftTexts(coverage).map((text) => `${text}: left for the next scan`), ...notJudgedTexts(scan)],
  };
}
