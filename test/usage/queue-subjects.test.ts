import { expect, test } from "vitest";
import type { RegionSnapshot } from "../../shared/model/snapshot.ts";
import { queueSubjects } from "../../shared/usage/queue-subjects.ts";
import { aSubject } from "../rules/a-subject.ts";

const subject = aSubject({ timeoutSeconds: 900 });
const arn = "arn:aws:sqs:eu-west-1:111122223333:orders";

function consumersOf(enabled: boolean): number {
  const mapping = { uuid: "1", functionArn: subject.facts.arn, sourceArn: arn, enabled, state: enabled ? "Enabled" : "Disabled" };
  const region = {
    region: "eu-west-1",
    queues: { items: [{ arn, visibilityTimeoutSeconds: 30 }] },
    eventSourceMappings: { items: [mapping] },
    tags: { items: [] },
  };
  const [queue] = queueSubjects(region as unknown as RegionSnapshot, [subject]);
  return queue?.consumers.length ?? -1;
}

test("a function takes messages of a queue only while its mapping is on", () => {
  expect(consumersOf(true)).toBe(1);
  expect(consumersOf(false)).toBe(0);
});
