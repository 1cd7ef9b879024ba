import { isBehindTimeout, misfitOf } from "../../alarms/alarm-fit.ts";
import { criticalThresholdMs, warningThresholdMs } from "../../alarms/alarm-shape.ts";
import type { Evidence } from "../../model/finding.ts";
import { type FunctionSubject, functionRule } from "../../model/rule.ts";
import { stackAdvice } from "../aws-cli.ts";
import { durationText, text } from "../words.ts";

/** A function close to its timeout with no alarm that would say so, or with one that a change of the timeout left behind. */
export const nearTimeoutUnwatched = functionRule({
  id: "lambda/near-timeout-unwatched",
  subject: "function",
  summary: "no alarm would tell that a function comes close to its timeout, or the one there is no longer fits",
  why: "Close to its timeout, a function is one slow day away from being cut off; an alarm made for another timeout looks like safety and never goes off.",
  needs: ["usage:own", "durationAlarms"],
  gone: ["functions:listed"],
  usageBased: true,
  severities: [{ severity: "LOW", when: "tight without an alarm that fits, or with an alarm at or above today's timeout" }],
  settings: {},
  references: ["https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html"],

  judge(subject) {
    const { facts, durationAlarms, usualMs, deployTime } = subject;
    // whoever deploys sees it fail; an alarm would come later
    if (deployTime && durationAlarms.length === 0) return { answer: "clear" };
    const { timeoutSeconds, timeout } = facts;
    const watched = { timeoutSeconds, ...(usualMs === undefined ? {} : { usualMs }) };
    const fits = durationAlarms.some((alarm) => !alarm.computed && misfitOf(alarm, watched) === undefined);
    if (fits) return { answer: "clear" };
    const behind = durationAlarms.filter((alarm) => isBehindTimeout(alarm, timeoutSeconds));
    const misfits = timeout.verdict === "tight" ? durationAlarms.filter((alarm) => !alarm.computed) : behind;
    // cut off already: that is a finding of its own, and no alarm would help
    if (timeout.verdict === "timing-out") return { answer: "clear" };
    if (behind.length === 0 && (timeout.verdict === "unknown" || timeout.verdict === "insufficient-data")) {
      return { answer: "unknown", why: `timeout verdict is ${timeout.verdict}` };
    }
    if (behind.length === 0 && timeout.verdict !== "tight") return { answer: "clear" };
    const computed = durationAlarms.find((alarm) => alarm.computed);
    if (computed)
      return { answer: "unknown", why: `the alarm ${computed.name} computes with the run time: whether it fits cannot be told` };
    const reasons = misfits.map((alarm) => `${alarm.name}: ${misfitOf(alarm, watched)}`);
    const kind = misfits.length > 0 ? "misfit" : "none";
    return {
      answer: "hit",
      severity: "LOW",
      confidence: timeout.confidence,
      materialKey: [kind, timeoutSeconds, ...misfits.map(({ name }) => name).sort()].join("|"),
      evidence: evidenceOf(subject, reasons),
    };
  },

  word(evidence, resource) {
    const misfits = Array.isArray(evidence.alarmsThatDoNotFit) ? evidence.alarmsThatDoNotFit : [];
    const near =
      evidence.longestMs === null ? "" : `: longest run ${durationText(Number(evidence.longestMs))} of ${evidence.timeoutSeconds} s`;
    const title =
      misfits.length > 0
        ? `the alarm on ${resource.name} no longer fits its timeout of ${evidence.timeoutSeconds} s (${misfits[0]})`
        : `no alarm would tell that ${resource.name} comes close to its timeout${near}`;
    const stack = stackAdvice(text(evidence.stack) || undefined, text(evidence.logicalId) || undefined, "change the alarm, too,");
    const mend =
      misfits.length > 0
        ? `Set the threshold between the longest run and the timeout: ${evidence.thresholdMs} ms would do, Maximum of 60 s. `
        : "";
    return {
      title,
      remediation: {
        text: `${misfits.length > 0 ? stack : ""}${mend}Or let smalltarget make alarms that follow the timeout: the command says which, and what they cost; nothing is changed by it.`,
        commands: ["smalltarget alarms plan"],
      },
    };
  },
});

function evidenceOf({ facts }: FunctionSubject, reasons: readonly string[]): Evidence {
  const { duration, timeoutSeconds, timeout, stack } = facts;
  return {
    timeoutSeconds,
    longestMs: duration.longestMs ?? null,
    ...(timeout.headroom === undefined ? {} : { headroom: timeout.headroom }),
    thresholdMs: Math.min(
      criticalThresholdMs(timeoutSeconds),
      duration.longestMs === undefined ? Number.POSITIVE_INFINITY : warningThresholdMs(duration.longestMs, timeoutSeconds),
    ),
    ...(reasons.length > 0 ? { alarmsThatDoNotFit: reasons } : {}),
    ...(stack ? { stack: stack.name, logicalId: stack.logicalId ?? null } : {}),
  };
}
