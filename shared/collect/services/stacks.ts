/** CloudFormation stacks with their tags: whoever tagged the stack owns what is in it. */
import { DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { pages } from "../../aws/paginate.ts";
import type { StackAnswer } from "../../graph/services/stacks.ts";
import { cleanText } from "../../model/plain-text.ts";
import { collectPart } from "../collector.ts";
import type { ServiceCollector } from "./service-collector.ts";

export const stacksCollector: ServiceCollector<"stacks"> = {
  name: "stacks",
  scope: "region",
  readerVersion: 1,
  actions: ["cloudformation:DescribeStacks"],
  reads: "names, dates and tags of CloudFormation stacks: who owns what is in them",
  collect({ clients, region }) {
    return collectPart<StackAnswer>("stacks", region, async (sink) => {
      const list = pages(
        (NextToken) => clients.cloudformation(region).send(new DescribeStacksCommand(NextToken ? { NextToken } : {})),
        (page) => page.NextToken,
      );
      for await (const page of list) {
        for (const { StackId, StackName, CreationTime, Tags = [], StackStatus } of page.Stacks ?? []) {
          if (!StackId || !StackName) continue;
          const tags = Tags.flatMap(({ Key, Value }) => (Key ? [[cleanText(Key, 128), cleanText(Value ?? "", 256)]] : []));
          sink.push({
            arn: StackId,
            name: StackName,
            createdAt: CreationTime?.toISOString(),
            tags: Object.fromEntries(tags),
            status: StackStatus ?? null,
          });
        }
      }
    });
  },
};
