/** The topic that a command about subscribers is for, with a client in its Region. */
import type { SNSClient } from "@aws-sdk/client-sns";
import type { Command } from "commander";
import { parseArn } from "../shared/model/arn.ts";
import { homeRegion } from "./home-region.ts";
import { UsageError } from "./usage-error.ts";

export interface TopicOptions {
  readonly stack?: string;
  readonly topic?: string;
  readonly profile?: string;
}

export interface OurTopic {
  readonly arn: string;
  readonly client: SNSClient;
  /** How the same topic is named in another command. */
  readonly option: string;
}

export function topicOptions(command: Command): Command {
  return command
    .option("--stack <name>", "the topic of this deployed stack, e.g. SmallTarget")
    .option("--topic <arn>", "this topic")
    .option("--profile <name>", "profile of the shared AWS configuration files")
    .option("--debug", "print a stack trace when something fails");
}

/** @param known ARN from elsewhere, where no option names one @throws UsageError, what AWS answers */
export async function openTopic({ stack, topic, profile }: TopicOptions, known?: string): Promise<OurTopic> {
  if (stack !== undefined && topic !== undefined) throw new UsageError("name either --stack or --topic");
  const arn = topic ?? (stack === undefined ? known : await topicOf(stack, profile));
  if (arn === undefined) throw new UsageError("whose topic? Name the stack (--stack SmallTarget) or the topic (--topic ARN)");
  const parsed = parseArn(arn);
  if (parsed?.service !== "sns" || parsed.region === "") throw new UsageError(`--topic ${arn}: must be the ARN of a topic`);
  const { createOwnClients } = await import("../shared/aws/own-clients.ts");
  const option = stack === undefined ? `--topic ${arn}` : `--stack ${stack}`;
  return { arn, client: createOwnClients(parsed.region, profile).sns, option };
}

async function topicOf(stack: string, profile?: string): Promise<string> {
  const { findDeployed } = await import("./stack-outputs.ts");
  return (await findDeployed(stack, await homeRegion(profile), profile)).topicArn;
}
