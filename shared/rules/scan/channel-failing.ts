import { channelFailingCode } from "../../model/coverage.ts";
import type { CoverageRule } from "../../model/rule.ts";
import { text } from "../../wording/words.ts";

/** A channel takes no messages: said on all the others, wherever the routes lead. */
export const channelFailing: CoverageRule = {
  id: "scan/channel-failing",
  subject: "coverage",
  summary: "a channel has taken no messages for a day",
  why: "Whoever reads that channel does not hear what happens, and does not know it. What it has not heard is kept, and sent when it works again.",
  needs: [],
  gone: [],
  usageBased: false,
  severities: [{ severity: "HIGH", when: "a channel of the settings has not accepted what it was sent for a day" }],
  settings: {},
  references: [],

  judge({ collector, code, message = "" }) {
    if (code !== channelFailingCode) return { answer: "clear" };
    const [since = "", ...error] = message.split(" ");
    return {
      answer: "hit",
      severity: "HIGH",
      confidence: "high",
      materialKey: "failing",
      evidence: { channel: collector.replace(/^channel /, ""), failingSince: since, message: error.join(" ") },
    };
  },

  word({ channel, failingSince, message }) {
    const name = text(channel);
    return {
      title: `Channel ${name} has taken no messages since ${text(failingSince).slice(0, 16).replace("T", " ")} UTC`,
      remediation: {
        text: `It says: ${text(message) || "nothing"}. Mend it and send a test message; what it has not heard is sent by the next scan, once.`,
        commands: [`smalltarget channels test ${name}`],
      },
    };
  },
};
