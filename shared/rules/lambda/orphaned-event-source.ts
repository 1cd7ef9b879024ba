import { parseArn, resourcePartOf } from "../../model/arn.ts";
import type { Relation, ServiceName } from "../../model/graph.ts";
import { proofOf } from "../../model/proof.ts";
import { resourceRule } from "../../model/rule.ts";
import type { ResourceSubject } from "../../model/rule-subject.ts";
import { awsCommand } from "../../wording/aws-cli.ts";
import { text } from "../../wording/words.ts";
import { listDetail } from "../from-outside.ts";

/** The service whose list says whether the source of a mapping is there. Others (Kafka, MQ, DocumentDB) have no list here. */
const listOf: Readonly<Record<string, ServiceName>> = { sqs: "sqs", kinesis: "kinesis", dynamodb: "dynamodb" };

/** A mapping that polls a queue, stream or table that does not exist any more. */
export const orphanedEventSource = resourceRule({
  id: "lambda/orphaned-event-source",
  subject: "resource",
  summary: "what a function waits for does not exist any more",
  why: "The function is never started by it: either nobody needs it any more, or something that should happen does not. Whoever makes a queue of the old name starts the function.",
  needs: ["eventSourceMappings", "sqs:listed", "kinesis:listed", "dynamodb:listed"],
  gone: ["functions:listed"],
  types: ["AWS::Lambda::Function"],
  usageBased: false,
  severities: [
    { severity: "MEDIUM", when: "an enabled event source mapping polls something that is gone" },
    { severity: "LOW", when: "the mapping is disabled" },
  ],
  settings: {},
  references: ["https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html"],

  judge(subject) {
    const mappings = subject.incoming.flatMap((relation) => {
      const proof = proofOf(relation);
      return proof?.by === "mapping" ? [{ ...relation, uuid: proof.uuid }] : [];
    });
    const judged = mappings.map((mapping) => ({ mapping, state: stateOf(mapping, subject) }));
    const gone = judged.filter(({ state }) => state === "gone").map(({ mapping }) => mapping);
    if (gone.length === 0) {
      const unknown = judged.find(({ state }) => state === "unknown");
      return unknown ? { answer: "unknown", why: `whether ${unknown.mapping.from} exists could not be read` } : { answer: "clear" };
    }
    const enabled = gone.some((mapping) => mapping.enabled);
    return {
      answer: "hit",
      severity: enabled ? "MEDIUM" : "LOW",
      confidence: "high",
      materialKey: gone
        .map(({ from }) => from)
        .toSorted()
        .join("|"),
      evidence: {
        sources: gone.map(({ from }) => from),
        mappings: gone.map(({ uuid }) => uuid),
        enabled,
        stack: subject.functionOf(subject.resource.arn)?.stack?.name ?? null,
      },
    };
  },

  word(evidence, { name, region }) {
    const sources = evidence.sources as readonly string[];
    const mappings = evidence.mappings as readonly string[];
    const stack = evidence.stack ? `Where stack ${text(evidence.stack)} made the mapping, take it out of its template. ` : "";
    const command = (operation: string, uuid: string) => awsCommand("lambda", operation, { uuid, region });
    return {
      title: `${name} waits for ${sources.map(resourcePartOf).join(", ")}, which does not exist any more`,
      remediation: {
        text: `${stack}Switch the mapping off first (--enabled takes that back), and delete it when nobody missed it.`,
        commands: [
          ...mappings.map((uuid) => `${command("update-event-source-mapping", uuid)} --no-enabled`),
          ...mappings.map((uuid) => command("delete-event-source-mapping", uuid)),
        ],
      },
    };
  },
});

/** Sources of other accounts and Regions, and of services without a list, are not judged. */
function stateOf({ from }: Relation, { resource, resourceOf }: ResourceSubject): "there" | "gone" | "unknown" | "not judged" {
  const source = parseArn(from);
  const own = parseArn(resource.arn);
  const service = listOf[source?.service ?? ""];
  if (!source || !service || source.account !== own?.account || source.region !== own.region) return "not judged";
  // stream/NAME/consumer/NAME:1, table/NAME/stream/LABEL
  const holder = from.replace(/\/(consumer|stream)\/.*$/, "");
  const found = resourceOf(holder);
  if (!found) return "gone";
  if (service !== "dynamodb") return "there";
  if (listDetail(found, "unread").includes("stream")) return "unknown";
  // a stream that was switched off and on again has another label; the mapping still waits for the old one
  return found.details?.streamArn === from ? "there" : "gone";
}
