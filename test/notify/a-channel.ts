import { type Channel, defaultLimits, type Message, type Remembered } from "../../shared/notify/channel.ts";

/** A channel that takes everything and keeps it; `before` may refuse. */
export function aChannel(
  name: string,
  inbox: Message[] = [],
  before: (message: Message, remembered: readonly Remembered[]) => Promise<void> | void = () => {},
): Channel {
  return {
    name,
    limits: defaultLimits,
    async send(message, remembered) {
      await before(message, remembered);
      inbox.push(message);
      return { accepted: message.findingIds };
    },
  };
}
