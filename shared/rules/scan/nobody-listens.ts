import { isOurs, ownPartTag } from "../../model/left-alone.ts";
import { resourceRule } from "../../model/rule.ts";
import { awsCommand } from "../../wording/aws-cli.ts";
import { text } from "../../wording/words.ts";

/** What reaches nobody when nobody is subscribed, by the part of our stack that the topic is. */
const told: Readonly<Record<string, string>> = {
  messages: "messages about findings",
  operations: "alarms about the watchdog itself",
};

/** A topic that the watchdog publishes to has no subscriber, or has some that never confirmed. */
export const nobodyListens = resourceRule({
  id: "scan/nobody-listens",
  subject: "resource",
  summary: "nobody is subscribed to a topic of the watchdog, or somebody who never confirmed",
  why: "SNS takes a message and throws it away when nobody is subscribed: the watchdog works, and nobody hears of it.",
  needs: ["sns:own"],
  gone: ["sns:listed"],
  types: ["AWS::SNS::Topic"],
  judgesOurs: true,
  usageBased: false,
  severities: [
    { severity: "HIGH", when: "nobody has confirmed a subscription to the topic of the findings" },
    { severity: "MEDIUM", when: "nobody has to the topic of the alarms about the watchdog" },
    { severity: "LOW", when: "others have, and somebody has not yet" },
  ],
  settings: {},
  references: ["https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.confirm.html"],

  judge({ resource: { arn, tags = {}, details = {} } }, { topics }) {
    const part = isOurs(tags) ? (tags[ownPartTag] ?? "") : "";
    const isChannel = topics ? topics.includes(arn) || (part === "messages" && topics.includes("stack")) : part === "messages";
    if (!isChannel && part !== "operations") return { answer: "clear" };
    const { subscriptions, pending = 0, unread } = details;
    if (typeof subscriptions !== "number" || (Array.isArray(unread) && unread.includes("subscriptions")))
      return { answer: "unknown", why: "who is subscribed could not be listed" };
    const waiting = Number(pending);
    const confirmed = subscriptions - waiting;
    if (confirmed > 0 && waiting === 0) return { answer: "clear" };
    return {
      answer: "hit",
      severity: confirmed > 0 ? "LOW" : isChannel ? "HIGH" : "MEDIUM",
      confidence: "high",
      materialKey: confirmed > 0 ? "some" : waiting > 0 ? "none yet" : "none",
      evidence: { carries: (isChannel ? told.messages : told.operations) ?? null, confirmed, pending: waiting },
    };
  },

  word({ confirmed, pending, carries }, { arn, name, region }) {
    const waiting = `${pending} ${pending === 1 ? "subscription waits" : "subscriptions wait"} to be confirmed`;
    const look = awsCommand("sns", "list-subscriptions-by-topic", { "topic-arn": arn, region });
    const subscribe =
      "smalltarget subscribe EMAIL and then smalltarget confirm with the link from the mail make one that no mail scanner can end.";
    if (Number(confirmed) > 0) {
      return {
        title: `${waiting} for topic ${name}: whoever it is for gets no ${text(carries)}`,
        remediation: {
          text: `Confirm with smalltarget confirm and the link from the mail, or let it be: AWS forgets it by itself. ${subscribe}`,
          commands: [look],
        },
      };
    }
    return {
      title: `Nobody gets the ${text(carries)}: topic ${name} has no confirmed subscriber${Number(pending) > 0 ? `, ${waiting}` : ""}`,
      remediation: { text: subscribe, commands: [look] },
    };
  },
});
