/** EventBridge pipes: from where to where, all from the list. */
import { ListPipesCommand, type Pipe } from "@aws-sdk/client-pipes";
import { pages } from "../../aws/paginate.ts";
import { targetArn, targetKind } from "../../graph/describe/event-target.ts";
import type { GraphRow, Relation } from "../../model/graph.ts";
import { collectPart } from "../collector.ts";
import type { ServiceCollector } from "./service-collector.ts";

export const pipesCollector: ServiceCollector = {
  name: "pipes",
  scope: "region",
  actions: ["pipes:ListPipes"],
  reads: "pipes: source, enrichment and target; never what flows through them",
  collect({ clients, region }) {
    return collectPart("pipes", region, async (sink) => {
      const list = pages(
        (NextToken) => clients.pipes(region).send(new ListPipesCommand({ Limit: 100, ...(NextToken ? { NextToken } : {}) })),
        (page) => page.NextToken,
      );
      for await (const page of list) for (const pipe of page.Pipes ?? []) sink.push(...describePipe(pipe, region));
    });
  },
};

/** A pipe that is stopped, or whose creation failed, carries nothing. */
export function describePipe({ Arn, Name, Source, Target, Enrichment, CurrentState, CreationTime }: Pipe, region: string): GraphRow[] {
  if (!Arn) return [];
  const enabled = CurrentState === "RUNNING" || CurrentState === "STARTING" || CurrentState === "UPDATING";
  const hop = (from: string, to: string, kind: Relation["kind"], evidence: string): Relation => ({
    from,
    to,
    kind,
    auth: "service",
    enabled,
    evidence: `pipes:ListPipes, ${evidence}`,
  });
  // `smk://HOST:PORT,HOST:PORT`: a Kafka cluster outside AWS, named as its mappings to functions name it
  const broker = /^smk:\/\/([A-Za-z0-9.:,-]+)$/
    .exec(Source ?? "")?.[1]
    ?.split(",")
    .toSorted()[0];
  const isArn = (text: string | undefined): text is string => text?.startsWith("arn:") === true;
  return [
    {
      resource: {
        arn: Arn,
        type: "AWS::Pipes::Pipe",
        name: Name ?? Arn,
        region,
        ...(CreationTime ? { createdAt: CreationTime.toISOString() } : {}),
        details: { state: CurrentState ?? null, enabled },
      },
      relations: [
        ...(isArn(Source) ? [hop(Source, Arn, "feeds", "Source")] : []),
        ...(broker ? [hop(`kafka://${broker}`, Arn, "feeds", "Source")] : []),
        ...(isArn(Enrichment) ? [hop(Arn, targetArn(Enrichment), targetKind(Enrichment), "Enrichment")] : []),
        ...(isArn(Target) ? [hop(Arn, targetArn(Target), targetKind(Target), "Target")] : []),
      ],
    },
  ];
}
