import { functionRule } from "../../model/rule.ts";
import { severityOfLoose } from "../../usage/timeout-formula.ts";
import { looseSettings } from "../../usage/timeout-settings.ts";
import { durationText } from "../../wording/words.ts";
import { longestText, setTimeout, timeoutEvidence } from "./raise-timeout.ts";

/** A function whose timeout is many times its longest run. */
export const timeoutTooLong = functionRule({
  id: "lambda/timeout-too-long",
  subject: "function",
  summary: "the timeout of a function is many times its longest run",
  why: "An unnecessarily long timeout gives an attacker, or a call that hangs, more time to do damage and to cost money.",
  needs: ["usage:own"],
  gone: ["functions:listed"],
  usageBased: true,
  severities: [
    { severity: "MEDIUM", when: "at least 10 times the recommendation and 60 s above it" },
    { severity: "LOW", when: "at least looseRatio times the recommendation and looseSeconds above it" },
  ],
  settings: looseSettings,
  references: ["https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html"],

  judge(subject) {
    const { facts } = subject;
    const { verdict, recommendedSeconds } = facts.timeout;
    if (verdict === "unknown" || verdict === "insufficient-data") return { answer: "unknown", why: `timeout verdict is ${verdict}` };
    // a deployment that is cut off half-way costs more than it waits, and the timeout is its tool's
    if (subject.deployTime) return { answer: "clear" };
    if (verdict !== "loose" || recommendedSeconds === undefined) return { answer: "clear" };
    return {
      answer: "hit",
      severity: severityOfLoose(facts.timeoutSeconds, recommendedSeconds),
      confidence: facts.timeout.confidence,
      materialKey: `loose|${facts.timeoutSeconds}`,
      evidence: timeoutEvidence(subject),
    };
  },

  word(evidence, resource) {
    return {
      title: `${resource.name} may run ${durationText(Number(evidence.timeoutSeconds) * 1000)} but never took longer than ${longestText(evidence)}`,
      remediation: setTimeout(evidence, resource, `Its longest run in ${evidence.observedDays} days took ${longestText(evidence)}.`),
    };
  },
});
