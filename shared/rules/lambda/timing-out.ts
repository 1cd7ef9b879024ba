import { dayOf } from "../../model/day.ts";
import { functionRule } from "../../model/rule.ts";
import { dateText } from "../../wording/words.ts";
import { setTimeout, timeoutEvidence } from "./raise-timeout.ts";

/** A function whose runs are cut off by its timeout. */
export const timingOut = functionRule({
  id: "lambda/timing-out",
  subject: "function",
  summary: "runs of a function are cut off by its timeout",
  why: "A run that is cut off has half done its work; queues and events repeat it, and the caller waits for nothing.",
  needs: ["usage:own"],
  gone: ["functions:listed"],
  usageBased: true,
  severities: [
    { severity: "HIGH", when: "cut off within the last recentDays" },
    { severity: "MEDIUM", when: "cut off earlier in the observed time" },
  ],
  settings: { recentDays: { default: 30, unit: "days", minimum: 1, meaning: "a cut-off within this time is HIGH" } },
  references: ["https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html"],

  judge(subject, { now, settings }) {
    const { facts } = subject;
    const { verdict } = facts.timeout;
    if (verdict === "unknown" || verdict === "insufficient-data") return { answer: "unknown", why: `timeout verdict is ${verdict}` };
    if (verdict !== "timing-out") return { answer: "clear" };
    const at = facts.duration.longestAt;
    const recent = at !== undefined && dayOf(now) - dayOf(at) < settings.recentDays;
    return {
      answer: "hit",
      severity: recent ? "HIGH" : "MEDIUM",
      confidence: facts.timeout.confidence,
      materialKey: `timing-out|${facts.timeoutSeconds}`,
      evidence: timeoutEvidence(subject),
    };
  },

  word(evidence, resource) {
    const at = typeof evidence.longestAt === "string" ? `, last on ${dateText(evidence.longestAt)}` : "";
    return {
      title: `${resource.name} was cut off by its timeout of ${evidence.timeoutSeconds} s${at}`,
      remediation: setTimeout(
        evidence,
        resource,
        "How long the cut-off runs would have taken is not known: look at what they wait for before giving them more time.",
      ),
    };
  },
});
