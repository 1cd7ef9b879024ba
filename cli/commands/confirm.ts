/** `smalltarget confirm`: confirms a subscription in one's own name, so that only who is signed in to AWS can end it. */
import type { Command } from "commander";
import { openTopic, type TopicOptions, topicOptions } from "../our-topic.ts";
import { commandName, print } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

/** Arguments, options and action. */
export function confirmCommand(command: Command): void {
  command.argument("<token>", "the link from AWS's mail, in quotes, or the token in it");
  topicOptions(command).action(confirmSubscription);
}

async function confirmSubscription(text: string, options: TopicOptions): Promise<void> {
  const { confirm, parseConfirmation } = await import("../../shared/notify/subscriptions.ts");
  const pasted = parseConfirmation(text);
  if (!pasted) {
    throw new UsageError(
      "this is neither the link from the mail nor its token: copy the whole link, and put it into quotes, for it has an & in it",
    );
  }
  const topic = await openTopic(options, pasted.topicArn);
  if (pasted.topicArn !== undefined && pasted.topicArn !== topic.arn)
    throw new UsageError(`this link is for another topic, ${pasted.topicArn}, not for ${topic.arn}`);
  await confirm(topic.client, topic.arn, pasted.token);
  print(
    `Confirmed: from now on it gets messages. Only who is signed in to AWS can end it, with ${commandName} unsubscribe EMAIL ${topic.option}`,
  );
}
