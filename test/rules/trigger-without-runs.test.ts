import { describe, expect, test } from "vitest";
import type { FailingTrigger } from "../../shared/model/rule-subject.ts";
import { aSubject, judge, worded } from "./a-subject.ts";

const id = "lambda/trigger-without-runs";
const rule = "arn:aws:events:eu-west-1:111122223333:rule/nightly";
const silent = (failing: readonly FailingTrigger[], quietDays = 120, more: object = {}) =>
  aSubject(
    { lastInvocation: { state: "invoked", at: "2026-07-27", quietDays, source: "metrics", lookbackDays: 455 }, ...more },
    { failing },
  );
const missed = (more: Partial<FailingTrigger> = {}): FailingTrigger => ({ kind: "rule", arn: rule, missedRuns: 120, ...more });

describe(id, () => {
  test("an enabled schedule that should have run again and again is broken, and nothing is to be deleted or switched off", () => {
    const subject = silent([missed({ startedDays: 30, failedStarts: 30, permitted: false })]);
    expect(judge(id, subject)).toMatchObject({ answer: "hit", severity: "MEDIUM", confidence: "high" });
    const { title, remediation } = worded(id, subject);
    expect(title).toContain("nightly is on and should have run about 120 times");
    expect(remediation.text).toContain("lets no rule call it");
    expect(remediation.commands.join("\n")).not.toMatch(/delete|disable|remove|put-function-concurrency/);
    // and it is not called unused beside that
    expect(judge("lambda/unused-function", subject)).toEqual({ answer: "clear" });
  });

  test("a schedule's group says that starts failed; that another of the group failed proves nothing", () => {
    const schedule = "arn:aws:scheduler:eu-west-1:111122223333:schedule/night/backup";
    const subject = silent([missed({ kind: "schedule", arn: schedule, failedInGroup: 40 })]);
    expect(judge(id, subject)).toMatchObject({ answer: "hit", confidence: "medium" });
    expect(worded(id, subject).remediation.text).toContain("counts 40 starts in 30 days that failed, of all schedules of its group");
    const silentGroup = silent([missed({ kind: "schedule", arn: schedule, failedInGroup: 0 })]);
    expect(worded(id, silentGroup).remediation.text).not.toContain("counts 0");
  });

  test("few runs, a rule that began lately, a day's silence, or a function that is switched off say nothing", () => {
    expect(judge(id, silent([missed({ missedRuns: 2 })]))).toEqual({ answer: "clear" });
    expect(judge(id, silent([missed({ startedDays: 1 })]))).toEqual({ answer: "clear" });
    expect(judge(id, silent([missed()], 1))).toEqual({ answer: "clear" });
    expect(judge(id, silent([missed()], 120, { activity: "switched-off" }))).toEqual({ answer: "clear" });
  });

  test("a queue that fills names the mapping's state and what it says", () => {
    const queue = "arn:aws:sqs:eu-west-1:111122223333:work";
    const subject = silent([
      {
        kind: "event-source-mapping",
        arn: queue,
        messages: 40,
        uuid: "0f",
        mappingState: "Enabled",
        lastResult: "PROBLEM: Function call failed",
      },
    ]);
    const { title, remediation } = worded(id, subject);
    expect(title).toContain("About 40 messages wait in work");
    expect(remediation.text).toContain("PROBLEM: Function call failed");
    expect(remediation.commands.at(-1)).toContain("get-event-source-mapping");
  });

  test("where last use is unknown, nothing is known of this either", () => {
    const unknown = { state: "unknown", source: "none", lookbackDays: 0, why: "denied" } as const;
    expect(judge(id, aSubject({ lastInvocation: unknown }, { failing: [missed()] }))).toEqual({ answer: "unknown", why: "denied" });
  });
});

describe("a function that was switched off", () => {
  const off = (refusedCalls: number | null) => {
    const { candidate, ...subject } = silent([]);
    return {
      ...subject,
      candidate: { arn: subject.facts.arn, readAt: "x", reservedConcurrency: 0, refusedCalls },
      switchedOffSince: "2026-09-01T00:00:00Z",
    };
  };

  test("is to be removed only where its refused calls were counted and there were none", () => {
    const commands = (refused: number | null) => worded("lambda/unused-function", off(refused)).remediation.commands.join("\n");
    expect(commands(0)).toContain("delete-function ");
    expect(commands(40)).not.toContain("delete-function ");
    expect(commands(null)).not.toContain("delete-function ");
    expect(worded("lambda/unused-function", off(40)).remediation.text).toContain("40 calls were refused");
  });
});
