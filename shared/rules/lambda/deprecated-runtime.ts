import { runtimeDeprecations, runtimeMoves, runtimeSuccessors } from "../../data/runtimes.ts";
import { dayOf } from "../../model/day.ts";
import { functionRule } from "../../model/rule.ts";
import { awsCommand, stackAdvice } from "../../wording/aws-cli.ts";
import { dateText, text } from "../../wording/words.ts";

const yearDays = 365;

/** A function on a runtime that AWS no longer patches, or soon will not. */
export const deprecatedRuntime = functionRule({
  id: "lambda/deprecated-runtime",
  subject: "function",
  summary: "the runtime of a function gets no security updates any more, or soon will not",
  why: "AWS does not patch deprecated runtimes, gives no support for them, and blocks first new functions and then updates.",
  needs: [],
  gone: ["functions:listed"],
  usageBased: false,
  severities: [
    { severity: "HIGH", when: "deprecated for a year or longer" },
    { severity: "MEDIUM", when: "deprecated" },
    { severity: "LOW", when: "will be deprecated within warnDays" },
  ],
  settings: { warnDays: { default: 180, unit: "days", minimum: 0, meaning: "warns this long before the date" } },
  references: ["https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html"],

  judge({ facts, configuration }, { now, settings }) {
    const { runtime } = facts;
    // image functions have no runtime; one that the table does not know is newer than the table
    const date = runtime === undefined ? undefined : runtimeDeprecations[runtime];
    if (runtime === undefined || date === undefined) return { answer: "clear" };
    const ageDays = dayOf(now) - dayOf(date);
    if (ageDays < -settings.warnDays) return { answer: "clear" };
    const severity = ageDays >= yearDays ? "HIGH" : ageDays >= 0 ? "MEDIUM" : "LOW";
    const move = runtimeMoves.find(([prefix]) => runtime.startsWith(prefix))?.[1];
    const successor = runtimeSuccessors.find(([prefix]) => runtime.startsWith(prefix))?.[1] ?? null;
    return {
      answer: "hit",
      severity,
      confidence: "high",
      materialKey: `${runtime}|${severity}`,
      evidence: {
        runtime,
        deprecatedOn: date,
        isDeprecated: ageDays >= 0,
        successor,
        ...(move ? { changesWithIt: move.note } : {}),
        ...(move?.handler ? { newHandler: move.handler, handler: configuration.handler ?? null } : {}),
        ...(facts.stack ? { stack: facts.stack.name, logicalId: facts.stack.logicalId ?? null } : {}),
      },
    };
  },

  word(evidence, resource) {
    const when = dateText(String(evidence.deprecatedOn));
    const title = evidence.isDeprecated
      ? `${resource.name} runs on ${evidence.runtime}, which AWS stopped patching on ${when}`
      : `${resource.name} runs on ${evidence.runtime}, which AWS stops patching on ${when}`;
    const successor = text(evidence.successor);
    const { changesWithIt, newHandler, handler } = evidence;
    const set = (runtime: string, handlerThen: unknown) =>
      awsCommand("lambda", "update-function-configuration", {
        "function-name": resource.name,
        runtime,
        ...(typeof handlerThen === "string" ? { handler: handlerThen } : {}),
        region: resource.region,
      });
    const note = typeof changesWithIt === "string" ? ` ${changesWithIt}` : "";
    const handlerInStack = typeof newHandler === "string" ? ` and Handler to ${newHandler}` : "";
    const inStack = stackAdvice(
      text(evidence.stack) || undefined,
      text(evidence.logicalId) || undefined,
      `set Runtime to ${successor}${handlerInStack}`,
    );
    return {
      title,
      remediation: {
        text: `${inStack}Test the code on ${successor}, then change the runtime; the second command changes it back while AWS still allows updates.${note}`,
        commands: [set(successor, newHandler), set(String(evidence.runtime), newHandler === undefined ? undefined : handler)],
      },
    };
  },
});
