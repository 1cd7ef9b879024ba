/** The topics of a Region, as more than one collector needs them. */
import { ListTopicsCommand } from "@aws-sdk/client-sns";
import { pages } from "../../aws/paginate.ts";
import type { CollectContext } from "../contract/collector.ts";

/** ARNs of all topics, asked once a scan. @throws where the list is refused */
export function readTopics(context: CollectContext): Promise<readonly string[]> {
  return context.once.ask("sns:ListTopics", async () => {
    const { clients, region } = context;
    const topics: string[] = [];
    const list = pages(
      (NextToken) => clients.sns(region).send(new ListTopicsCommand(NextToken ? { NextToken } : {})),
      (page) => page.NextToken,
    );
    for await (const page of list) topics.push(...(page.Topics ?? []).flatMap(({ TopicArn }) => TopicArn ?? []));
    return topics;
  });
}
