/** What a function's history says about its timeout: verdict, recommendation, and how sure we are. Pure. */
import { dayText } from "../model/day.ts";
import type { DurationFacts, TimeoutAdvice } from "../model/usage.ts";
import { type Confidence, lower, ofCode, ofEvidence } from "./timeout-confidence.ts";
import { type CutOff, cutOffs, type Evidence, evidenceAfter, evidenceSince, plateaus } from "./timeout-evidence.ts";
import {
  bestRecommendation,
  chanceOfExceeding,
  type LongestRun,
  plainFactor,
  plainRecommendation,
  type Recommendation,
  recommend,
  spreadOf,
} from "./timeout-formula.ts";
import { defaultThresholds, type TimeoutQuestion } from "./timeout-question.ts";

/** The shortest history on which the recommendation was fitted (decision 0004); below, its factor would only be a guess. */
const shortestFittedDays = 14;

/** Judges one function's timeout. */
export function adviseTimeout(question: TimeoutQuestion): { duration: DurationFacts; advice: TimeoutAdvice } {
  const { timeoutSeconds, timeouts, days, regimeSinceDay, knownFromDay, today, thresholds = defaultThresholds } = question;
  const isEnough = ({ samples, observedDays }: Evidence) => samples >= thresholds.minimumSamples && observedDays >= thresholds.minimumDays;
  const regime = evidenceSince(regimeSinceDay, days, knownFromDay, today);
  const cuts = [
    ...cutOffs(regime.days, timeouts, timeoutSeconds),
    ...plateaus(regime.days, timeoutSeconds, question.timeoutUnseenUntilDay),
  ];
  // what an old, lower timeout cut off would not be cut off today: it proves a length of at least that, and no more
  const cutsToday = cuts.filter(({ seconds }) => seconds >= timeoutSeconds);
  if (cutsToday.length > 0) return adviseCensored(question, regime, cutsToday, isEnough(regime) ? "timing-out" : "insufficient-data");
  if (cuts.length === 0) return isEnough(regime) ? adviseMeasured(question, regime, 0) : adviseNothing(question, regime);
  const since = evidenceAfter(cuts, regime, timeouts, knownFromDay, today, isEnough);
  if (since) return adviseMeasured(question, since, Math.max(...cuts.map(({ maxMs }) => maxMs)));
  return adviseCensored(question, regime, cuts, !isEnough(regime) ? "insufficient-data" : isTight(question, regime) ? "tight" : "fine");
}

function isTight(question: TimeoutQuestion, { longest }: Evidence): boolean {
  const { timeoutSeconds, thresholds = defaultThresholds } = question;
  return longest !== undefined && timeoutSeconds * 1000 < thresholds.tightRatio * wholeMs(question, longest.maxMs);
}

/** A run with what extensions may add to it. */
function wholeMs({ extensionMs = 0 }: TimeoutQuestion, runMs: number): number {
  return runMs + extensionMs;
}

function adviseNothing(question: TimeoutQuestion, evidence: Evidence) {
  const advice: TimeoutAdvice = { verdict: "insufficient-data", ...headroom(question, evidence), confidence: "low" };
  return { duration: durationFacts(question, evidence), advice };
}

/** Every run was seen whole. `atLeastMs`: earlier runs are known to have taken at least that long. */
function adviseMeasured(question: TimeoutQuestion, evidence: Evidence, atLeastMs: number) {
  const { ceilingSeconds, thresholds = defaultThresholds, today } = question;
  const { initAllowanceMs, tightRatio } = thresholds;
  const { observedDays } = evidence;
  const longestMs = wholeMs(question, Math.max(evidence.longest?.maxMs ?? 0, atLeastMs));
  const run = { longestMs, observedDays, ceilingSeconds, initAllowanceMs };
  const spread = spreadOf(evidence.days.map(({ maxMs }) => maxMs));
  // silence shows nothing about run times: the value rests on the days from the first run to the last
  const silentDays = today - (evidence.days.at(-1)?.day ?? today);
  const activeDays = Math.max(Math.min(observedDays, shortestFittedDays), observedDays - silentDays);
  const formula = bestRecommendation({ ...run, observedDays: activeDays }, spread);
  // what would be called tight at once is no recommendation
  const least = recommend(tightRatio * longestMs + initAllowanceMs, ceilingSeconds);
  const best = { seconds: Math.max(formula.seconds, least.seconds), limited: formula.limited || least.limited };
  const verdict = isTight(question, evidence) ? "tight" : isLoose(question, run, best.seconds) ? "loose" : "fine";
  const given = recommended(question, best, { verdict, longestMs, raiseOnly: question.extensionUnread === true });
  const factor = (best.seconds * 1000 - initAllowanceMs) / Math.max(longestMs, 0.01);
  const advice: TimeoutAdvice = {
    verdict,
    ...headroom(question, evidence),
    ...given,
    ...(given.recommendedSeconds === undefined ? {} : { chanceOfExceeding: chanceOfExceeding(factor, activeDays, spread) }),
    confidence: lower(ofEvidence(evidence), ofCode(question, evidence)),
  };
  return { duration: durationFacts(question, evidence), advice };
}

