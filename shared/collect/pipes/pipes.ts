/** EventBridge pipes: from where to where, all from the list. */
import { ListPipesCommand, type Pipe } from "@aws-sdk/client-pipes";
import { pages } from "../../aws/paginate.ts";
import type { PipeAnswer } from "../../describe/services/pipes.ts";
import { collectPart } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";

export const pipesCollector: ServiceCollector<"pipes"> = {
  name: "pipes",
  scope: "region",
  readerVersion: 1,
  actions: ["pipes:ListPipes"],
  reads: "pipes: source, enrichment and target; never what flows through them",
  collect({ clients, region }) {
    return collectPart<PipeAnswer>("pipes", region, async (sink) => {
      const list = pages(
        (NextToken) => clients.pipes(region).send(new ListPipesCommand({ Limit: 100, ...(NextToken ? { NextToken } : {}) })),
        (page) => page.NextToken,
      );
      for await (const page of list) for (const pipe of page.Pipes ?? []) sink.push(...toAnswer(pipe));
    });
  },
};

function toAnswer({ Arn, Name, Source, Target, Enrichment, CurrentState, CreationTime }: Pipe): PipeAnswer[] {
  if (!Arn) return [];
  const ends = { source: Source, target: Target, enrichment: Enrichment };
  return [{ arn: Arn, name: Name, ...ends, state: CurrentState, createdAt: CreationTime?.toISOString() }];
}
