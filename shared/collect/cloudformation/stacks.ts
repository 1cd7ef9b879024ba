/** CloudFormation stacks with their tags: whoever tagged the stack owns what is in it. */
import type { StackAnswer } from "../../describe/services/stacks.ts";
import { cleanText } from "../../model/plain-text.ts";
import { collectPart } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";
import { readStacks } from "./stack-reads.ts";

export const stacksCollector: ServiceCollector<"stacks"> = {
  name: "stacks",
  scope: "region",
  readerVersion: 1,
  actions: ["cloudformation:DescribeStacks"],
  reads: "names, dates and tags of CloudFormation stacks: who owns what is in them; topics that hear of their changes",
  collect(context) {
    return collectPart<StackAnswer>("stacks", context.region, async (sink) => {
      for (const { StackId, StackName, CreationTime, Tags = [], StackStatus, NotificationARNs = [] } of await readStacks(context)) {
        if (!StackId || !StackName) continue;
        const tags = Tags.flatMap(({ Key, Value }) => (Key ? [[cleanText(Key, 128), cleanText(Value ?? "", 256)]] : []));
        sink.push({
          arn: StackId,
          name: StackName,
          createdAt: CreationTime?.toISOString(),
          tags: Object.fromEntries(tags),
          status: StackStatus ?? null,
          ...(NotificationARNs.length > 0 ? { tells: NotificationARNs } : {}),
        });
      }
    });
  },
};