/** By the plain formula; and the value that would be given lies below today's and not below the longest run. */
function isLoose(
  { timeoutSeconds, extensionUnread, thresholds = defaultThresholds }: TimeoutQuestion,
  run: LongestRun,
  bestSeconds: number,
) {
  if (extensionUnread) return false;
  const plain = plainRecommendation(run).seconds;
  const above = timeoutSeconds >= thresholds.looseRatio * plain && timeoutSeconds - plain >= thresholds.looseSeconds;
  return above && bestSeconds < timeoutSeconds && bestSeconds * 1000 >= run.longestMs;
}

/** Runs were cut off, so how long they take is not known: never lower, propose more room, state no chance. */
function adviseCensored(question: TimeoutQuestion, evidence: Evidence, cuts: readonly CutOff[], verdict: TimeoutAdvice["verdict"]) {
  const { ceilingSeconds, uncensoredP99Ms = 0, thresholds = defaultThresholds } = question;
  const cutAtSeconds = Math.max(...cuts.map(({ seconds }) => seconds));
  const cutDays = new Set(cuts.map(({ day }) => day));
  const seenWholeMs = evidence.days.reduce((most, { day, maxMs }) => (cutDays.has(day) ? most : Math.max(most, maxMs)), uncensoredP99Ms);
  // the plain factor: the spread of days that were cut off says nothing
  const byFormulaMs = plainFactor(evidence.observedDays) * wholeMs(question, seenWholeMs) + thresholds.initAllowanceMs;
  const longestMs = wholeMs(question, Math.max(1000 * cutAtSeconds, evidence.longest?.maxMs ?? 0));
  const wanted = recommend(Math.max(2000 * cutAtSeconds, byFormulaMs, thresholds.tightRatio * longestMs), ceilingSeconds);
  const doubted: Confidence = verdict === "timing-out" ? (cuts.some(({ failed }) => failed) ? "high" : "medium") : "low";
  const advice: TimeoutAdvice = {
    verdict,
    ...headroom(question, evidence),
    ...recommended(question, wanted, { verdict, longestMs, raiseOnly: true }),
    confidence: lower(doubted, ofCode(question, evidence)),
  };
  return { duration: durationFacts(question, evidence, cuts), advice };
}

/**
 * What may be advised of a value that the formula wants: nothing that is set already, nothing below the longest run, and nothing lower where it is
 * tight or cut off. Where that leaves nothing because of the ceiling, more time is not to be had, and that is said.
 */
function recommended(
  { timeoutSeconds, ceilingReason, ceilingSeconds }: TimeoutQuestion,
  { seconds, limited }: Recommendation,
  {
    verdict,
    longestMs,
    raiseOnly = false,
  }: { readonly verdict: TimeoutAdvice["verdict"]; readonly longestMs: number; readonly raiseOnly?: boolean },
): Pick<TimeoutAdvice, "recommendedSeconds" | "limitedBy" | "atCeiling"> {
  const limit = limited ? { limitedBy: `${ceilingReason} (${ceilingSeconds} s)` } : {};
  const mustRaise = verdict === "tight" || verdict === "timing-out";
  const helps = seconds * 1000 >= longestMs && (mustRaise || raiseOnly ? seconds > timeoutSeconds : seconds !== timeoutSeconds);
  if (helps) return { recommendedSeconds: seconds, ...limit };
  return limited && (mustRaise || ceilingSeconds * 1000 < longestMs) ? { ...limit, atCeiling: true } : {};
}

function headroom(question: TimeoutQuestion, { longest }: Evidence) {
  return longest ? { headroom: Math.min(Math.max(1 - wholeMs(question, longest.maxMs) / (question.timeoutSeconds * 1000), 0), 1) } : {};
}

function durationFacts(
  { extensionMs = 0 }: TimeoutQuestion,
  { longest, samples, observedDays }: Evidence,
  cuts: readonly CutOff[] = [],
): DurationFacts {
  const cut = cuts.find(({ day }) => day === longest?.day);
  // runs cut off by one timeout are equally long but for chance: the last of them is the one to date
  const day = cut ? cuts.findLast(({ seconds }) => seconds === cut.seconds)?.day : longest?.day;
  return {
    ...(longest ? { longestMs: longest.maxMs } : {}),
    ...(day === undefined ? {} : { longestAt: dayText(day) }),
    ...(extensionMs > 0 ? { extensionMs } : {}),
    samples,
    observedDays,
    censored: cut !== undefined,
  };
}
