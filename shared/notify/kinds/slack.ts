/** Slack: an incoming webhook, or a bot that keeps what it says about one finding in one thread. */
import type { OptionsOf } from "../../channel-settings/kinds.ts";
import { cleanText } from "../../model/plain-text.ts";
import { type Answer, DeliveryError, defaultLimits, type Message, type Remembered } from "../channel.ts";
import type { ChannelKind, ChannelMeans, HttpAnswer } from "../channel-kind.ts";
import { addressOf } from "./address-of.ts";
import { isAccepted, refusal } from "./refusal.ts";
import { slackMessage } from "./slack-message.ts";

type Options = OptionsOf<"slack">;

export const kind: ChannelKind<Options> = {
  kind: "slack",
  open: (name, options, means) => ({
    name,
    limits: defaultLimits,
    send: (message, remembered) =>
      options.webhook === undefined
        ? sendAsBot(name, options, means, message, remembered)
        : sendToWebhook(name, options.webhook, means, message),
  }),
};

async function sendToWebhook(name: string, webhook: string, means: ChannelMeans, message: Message): Promise<Answer> {
  const url = await addressOf(webhook, means);
  const answer = await means.request({
    method: "POST",
    url,
    headers: { "content-type": "application/json" },
    body: JSON.stringify(slackMessage(message)),
  });
  if (!isAccepted(answer)) throw refusal(name, answer, webhook);
  return { accepted: message.findingIds };
}

/** What a bot that cannot write meets with every message (Slack, chat.postMessage, errors). */
const forGood = new Set([
  "access_denied",
  "account_inactive",
  "channel_not_found",
  "ekm_access_denied",
  "invalid_auth",
  "is_archived",
  "missing_scope",
  "no_permission",
  "not_allowed_token_type",
  "not_authed",
  "not_in_channel",
  "restricted_action",
  "team_access_not_granted",
  "token_expired",
  "token_revoked",
]);

async function sendAsBot(
  name: string,
  { token = "", channel = "", api }: Options,
  means: ChannelMeans,
  message: Message,
  remembered: readonly Remembered[],
): Promise<Answer> {
  const bearer = await means.secret(token);
  // a token with a line break in it would be a header of its own
  if (!/^[\x21-\x7e]+$/.test(bearer)) throw new DeliveryError(`${token}: what is kept there is no token of Slack`, true);
  const post = async (thread: string | undefined): Promise<Reply> => {
    const body = {
      channel,
      ...slackMessage(message),
      unfurl_links: false,
      unfurl_media: false,
      metadata: { event_type: "smalltarget_message", event_payload: { id: message.id } },
      ...(thread === undefined ? {} : { thread_ts: thread, reply_broadcast: message.findings.some(({ pending }) => pending.urgent) }),
    };
    const answer = await means.request({
      method: "POST",
      url: `${api.replace(/\/$/, "")}/chat.postMessage`,
      headers: { "content-type": "application/json; charset=utf-8", authorization: `Bearer ${bearer}` },
      body: JSON.stringify(body),
    });
    if (!isAccepted(answer)) throw refusal(name, answer, token);
    return replyOf(name, answer);
  };
  const thread = threadOf(message, channel, remembered);
  let reply = await post(thread);
  // somebody deleted what the thread hung from
  if (thread !== undefined && (reply.error === "thread_not_found" || reply.error === "message_not_found")) reply = await post(undefined);
  if (!reply.ok) throw refused(name, channel, reply.error, token);
  const [only, ...others] = message.findingIds;
  const begins = only !== undefined && others.length === 0 && thread === undefined && reply.ts !== undefined;
  return { accepted: message.findingIds, ...(begins ? { remember: { [only]: `${channel} ${reply.ts}` } } : {}) };
}

interface Reply {
  readonly ok: boolean;
  readonly ts?: string;
  readonly error: string;
}

/** A body that is no answer of Slack's is a gateway's in between: nobody knows whether it arrived. */
function replyOf(name: string, answer: HttpAnswer): Reply {
  try {
    const json: unknown = JSON.parse(answer.body);
    if (typeof json === "object" && json !== null && "ok" in json) {
      const { ok, ts, error } = json as { ok: unknown; ts?: unknown; error?: unknown };
      return {
        ok: ok === true,
        error: cleanText(String(error ?? "no reason given"), 80),
        ...(typeof ts === "string" && /^[\d.]{1,40}$/.test(ts) ? { ts } : {}),
      };
    }
  } catch {
    // said below, as of any other body
  }
  throw refusal(name, { ...answer, status: 502 }, "the settings");
}

function refused(name: string, channel: string, error: string, token: string): DeliveryError {
  if (error === "not_in_channel") return new DeliveryError(`channel ${name}: the bot is not in ${channel} of Slack: invite it there`, true);
  if (error === "missing_scope") return new DeliveryError(`channel ${name}: the bot of ${token} lacks the scope chat:write`, true);
  const advice = forGood.has(error) ? `check ${channel} and the token in ${token}` : "the next scan tries again";
  return new DeliveryError(`channel ${name}: Slack did not take the message (${error}); ${advice}`, forGood.has(error));
}

/** The thread of the one finding that the message is about; not one of another channel, which the settings named before. */
function threadOf({ findingIds }: Message, channel: string, remembered: readonly Remembered[]): string | undefined {
  const [only, ...others] = findingIds;
  if (only === undefined || others.length > 0) return undefined;
  const [place, ts] = remembered.find(({ findingId }) => findingId === only)?.memory.split(" ") ?? [];
  return place === channel ? ts : undefined;
}
