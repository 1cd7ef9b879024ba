/** What the rules about timeouts share: the change, and the queue change that it carries. */
import { longestVisibilitySeconds, visibilityTimeoutFactor } from "../../data/service-limits.ts";
import { parseArn } from "../../model/arn.ts";
import type { Evidence, Remediation } from "../../model/finding.ts";
import type { ResourceRef } from "../../model/resource.ts";
import type { FunctionSubject } from "../../model/rule-subject.ts";
import { awsCommand, stackAdvice } from "../../wording/aws-cli.ts";
import { durationText } from "../../wording/words.ts";
import { aliasesText, pointAliases, publishingAdvice } from "../behind-alias.ts";

/** Evidence every timeout finding shows. */
export function timeoutEvidence({ facts, queues }: FunctionSubject): Evidence {
  const { duration, timeout, timeoutSeconds, stack, behindAlias } = facts;
  const recommended = timeout.recommendedSeconds;
  const tooShort = queues.filter(
    (queue) => recommended !== undefined && queue.visibilityTimeoutSeconds < visibilityTimeoutFactor * recommended,
  );
  return {
    timeoutSeconds,
    longestMs: duration.longestMs ?? null,
    longestAt: duration.longestAt ?? null,
    samples: duration.samples,
    observedDays: duration.observedDays,
    ...(timeout.headroom === undefined ? {} : { headroom: timeout.headroom }),
    ...(recommended === undefined ? {} : { recommendedSeconds: recommended }),
    ...(timeout.chanceOfExceeding === undefined ? {} : { chanceOfExceeding: timeout.chanceOfExceeding }),
    ...(timeout.limitedBy ? { limitedBy: timeout.limitedBy } : {}),
    ...(timeout.atCeiling ? { atCeiling: true } : {}),
    ...(duration.extensionMs ? { extensionMs: duration.extensionMs } : {}),
    ...(behindAlias
      ? { aliases: [...behindAlias.aliases], version: behindAlias.version, latestTimeoutSeconds: behindAlias.latestTimeoutSeconds }
      : {}),
    ...(tooShort.length > 0 ? { queues: tooShort.map(({ arn }) => arn) } : {}),
    ...(stack ? { stack: stack.name, logicalId: stack.logicalId ?? null } : {}),
  };
}

/** `9.7 s`, or `0.1 s and 22 s of extensions after it`. */
export function longestText({ longestMs, extensionMs }: Evidence): string {
  const run = durationText(Number(longestMs));
  return extensionMs ? `${run} and ${durationText(Number(extensionMs))} of extensions after it` : run;
}

/** What to do where more time is not to be had. */
export function splitAdvice(evidence: Evidence): string {
  const by = typeof evidence.limitedBy === "string" ? evidence.limitedBy : "the longest timeout there is";
  return (
    `A longer timeout does not help: ${by}. Make the work asynchronous (start it with X-Amz-Invocation-Type 'Event', by a queue or by Step Functions, ` +
    "and let the caller ask for the result), or split it into smaller pieces."
  );
}

/** The command that sets the recommended timeout; where it is raised, the queues that feed the function come first. */
export function setTimeout(evidence: Evidence, resource: ResourceRef, reason: string): Remediation {
  const seconds = Number(evidence.recommendedSeconds);
  const stack = typeof evidence.stack === "string" ? evidence.stack : undefined;
  const logicalId = typeof evidence.logicalId === "string" ? evidence.logicalId : undefined;
  if (evidence.atCeiling === true) return { text: `${reason} ${splitAdvice(evidence)}`, commands: [] };
  if (!Number.isFinite(seconds)) {
    return {
      text: `${stackAdvice(stack, logicalId, "change it")}${reason} There is too little history to recommend a value.`,
      commands: [],
    };
  }
  const raises = seconds > Number(evidence.timeoutSeconds);
  const queues = raises && Array.isArray(evidence.queues) ? evidence.queues : [];
  const first =
    queues.length > 0
      ? `Raise the visibility timeout of ${queues.length === 1 ? "the queue" : "the queues"} that feed it first, or messages are handled twice. `
      : "";
  const bounded =
    typeof evidence.limitedBy === "string"
      ? ` More is of no use: ${evidence.limitedBy}; what needs longer has to be asynchronous, or split.`
      : "";
  const { commands, said } = settingOf(evidence, resource, seconds);
  return {
    text: `${stackAdvice(stack, logicalId, `set Timeout to ${seconds}`)}${reason} ${first}${said}${bounded}`,
    commands: [...queues.map((arn) => setVisibility(arn, visibilityTimeoutFactor * seconds)), ...commands],
  };
}

/** Sets the timeout of the function, and of what callers of its aliases get; the last command sets it back. */
function settingOf(evidence: Evidence, { name, region }: ResourceRef, seconds: number): { said: string; commands: readonly string[] } {
  const set = (timeout: number) => awsCommand("lambda", "update-function-configuration", { "function-name": name, timeout, region });
  const aliases = Array.isArray(evidence.aliases) ? evidence.aliases.map(String) : [];
  if (aliases.length === 0) {
    return {
      said: `Set it to ${seconds} s; the last command sets it back.`,
      commands: [set(seconds), set(Number(evidence.timeoutSeconds))],
    };
  }
  const now = aliases.map((alias) => ({ name: alias, version: String(evidence.version) }));
  const { forth, back } = pointAliases(name, region, now);
  const latest = Number(evidence.latestTimeoutSeconds);
  const change = latest === seconds ? [] : [set(seconds), awsCommand("lambda", "wait function-updated", { "function-name": name, region })];
  return {
    said:
      `Callers of ${aliasesText(aliases)} get version ${evidence.version}, which keeps its ${evidence.timeoutSeconds} s; the function itself has ${latest} s. ` +
      `Set that to ${seconds} s, publish a version and lead them there; the last command leads back. ${publishingAdvice}`,
    commands: [...change, ...forth, ...back],
  };
}

/** Sets a queue's visibility timeout; `aws` needs its URL. */
export function setVisibility(queueArn: string, seconds: number): string {
  const queue = parseArn(queueArn);
  const suffix = queue?.partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  return awsCommand("sqs", "set-queue-attributes", {
    "queue-url": `https://sqs.${queue?.region}.${suffix}/${queue?.account}/${queue?.resource}`,
    attributes: `VisibilityTimeout=${Math.min(longestVisibilitySeconds, Math.ceil(seconds))}`,
    region: queue?.region ?? "",
  });
}
