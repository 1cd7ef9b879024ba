import { expect, test } from "vitest";
import { questionId, unclaimedResources } from "../../shared/decisions/questions.ts";
import type { DocumentFinding } from "../../shared/model/document.ts";
import type { Question, QuestionEvent } from "../../shared/model/question.ts";
import { recall, remember } from "../../shared/today/memory.ts";
import { worthDoing } from "../../shared/today/worth-doing.ts";
import { aDocument, aDocumentFinding } from "../build.ts";

const now = new Date("2026-11-25T08:00:00Z");
const arnOf = (name: string) => `arn:aws:sqs:eu-west-1:111122223333:${name}`;
const daysAgo = (days: number) => new Date(now.getTime() - days * 86_400_000).toISOString();

function quiet(number: number, team = "payments"): DocumentFinding {
  const name = `q-${number}`;
  const resource = { arn: arnOf(name), type: "AWS::SQS::Queue", name, account: "111122223333", region: "eu-west-1" };
  return aDocumentFinding({ id: `F-000000000${number}`, rule: "sqs/unused-queue", resource, owner: { team } });
}

function asked(number: number, ...events: [QuestionEvent["kind"], number][]): Question {
  const arn = arnOf(`q-${number}`);
  const id = questionId(arn);
  return { id, arn, events: events.map(([kind, days]) => ({ question: id, arn, kind, at: daysAgo(days), by: "me", owner: "payments" })) };
}

function talk(findings: readonly DocumentFinding[], questions: readonly Question[]) {
  return worthDoing(aDocument({ findings }), { now, task: "talk", unclaimed: unclaimedResources(findings, questions, now) });
}

test("what an owner disowned, and what it has not answered in two rounds, is one talk with that owner", () => {
  const findings = [quiet(1), quiet(2), quiet(3)];
  const [one, ...more] = talk(findings, [
    asked(1, ["asked", 20], ["not-mine", 19]),
    asked(2, ["asked", 30], ["asked", 20], ["escalated", 10]),
    asked(3, ["asked", 20]),
  ]);
  expect(more).toEqual([]);
  expect(one).toMatchObject({
    key: "unclaimed payments",
    title: "Nobody claims 2 quiet resources: payments says of 1 that it is somebody else's, and has not answered two rounds about 1",
    command: `smalltarget own ${arnOf("q-1")} TEAM`,
    owners: [{ team: "payments" }],
  });
  expect(one?.findings.map(({ resource }) => resource)).toEqual(["q-1", "q-2"]);
});

test.each<[string, Question]>([
  ["was asked twice, the second time this week", asked(1, ["asked", 20], ["asked", 2])],
  ["was said to be free to go", asked(1, ["asked", 30], ["asked", 20], ["can-go", 19])],
  [
    "was disowned by a team that no longer owns it",
    { ...asked(1, ["not-mine", 9]), events: [{ ...asked(1, ["not-mine", 9]).events[0], owner: "core" } as QuestionEvent] },
  ],
])("what %s is not listed", (_, question) => {
  expect(talk([quiet(1)], [question])).toEqual([]);
});

test("is done when another owner is named", () => {
  const before = aDocument({ findings: [quiet(1)] });
  const shown = talk(before.findings, [asked(1, ["not-mine", 9])]);
  const memory = remember(recall(undefined, before, now), shown, now);
  const next = (team: string) => {
    const document = aDocument({ findings: [quiet(1, team)] });
    return recall(memory, { ...document, scan: { ...document.scan, id: "next" } }, now);
  };
  expect(next("core").done.map(({ key }) => key)).toEqual(["unclaimed payments"]);
  expect(next("payments").done).toEqual([]);
});
