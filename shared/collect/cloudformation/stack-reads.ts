/** The stacks of a Region, as more than one collector needs them. */
import { DescribeStacksCommand, type Stack } from "@aws-sdk/client-cloudformation";
import { pages } from "../../aws/paginate.ts";
import type { CollectContext } from "../contract/collector.ts";

/** All stacks, asked once a scan. @throws where the list is refused */
export function readStacks(context: CollectContext): Promise<readonly Stack[]> {
  return context.once.ask("cloudformation:DescribeStacks", async () => {
    const { clients, region } = context;
    const stacks: Stack[] = [];
    const list = pages(
      (NextToken) => clients.cloudformation(region).send(new DescribeStacksCommand(NextToken ? { NextToken } : {})),
      (page) => page.NextToken,
    );
    for await (const page of list) stacks.push(...(page.Stacks ?? []));
    return stacks;
  });
}
