import { functionRule } from "../../model/rule.ts";
import { tightSettings } from "../../usage/timeout-settings.ts";
import { percentText } from "../../wording/words.ts";
import { longestText, setTimeout, timeoutEvidence } from "./raise-timeout.ts";

/** A function whose longest run came close to its timeout. */
export const timeoutTooTight = functionRule({
  id: "lambda/timeout-too-tight",
  subject: "function",
  summary: "the longest run of a function came close to its timeout",
  why: "The next run that is a little slower, on a cold start or a slow day of something it calls, is cut off in the middle of its work.",
  needs: ["usage:own"],
  gone: ["functions:listed"],
  usageBased: true,
  severities: [
    { severity: "HIGH", when: "less than criticalHeadroom of the timeout was left" },
    { severity: "MEDIUM", when: "the timeout is less than tightRatio times the longest run" },
  ],
  settings: {
    ...tightSettings,
    criticalHeadroom: { default: 0.05, unit: "ratio", minimum: 0, meaning: "share of the timeout left free below which it is HIGH" },
  },
  references: ["https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html"],

  judge(subject, { settings }) {
    const { facts } = subject;
    const { verdict, headroom = 1 } = facts.timeout;
    if (verdict === "unknown" || verdict === "insufficient-data") return { answer: "unknown", why: `timeout verdict is ${verdict}` };
    if (verdict !== "tight") return { answer: "clear" };
    return {
      answer: "hit",
      severity: headroom < settings.criticalHeadroom ? "HIGH" : "MEDIUM",
      confidence: facts.timeout.confidence,
      materialKey: `tight|${facts.timeoutSeconds}`,
      evidence: timeoutEvidence(subject),
    };
  },

  word(evidence, resource) {
    const left = percentText(Number(evidence.headroom));
    return {
      title: `${resource.name} came within ${left} of its timeout: longest run ${longestText(evidence)} of ${evidence.timeoutSeconds} s`,
      remediation: setTimeout(evidence, resource, "Give it a margin before a slower day cuts it off."),
    };
  },
});
