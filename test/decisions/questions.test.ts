import { describe, expect, test } from "vitest";
import { planQuestions, questionId, quietResources } from "../../shared/decisions/questions.ts";
import type { DocumentFinding } from "../../shared/model/document.ts";
import type { Question, QuestionEvent } from "../../shared/model/question.ts";
import { aFinding, arn, day } from "./a-decision.ts";

const quiet = (more: Partial<DocumentFinding> = {}): DocumentFinding => ({
  ...aFinding({ rule: "lambda/unused-function", severity: "LOW" }),
  status: "NEW",
  firstSeenAt: day(1).toISOString(),
  changedAt: day(1).toISOString(),
  ...more,
});
const resources = quietResources([quiet()], "shop");
const question = questionId(arn);

function history(...steps: [number, QuestionEvent["kind"], Partial<QuestionEvent>?][]): Question[] {
  const events = steps.map(
    ([on, kind, more]): QuestionEvent => ({ question, arn, kind, at: day(on).toISOString(), by: "ada", owner: "shop", ...more }),
  );
  return [{ id: question, arn, events }];
}

/** What happens on a day, after this history. */
function on(number: number, ...steps: Parameters<typeof history>): string {
  const { ask, escalate, waiting, answered } = planQuestions(resources, steps.length > 0 ? history(...steps) : [], day(number));
  if (ask[0]) return `round ${ask[0].round}`;
  if (escalate[0]) return `unclaimed: ${escalate[0].because}`;
  return waiting > 0 ? "waits" : answered > 0 ? "answered" : "nothing";
}

describe("quiet resources", () => {
  test("are those whose finding says that nothing uses them, of that owner alone, each once, the gravest reason first", () => {
    const findings = [
      quiet(),
      quiet({ id: "F-0000000002", rule: "lambda/redundant-copy", severity: "MEDIUM", title: "a copy" }),
      quiet({ id: "F-0000000003", rule: "lambda/timeout-too-long", resource: { ...aFinding().resource, arn: "arn:b" } }),
      quiet({ id: "F-0000000004", rule: "iam/unused-service-access", resource: { ...aFinding().resource, arn: "arn:c" } }),
      quiet({ id: "F-0000000005", owner: { team: "shop2" }, resource: { ...aFinding().resource, arn: "arn:d" } }),
      quiet({ id: "F-0000000006", status: "SUPPRESSED", resource: { ...aFinding().resource, arn: "arn:e" } }),
    ];
    expect(quietResources(findings, "shop")).toMatchObject([{ arn, why: "a copy", severity: "MEDIUM", question }]);
    expect(quietResources(findings, "")).toEqual([]);
  });
});

describe("a question", () => {
  test("is asked, not again within a week, then once more, then said to the account's owner, once", () => {
    expect(on(1)).toBe("round 1");
    expect(on(7, [1, "asked"])).toBe("waits");
    expect(on(8, [1, "asked"])).toBe("round 2");
    expect(on(14, [1, "asked"], [8, "asked"])).toBe("waits");
    expect(on(15, [1, "asked"], [8, "asked"])).toBe("unclaimed: silence");
    expect(on(40, [1, "asked"], [8, "asked"], [15, "escalated"])).toBe("waits");
  });

  test("that was answered is not asked again while the answer counts", () => {
    expect(on(30, [1, "asked"], [2, "can-go"])).toBe("answered");
    const until = { until: day(20).toISOString() };
    expect(on(19, [1, "asked"], [2, "needed", until])).toBe("answered");
    expect(on(20, [1, "asked"], [2, "needed", until])).toBe("round 1");
  });

  test("that was refused is said to the account's owner; a new owner is asked", () => {
    expect(on(3, [1, "asked"], [2, "not-mine"])).toBe("unclaimed: not-mine");
    expect(on(3, [1, "asked", { owner: "core" }], [2, "not-mine", { owner: "core" }])).toBe("round 1");
    expect(on(9, [1, "asked", { owner: "core" }], [8, "asked", { owner: "core" }])).toBe("round 1");
  });

  test("about what nobody owns goes on being asked weekly, and is never said twice a week", () => {
    const orphans = quietResources([quiet({ owner: {} })], "");
    const plan = (number: number, ...steps: Parameters<typeof history>) => {
      const nobody = history(...steps).map((one) => ({ ...one, events: one.events.map((event) => ({ ...event, owner: "" })) }));
      return planQuestions(orphans, nobody, day(number));
    };
    expect(plan(22, [1, "asked"], [8, "asked"], [15, "asked"]).ask).toHaveLength(1);
    expect(plan(20, [1, "asked"], [8, "asked"], [15, "asked"]).waiting).toBe(1);
    expect(plan(3, [1, "asked"], [2, "not-mine"]).waiting).toBe(1);
  });
});
