/** What an HTTP answer that is no acceptance means, in one line: what happened, to which channel, and what to do next. */
import { cleanText } from "../../model/plain-text.ts";
import { DeliveryError, NoAnswerError } from "../channel.ts";
import type { HttpAnswer } from "../channel-kind.ts";

export function isAccepted({ status }: HttpAnswer): boolean {
  return status >= 200 && status < 300;
}

/**
 * @param channel its name in the settings
 * @param secret what to look at where the address or the credentials are no longer right
 */
export function refusal(channel: string, { status, body }: HttpAnswer, secret: string): DeliveryError {
  const text = cleanText(body, 200);
  // an empty object in JSON says nothing to a reader
  const said = /[\p{L}\p{N}]/u.test(text) ? text : "";
  const answer = `${status}${said ? `: ${said}` : ""}`;
  if (status >= 500) {
    return new NoAnswerError(
      `channel ${channel} has trouble of its own (${answer}); the next scan tries again, should it have arrived with the same id`,
      true,
    );
  }
  if (status === 429) return new DeliveryError(`channel ${channel} takes no more for now (${answer}); the next scan tries again`, true);
  if (status >= 300 && status < 400) {
    return new DeliveryError(
      `channel ${channel} sends us elsewhere (${status}), which is not followed: set the address that is right into ${secret}`,
      true,
    );
  }
  if (status === 401 || status === 403 || status === 404 || status === 410) {
    return new DeliveryError(
      `channel ${channel} is gone or does not know us (${answer}): make a new one there and set it into ${secret}`,
      true,
    );
  }
  return new DeliveryError(`channel ${channel} did not take the message (${answer}); the next scan tries again`, false);
}
