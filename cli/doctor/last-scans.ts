/** Whether scans come to their end: what the alarm about missing scans says by mail, for who asks. */
import { ageText } from "../../shared/report/quantities.ts";
import type { ScanItem } from "../../shared/store/store.ts";
import { minuteText } from "../last-scan.ts";
import { bad, type Check, note, ok } from "./check.ts";

const name = "scans";
/** A durable execution of the stack ends after six hours: what has run for longer was killed. */
const longestScanMs = 6 * 3_600_000;

/**
 * @param scans newest first
 * @param schedule of the stack; undefined where nothing is deployed, so that scans come when somebody starts one
 */
export function scansCheck(scans: readonly ScanItem[], schedule: string | undefined, now: Date): Check {
  const next = schedule ? `; the next begins by ${schedule} (UTC)` : "";
  const [newest] = scans;
  if (!newest) return note(name, `no scan yet${schedule ? ": the first begins within minutes of the deployment" : ""}${next}`);
  const age = (at: string) => `${ageText(now.getTime() - Date.parse(at))} ago`;
  const done = scans.find(({ outcome }) => outcome === "done");
  const before = done ? `the last finished one began ${age(done.startedAt)}` : "none has finished yet";
  if (newest.outcome === "failed") {
    return bad(name, `the last one failed (${minuteText(newest.startedAt)}: ${newest.error ?? "no reason noted"}); ${before}${next}`);
  }
  if (newest.outcome === "running") {
    const runsFor = now.getTime() - Date.parse(newest.startedAt);
    const text = `one has been running since ${minuteText(newest.startedAt)}; ${before}`;
    return runsFor > longestScanMs ? bad(name, `${text}; it was killed${next}`) : note(name, text);
  }
  return ok(name, `${before}${next}`);
}
