/** A receiver of one's own: every message as documented JSON (docs/webhook-message.schema.json), signed where there is a key. */
import { createHmac } from "node:crypto";
import type { OptionsOf } from "../../channel-settings/kinds.ts";
import { type ChannelLimits, defaultLimits, type Message } from "../channel.ts";
import type { ChannelKind } from "../channel-kind.ts";
import { type FindingJson, findingsWithin, messageSchemaVersion } from "../finding-json.ts";
import { addressOf } from "./address-of.ts";
import { isAccepted, refusal } from "./refusal.ts";

/** Lists are cut into several messages: many receivers take 1 MB at most. */
const limits: ChannelLimits = { ...defaultLimits, findings: 500 };
/** Of the findings; text and labels of a message come to 100,000 at most. */
const findingsBytes = 850_000;

/** What is posted. */
export interface WebhookMessage
  extends Pick<Message, "id" | "kind" | "severity" | "subject" | "text" | "markdown" | "teams" | "envs" | "ruleGroups"> {
  readonly schemaVersion: typeof messageSchemaVersion;
  readonly account: string;
  readonly accountAlias?: string;
  readonly test: boolean;
  readonly nextSteps: readonly string[];
  readonly findings: readonly FindingJson[];
}

export const kind: ChannelKind<OptionsOf<"webhook">> = {
  kind: "webhook",
  open: (name, { url, signingKey }, means) => ({
    name,
    limits,
    async send(message) {
      const body = JSON.stringify(webhookMessage(message, means.account, name));
      const address = await addressOf(url, means);
      const signature: Record<string, string> =
        signingKey === undefined ? {} : { "x-smalltarget-signature": signatureOf(body, await means.secret(signingKey)) };
      const answer = await means.request({
        method: "POST",
        url: address,
        headers: { "content-type": "application/json", "idempotency-key": message.id, ...signature },
        body,
      });
      if (!isAccepted(answer)) throw refusal(name, answer, url);
      return { accepted: message.findingIds };
    },
  }),
};

/** `sha256=` and the HMAC of the exact body, in hexadecimal digits. */
export function signatureOf(body: string, key: string): string {
  return `sha256=${createHmac("sha256", key).update(body).digest("hex")}`;
}

export function webhookMessage(message: Message, account: string, channel: string): WebhookMessage {
  const { id, accountAlias, severity, subject, text, markdown, teams, envs, ruleGroups, nextSteps = [], findings, test = false } = message;
  return {
    schemaVersion: messageSchemaVersion,
    id,
    kind: message.kind,
    test,
    account,
    ...(accountAlias === undefined ? {} : { accountAlias }),
    severity,
    subject,
    text,
    markdown,
    nextSteps,
    teams,
    envs,
    ruleGroups,
    findings: findingsWithin(findings, channel, findingsBytes),
  };
}
