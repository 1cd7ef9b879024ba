import { twinOf } from "../../graph/copies.ts";
import { resourceRule } from "../../model/rule.ts";
import { awsCommand, stackAdvice } from "../../wording/aws-cli.ts";
import { daysText, text, trialDays } from "../../wording/words.ts";
import { startNeeds } from "./quiet.ts";

/** A function that is the forgotten other one of two: same code, same settings, same name but for `-copy`, `-old`, `-v2`; its twin has the calls. */
export const redundantCopy = resourceRule({
  id: "lambda/redundant-copy",
  subject: "resource",
  summary: "a function is a copy of another one, which gets all the calls",
  why: "Somebody kept the old one, or tried the new one beside it. It keeps its role, triggers and libraries, and whoever mends a hole mends it in one of the two.",
  needs: ["functions", "usage:own", "tags", ...startNeeds],
  gone: ["functions:listed"],
  types: ["AWS::Lambda::Function"],
  yieldsTo: ["lambda/trigger-without-runs", "lambda/only-warmed-function"],
  usageBased: true,
  severities: [{ severity: "LOW", when: "its twin is called and it is not" }],
  settings: {
    quietDays: {
      default: 30,
      unit: "days",
      minimum: 1,
      meaning: "not called for this long, or twice the longest wait of its own schedule",
    },
  },
  references: ["https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html"],

  judge({ resource, functionOf, copies = [] }, { settings }) {
    const facts = functionOf(resource.arn);
    if (!facts || copies.length === 0) return { answer: "clear" };
    if (facts.activity === "dormant-by-role" || facts.activity === "paused") return { answer: "clear" };
    const { state, quietDays, at, why } = facts.lastInvocation;
    if (state === "unknown" || quietDays === undefined) return { answer: "unknown", why: why ?? "its last use is unknown" };
    const limit = settings.quietDays;
    const waits = facts.triggers.flatMap(({ enabled, periodDays }) => (enabled && periodDays ? [2 * periodDays] : []));
    const twin = twinOf(facts, copies, limit);
    const unknown = copies.find(({ lastInvocation }) => lastInvocation.state === "unknown");
    if (!twin && unknown) return { answer: "unknown", why: `whether ${unknown.name} is called could not be told` };
    // fed by something of its own, it has work of its own: a partition, a tenant, a shard
    if (twin && facts.triggers.some((own) => own.enabled && !twin.triggers.some(({ arn }) => arn === own.arn))) return { answer: "clear" };
    if (!twin || quietDays < Math.max(limit, ...waits)) return { answer: "clear" };
    return {
      answer: "hit",
      severity: "LOW",
      confidence: facts.confidence === "high" ? "high" : "medium",
      materialKey: twin.name,
      evidence: {
        copyOf: twin.name,
        codeSha256: facts.codeSha256 ?? null,
        lastInvokedAt: at ?? null,
        quietDays,
        copyOfQuietDays: twin.lastInvocation.quietDays ?? null,
        ...(facts.stack ? { stack: facts.stack.name, logicalId: facts.stack.logicalId ?? null } : {}),
      },
    };
  },

  word(evidence, { name, region }) {
    const options = { "function-name": name, region };
    const inStack = stackAdvice(text(evidence.stack) || undefined, text(evidence.logicalId) || undefined, "remove it");
    return {
      title: `${name} has the code of ${evidence.copyOf}, which gets the calls; it got none for ${daysText(Number(evidence.quietDays))}`,
      remediation: {
        text: `${inStack}Keep ${evidence.copyOf}. Switch this one off, which can be undone (second command); when nobody has missed it for ${daysText(trialDays)}, delete it (third).`,
        commands: [
          awsCommand("lambda", "put-function-concurrency", {
            "function-name": name,
            "reserved-concurrent-executions": 0,
            region,
          }),
          awsCommand("lambda", "delete-function-concurrency", options),
          awsCommand("lambda", "delete-function", options),
        ],
      },
    };
  },
});
