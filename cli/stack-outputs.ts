/** Table, bucket and topic of a deployed stack, from its outputs. */
import { DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { codeOf } from "../shared/aws/errors.ts";
import { createOwnClients } from "../shared/aws/own-clients.ts";
import { UsageError } from "./usage-error.ts";

export interface Deployed {
  readonly table: string;
  readonly bucket: string;
  readonly topicArn: string;
  /** Topic that CloudWatch may publish to. */
  readonly alarmTopicArn: string;
  /** When it scans, as EventBridge Scheduler has it; absent in stacks of older versions. */
  readonly schedule?: string;
  /** Where reply links lead, and what signs them; absent where the stack takes none. */
  readonly replies?: { readonly url: string; readonly keyArn: string };
}

/** @throws UsageError when there is no such stack in the Region, or it is not one of ours */
export async function findDeployed(stack: string, region: string, profile?: string): Promise<Deployed> {
  const outputs = await readOutputs(stack, region, profile);
  const find = (name: string) => {
    const value = outputs.get(name);
    if (!value)
      throw new UsageError(
        `stack ${stack} in ${region} has no output ${name}: it is not a Small Target stack, or an old one; deploy it again`,
      );
    return value;
  };
  const schedule = outputs.get("ScanSchedule");
  const [url, keyArn] = [outputs.get("ReplyUrl"), outputs.get("ReplyKeyArn")];
  return {
    table: find("TableName"),
    bucket: find("BucketName"),
    topicArn: find("TopicArn"),
    alarmTopicArn: find("OperationsTopicArn"),
    ...(schedule ? { schedule } : {}),
    ...(url && keyArn ? { replies: { url, keyArn } } : {}),
  };
}

async function readOutputs(stack: string, region: string, profile?: string): Promise<Map<string, string>> {
  const { cloudformation } = createOwnClients(region, profile);
  try {
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: stack }));
    return new Map((Stacks?.[0]?.Outputs ?? []).map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]));
  } catch (error) {
    // CloudFormation's word for "there is none"
    if (codeOf(error) !== "ValidationError") throw error;
    throw new UsageError(`there is no stack ${stack} in ${region}: check --stack and the Region (AWS_REGION), or deploy it`, {
      cause: error,
    });
  }
}
