import { describe, expect, test } from "vitest";
import { describeTopic } from "../../../shared/describe/topic.ts";
import type { Resource } from "../../../shared/model/graph.ts";
import { aResource, resourceRule, resourceSubject, wordedResource } from "../a-resource-subject.ts";
import { contextOf, single } from "../a-subject.ts";

const id = "scan/nobody-listens";
const arn = "arn:aws:sns:eu-west-1:111122223333:SmallTarget-Messages";
const ours = (part: string) => ({ "smalltarget:app": "watchdog", "smalltarget:part": part });

function topic(details: Resource["details"], tags: Resource["tags"] = ours("messages")): Resource {
  return aResource("AWS::SNS::Topic", { arn, name: "SmallTarget-Messages", ...(tags ? { tags } : {}), ...(details ? { details } : {}) });
}

function judge(resource: Resource, topics?: readonly string[]) {
  const rule = resourceRule(id);
  return single(rule.judge(resourceSubject(resource), { ...contextOf(rule), ...(topics ? { topics } : {}) }));
}

describe("scan/nobody-listens", () => {
  test("is HIGH where nobody has confirmed a subscription to the findings, MEDIUM for the alarms about the watchdog", () => {
    expect(judge(topic({ subscriptions: 0 }))).toMatchObject({ severity: "HIGH", materialKey: "none" });
    expect(judge(topic({ subscriptions: 2, pending: 2 }))).toMatchObject({ severity: "HIGH", materialKey: "none yet" });
    expect(judge(topic({ subscriptions: 0 }, ours("operations")))).toMatchObject({ severity: "MEDIUM" });
    expect(wordedResource(id, topic({ subscriptions: 1, pending: 1 })).title).toBe(
      "Nobody gets the messages about findings: topic SmallTarget-Messages has no confirmed subscriber, 1 subscription waits to be confirmed",
    );
  });

  test("is LOW where some have and somebody has not, and clear where all have", () => {
    expect(judge(topic({ subscriptions: 3, pending: 1 }))).toMatchObject({ severity: "LOW", materialKey: "some" });
    expect(judge(topic({ subscriptions: 3 }))).toEqual({ answer: "clear" });
    const { title, remediation } = wordedResource(id, topic({ subscriptions: 3, pending: 2 }));
    expect(title).toBe(
      "2 subscriptions wait to be confirmed for topic SmallTarget-Messages: whoever it is for gets no messages about findings",
    );
    expect(remediation.commands).toEqual([`aws sns list-subscriptions-by-topic --topic-arn ${arn} --region eu-west-1`]);
  });

  test("says nothing of anybody else's topic, nor of the stack's where the settings send elsewhere", () => {
    expect(judge(topic({ subscriptions: 0 }, { team: "payments" }))).toEqual({ answer: "clear" });
    expect(judge(topic({ subscriptions: 0 }), [])).toEqual({ answer: "clear" });
    expect(judge(topic({ subscriptions: 0 }), ["stack"])).toMatchObject({ severity: "HIGH" });
    expect(judge(topic({ subscriptions: 0 }, {}), [arn])).toMatchObject({ severity: "HIGH" });
    expect(judge(topic({ subscriptions: 0 }, ours("operations")), [])).toMatchObject({ severity: "MEDIUM" });
  });

  test("cannot tell where subscriptions could not be listed", () => {
    expect(judge(topic({ unread: ["subscriptions"] }))).toMatchObject({ answer: "unknown" });
  });

  test("goes by what SNS lists: who waits is counted, and is no subscriber yet", () => {
    const place = { account: "111122223333", region: "eu-west-1", now: new Date("2026-11-24T06:00:00Z") };
    const { resource } = describeTopic(arn, undefined, [{ Protocol: "email", pending: true }, { Protocol: "email" }], place);
    expect(resource?.details).toMatchObject({ subscriptions: 2, pending: 1, protocols: ["email"] });
    expect(describeTopic(arn, undefined, [{ Protocol: "email" }], place).resource?.details).not.toHaveProperty("pending");
  });
});
