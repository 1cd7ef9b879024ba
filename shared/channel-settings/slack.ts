/** Slack: an incoming webhook, or a bot that writes into one channel and keeps a thread per finding. */
import * as v from "valibot";
import { address, secretName } from "./schemas.ts";

const channelWords = 'the id of a Slack channel such as "C0123456789", or its name';

export const entries = {
  webhook: v.optional(secretName),
  /** Bot token with the scope chat:write. */
  token: v.optional(secretName),
  channel: v.optional(
    v.pipe(v.string(`must be ${channelWords}`), v.regex(/^#?[\w-]{1,80}$/, `must be ${channelWords}`), v.description(channelWords)),
  ),
  /** Slack's API for the bot; GovSlack has another. */
  api: v.optional(address, "https://slack.com/api"),
};

/** One of the two ways, not both, not half of one. */
export function mistakeIn({ webhook, token, channel }: v.InferOutput<v.ObjectSchema<typeof entries, undefined>>): string | undefined {
  if (webhook !== undefined) {
    return token === undefined && channel === undefined
      ? undefined
      : 'has "webhook" and also "token" or "channel": a webhook knows its channel; leave the others out, or leave "webhook" out for the bot';
  }
  return token !== undefined && channel !== undefined ? undefined : 'needs "webhook", or "token" and "channel" of a bot';
}
