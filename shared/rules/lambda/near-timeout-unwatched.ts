import { isBehindTimeout, misfitOf, muteReasonOf } from "../../alarms/alarm-fit.ts";
import { criticalThresholdMs, warningThresholdMs } from "../../alarms/alarm-shape.ts";
import { type DurationAlarm, everyFunction } from "../../model/duration-alarm.ts";
import type { Evidence } from "../../model/finding.ts";
import { functionRule } from "../../model/rule.ts";
import type { FunctionSubject } from "../../model/rule-subject.ts";
import { stackAdvice } from "../../wording/aws-cli.ts";
import { durationText, text } from "../../wording/words.ts";

/** A function close to its timeout with no alarm that would say so, or with one that a change of the timeout left behind. */
export const nearTimeoutUnwatched = functionRule({
  id: "lambda/near-timeout-unwatched",
  subject: "function",
  summary: "no alarm would tell that a function comes close to its timeout, or the one there is no longer fits",
  why: "Close to its timeout, a function is one slow day away from being cut off; an alarm made for another timeout looks like safety and never goes off.",
  needs: ["usage:own", "durationAlarms"],
  gone: ["functions:listed"],
  usageBased: true,
  severities: [
    { severity: "LOW", when: "tight without an alarm that fits and that somebody hears, or with an alarm at or above today's timeout" },
  ],
  settings: {},
  references: ["https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html"],

  judge(subject) {
    const { facts, durationAlarms, usualMs, deployTime } = subject;
    // whoever deploys sees it fail; an alarm would come later
    if (deployTime && durationAlarms.length === 0) return { answer: "clear" };
    const { timeoutSeconds, timeout, duration } = facts;
    const watched = { timeoutSeconds, duration, ...(usualMs === undefined ? {} : { usualMs }) };
    const fitting = durationAlarms.filter((alarm) => !alarm.computed && misfitOf(alarm, watched) === undefined);
    if (fitting.some((alarm) => muteReasonOf(alarm) === undefined)) return { answer: "clear" };
    // one over all functions was not made for this one: where it does not fit, it is none
    const made = durationAlarms.filter(({ functionName }) => functionName !== everyFunction);
    const behind = made.filter((alarm) => isBehindTimeout(alarm, timeoutSeconds));
    // cut off already: that is a finding of its own, and no alarm would help
    if (timeout.verdict === "timing-out") return { answer: "clear" };
    if (behind.length === 0 && (timeout.verdict === "unknown" || timeout.verdict === "insufficient-data")) {
      return { answer: "unknown", why: `timeout verdict is ${timeout.verdict}` };
    }
    if (behind.length === 0 && timeout.verdict !== "tight") return { answer: "clear" };
    const computed = durationAlarms.find((alarm) => alarm.computed);
    if (computed)
      return { answer: "unknown", why: `the alarm ${computed.name} computes with the run time: whether it fits cannot be told` };
    const misfits = timeout.verdict === "tight" ? made.filter((alarm) => !fitting.includes(alarm)) : behind;
    const kind = fitting.length > 0 ? "mute" : misfits.length > 0 ? "misfit" : "none";
    const named = kind === "mute" ? fitting : misfits;
    return {
      answer: "hit",
      severity: "LOW",
      confidence: timeout.confidence,
      materialKey: [kind, timeoutSeconds, ...named.map(({ name }) => name).sort()].join("|"),
      evidence: {
        ...evidenceOf(subject),
        ...reasons("alarmsThatReachNobody", fitting, muteReasonOf),
        ...reasons("alarmsThatDoNotFit", misfits, (alarm) => misfitOf(alarm, watched)),
      },
    };
  },

  word(evidence, resource) {
    const misfits = Array.isArray(evidence.alarmsThatDoNotFit) ? evidence.alarmsThatDoNotFit : [];
    const mute = Array.isArray(evidence.alarmsThatReachNobody) ? evidence.alarmsThatReachNobody : [];
    const near =
      evidence.longestMs === null ? "" : `: longest run ${durationText(Number(evidence.longestMs))} of ${evidence.timeoutSeconds} s`;
    const title =
      mute.length > 0
        ? `nobody would hear the alarm on ${resource.name} (${mute[0]})`
        : misfits.length > 0
          ? `the alarm on ${resource.name} does not fit its timeout of ${evidence.timeoutSeconds} s (${misfits[0]})`
          : `no alarm would tell that ${resource.name} comes close to its timeout${near}`;
    if (mute.length > 0) {
      return {
        title,
        remediation: {
          text: "It fits: give it an action, e.g. a topic that somebody reads, or switch its actions on. Or let smalltarget make alarms that follow the timeout: the command says which, and what they cost; nothing is changed by it.",
          commands: ["smalltarget alarms plan"],
        },
      };
    }
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

function reasons(name: string, alarms: readonly DurationAlarm[], why: (alarm: DurationAlarm) => string | undefined): Evidence {
  return alarms.length > 0 ? { [name]: alarms.map((alarm) => `${alarm.name}: ${why(alarm)}`) } : {};
}

function evidenceOf({ facts }: FunctionSubject): Evidence {
  const { duration, timeoutSeconds, timeout, stack } = facts;
  return {
    timeoutSeconds,
    longestMs: duration.longestMs ?? null,
    ...(timeout.headroom === undefined ? {} : { headroom: timeout.headroom }),
    thresholdMs: Math.min(
      criticalThresholdMs(timeoutSeconds),
      duration.longestMs === undefined ? Number.POSITIVE_INFINITY : warningThresholdMs(duration.longestMs, timeoutSeconds),
    ),
    ...(stack ? { stack: stack.name, logicalId: stack.logicalId ?? null } : {}),
  };
}
