/** EventBridge Pipes: from where to where. */
import type { Relation } from "../../model/graph.ts";
import { targetArn, targetKind } from "../event-target.ts";
import type { Describe } from "./describe-answer.ts";

export interface PipeAnswer {
  readonly arn: string;
  readonly name?: string;
  readonly source?: string;
  readonly target?: string;
  readonly enrichment?: string;
  readonly state?: string;
  readonly createdAt?: string;
}

/** A pipe that is stopped, or whose creation failed, carries nothing. */
export const describe: Describe<PipeAnswer> = ({ arn, name = arn, source, target, enrichment, state, createdAt }, { region }) => {
  const enabled = state === "RUNNING" || state === "STARTING" || state === "UPDATING";
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
    .exec(source ?? "")?.[1]
    ?.split(",")
    .toSorted()[0];
  const isArn = (text: string | undefined): text is string => text?.startsWith("arn:") === true;
  return [
    {
      resource: {
        arn,
        type: "AWS::Pipes::Pipe",
        name,
        region,
        ...(createdAt ? { createdAt } : {}),
        details: { state: state ?? null, enabled },
      },
      relations: [
        ...(isArn(source) ? [hop(source, arn, "feeds", "Source")] : []),
        ...(broker ? [hop(`kafka://${broker}`, arn, "feeds", "Source")] : []),
        ...(isArn(enrichment) ? [hop(arn, targetArn(enrichment), targetKind(enrichment), "Enrichment")] : []),
        ...(isArn(target) ? [hop(arn, targetArn(target), targetKind(target), "Target")] : []),
      ],
    },
  ];
};
