/** `smalltarget unsubscribe`: ends the subscriptions of an address. */
import type { Command } from "commander";
import { nearest } from "../nearest.ts";
import { openTopic, type TopicOptions, topicOptions } from "../our-topic.ts";
import { print } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

/** Arguments, options and action. */
export function unsubscribeCommand(command: Command): void {
  command.argument("<email>", "address that is subscribed");
  topicOptions(command).action(unsubscribe);
}

async function unsubscribe(email: string, options: TopicOptions): Promise<void> {
  const { endSubscription, subscribersOf } = await import("../../shared/notify/subscriptions.ts");
  const { arn, client } = await openTopic(options);
  const all = await subscribersOf(client, arn);
  const meant = all.filter(({ endpoint }) => endpoint.toLowerCase() === email.toLowerCase());
  if (meant.length === 0) {
    const known = all.map(({ endpoint }) => endpoint);
    throw new UsageError(`${email} is not subscribed${known.length > 0 ? `; did you mean ${nearest(email, known)}?` : ": nobody is"}`);
  }
  const confirmed = meant.flatMap((subscriber) => (subscriber.confirmed ? (subscriber.arn ?? []) : []));
  if (confirmed.length === 0) {
    throw new UsageError(`${email} has not confirmed: it gets nothing, and AWS forgets it two days after it was asked`);
  }
  for (const subscription of confirmed) await endSubscription(client, subscription);
  print(`${email} is no longer subscribed.`);
}
