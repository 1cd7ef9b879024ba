/**
 * The first sight of a Region by a rule is its baseline: its findings go into one summary instead of a message each. It ends
 * with the first complete look, or after three days where no look is ever complete. Pure.
 */
import type { Assessment } from "../assess.ts";
import { lookKey } from "../model/concluded-from.ts";
import { dayMs } from "../model/day.ts";
import type { Finding } from "../model/finding.ts";
import type { AccountState } from "../store/store.ts";

/** Marks a first look that was not complete. */
const incompleteMark = "~";
const longestDays = 3;

export function isBaseline({ baselines }: AccountState, finding: Finding, now: Date): boolean {
  const whole = baselines[lookKey(finding.resource.region, finding.rule)];
  // after one complete look at everything, chosen Regions show nothing for the first time
  const isKnown = finding.concludedFrom === undefined || (whole !== undefined && !whole.startsWith(incompleteMark));
  const first = isKnown ? whole : baselines[lookKey(finding.resource.region, finding.rule, finding)];
  if (first === undefined) return true;
  return first.startsWith(incompleteMark) && now.getTime() - Date.parse(first.slice(1)) < longestDays * dayMs;
}

/** The state after these looks; the same object when nothing is new. */
export function establish(state: AccountState, looks: Assessment["looks"], now: Date): AccountState {
  const fresh = looks.flatMap(({ key, complete }) => {
    const known = state.baselines[key];
    if (known === undefined) return [[key, `${complete ? "" : incompleteMark}${now.toISOString()}`]];
    return complete && known.startsWith(incompleteMark) ? [[key, now.toISOString()]] : [];
  });
  return fresh.length === 0 ? state : { ...state, baselines: { ...state.baselines, ...Object.fromEntries(fresh) } };
}
