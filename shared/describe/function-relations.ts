/** Relations that the parts about functions prove: mappings, schedules, rules, alarms, roles, layers, references. Pure. */
import { besideArn } from "../model/arn.ts";
import type { Relation, RelationKind } from "../model/graph.ts";
import { evidenceOf } from "../model/proof.ts";
import type { EventSourceMapping, FunctionConfiguration, RegionSnapshot } from "../model/snapshot.ts";

/** Everything that a Region's functions hang on, without the service collectors. */
export function functionRelations(region: RegionSnapshot): Relation[] {
  return [
    ...region.eventSourceMappings.items.map(
      (mapping): Relation => ({
        from: sourceOf(mapping),
        to: mapping.functionArn,
        kind: "feeds",
        auth: "service",
        enabled: mapping.enabled,
        evidence: evidenceOf({ by: "mapping", uuid: mapping.uuid }),
      }),
    ),
    ...region.eventSourceMappings.items.flatMap(({ functionArn, onFailure, enabled, uuid }): Relation[] =>
      onFailure
        ? [
            {
              from: functionArn,
              to: onFailure,
              kind: "dead-letters-to",
              auth: "service",
              enabled,
              evidence: evidenceOf({ by: "mapping-failure", uuid }),
            },
          ]
        : [],
    ),
    ...region.queues.items.flatMap(({ arn, deadLetterArn }): Relation[] =>
      deadLetterArn
        ? [
            {
              from: arn,
              to: deadLetterArn,
              kind: "dead-letters-to",
              auth: "service",
              enabled: true,
              evidence: "sqs:GetQueueAttributes, RedrivePolicy",
            },
          ]
        : [],
    ),
    ...region.functions.items.flatMap((f) => configurationRelations(f, f.arn, (what) => `lambda:ListFunctions, ${what}`)),
  ];
}

/** What a mapping polls: a resource, a Kafka cluster of one's own by its first broker, or the mapping itself where AWS names nothing. */
function sourceOf({ sourceArn, brokers = [], functionArn, uuid }: EventSourceMapping): string {
  // a consumer with enhanced fan-out is a way of reading its stream
  if (sourceArn) return sourceArn.replace(/(:stream\/[^/]+)\/consumer\/.*$/, "$1");
  return brokers[0] ? `kafka://${brokers[0]}` : besideArn(functionArn, "lambda", `event-source-mapping:${uuid}`);
}

/**
 * What a configuration names: role, layers, queue, log group, network, and what stands in the environment.
 * @param functionArn the function, also where the configuration is that of a version
 * @param proof the answer that proves it, of one member
 */
export function configurationRelations(f: FunctionConfiguration, functionArn: string, proof: (member: string) => string): Relation[] {
  const from = (to: string, kind: RelationKind, member: string, inferred = false): Relation => ({
    from: functionArn,
    to,
    kind,
    auth: kind === "in-vpc" ? "network" : "service",
    enabled: true,
    evidence: proof(member),
    ...(inferred ? { inferred } : {}),
  });
  return [
    ...(f.roleArn ? [from(f.roleArn, "assumes", "Role")] : []),
    ...f.layers.map((layer) => from(layer, "uses-layer", "Layers")),
    ...(f.deadLetterArn ? [from(f.deadLetterArn, "dead-letters-to", "DeadLetterConfig")] : []),
    ...(f.logGroup ? [from(besideArn(f.arn, "logs", `log-group:${f.logGroup}`), "logs-to", "LoggingConfig")] : []),
    ...(f.vpcId ? [from(vpcArn(f.arn, f.vpcId), "in-vpc", "VpcConfig")] : []),
    ...f.environmentReferences.map(({ name, value }) =>
      from(referenceTarget(value), referenceKind(value), `environment variable ${name}`, true),
    ),
  ];
}

/** A function sits in a VPC of its own account and Region. */
function vpcArn(functionArn: string, vpcId: string): string {
  return besideArn(functionArn, "ec2", `vpc/${vpcId}`);
}

/** The ARN that a value points to: an ARN itself, or the queue of a queue URL; other URLs stay as they are. */
export function referenceTarget(value: string): string {
  const host = /^https:\/\/(?:sqs\.([a-z0-9-]+)|([a-z0-9-]+)\.queue|queue)\.amazonaws\.com(?:\.cn)?\/(\d{12})\/([A-Za-z0-9_.-]+)$/;
  // the oldest addresses name no Region, and are of the first there was
  const [, own, older = "us-east-1", account, queue] = host.exec(value) ?? [];
  return queue ? `arn:aws:sqs:${own ?? older}:${account}:${queue}` : value;
}

/** What a program most likely does with a thing whose name it is given. */
function referenceKind(value: string): RelationKind {
  if (/^arn:[^:]+:lambda:|lambda-url\.|^arn:[^:]+:states:/.test(value)) return "invokes";
  if (/:(sqs|sns|events|kinesis|firehose):|\/\/sqs\.|[/.]queue\.amazonaws\./.test(value)) return "publishes-to";
  return "may-read";
}
