/** What a function's settings need of its role: logs, network, traces, event sources, destinations. Pure. */
import { actionOf } from "../data/action-table.ts";
import { forwardedKeyActions } from "../data/forwarded-keys.ts";
import {
  destinationActions,
  layerActions,
  networkActions,
  type SourceActions,
  sourceActions,
  tracingActions,
} from "../data/source-actions.ts";
import { lambdaNameOf, parseArn, resourcePartOf, tableArnOf } from "../model/arn.ts";
import type { Confidence } from "../model/finding.ts";
import type { Relation } from "../model/graph.ts";
import type { Need } from "../model/permissions.ts";
import { proofOf } from "../model/proof.ts";
import type { EventSourceMapping, FunctionConfiguration } from "../model/snapshot.ts";
import { mayBeAbout } from "./arn-patterns.ts";
import { anyKey, throughService } from "./need-keys.ts";
import type { Encryption } from "./need-look.ts";
import type { Place } from "./need-request.ts";

/** What is known of one function's surroundings. */
export interface Settings {
  readonly configuration: FunctionConfiguration;
  /** Of this function. */
  readonly mappings: readonly EventSourceMapping[];
  /** Relations that begin at the function, for its asynchronous destinations. */
  readonly relations: readonly Relation[];
  readonly encryption: (arn: string) => Encryption | undefined;
  readonly place: Place;
  /** Whether a log group is there: then nobody has to make it. */
  readonly isThere: (logGroupArn: string) => boolean;
}

export function configurationNeed(settings: Settings): readonly Need[] {
  const { configuration: f } = settings;
  const targets = destinationsOf(settings);
  return [
    ...logging(`log-group:${f.logGroup ?? `/aws/lambda/${f.name}`}`, settings, "its own log group"),
    ...(f.vpcId ? asked(networkActions, [], "it is in a VPC") : []),
    ...(f.tracing ? asked(tracingActions, [], "X-Ray traces it") : []),
    ...(f.durableExecutionTimeoutSeconds === undefined ? [] : durable(f.arn)),
    ...(f.fileSystems ?? []).flatMap((arn) => fileSystem(arn)),
    ...(f.keyArn ? needs(["kms:Decrypt"], [f.keyArn], "the key of its environment", "low") : []),
    ...f.layers.flatMap((layer) => ofLayer(layer, settings)),
    ...settings.mappings.flatMap((mapping) => ofMapping(mapping, settings)),
    ...targets.flatMap(({ arn, why }) => handedOver(arn, why, settings)),
  ];
}

function needs(actions: readonly string[], resources: readonly string[], why: string, confidence: Confidence = "high"): Need[] {
  return actions.flatMap((action) => {
    const facts = actionOf(action);
    if (!facts) return [];
    return [
      { action: facts.name, resources: facts.resources.length > 0 ? resources : ["*"], source: "configuration", confidence, why } as const,
    ];
  });
}

function asked({ own, elsewhere = [], perhaps = [] }: SourceActions, resources: readonly string[], why: string): Need[] {
  return [
    ...needs(own, resources, why),
    ...needs(elsewhere, ["*"], why),
    ...perhaps.flatMap((action) => needs([action], knownTo(action, resources), why, "medium")),
  ];
}

/** Those of the resources that the action may be about; any, where it is about something else. */
function knownTo(action: string, arns: readonly string[]): readonly string[] {
  const facts = actionOf(action);
  const known = arns.filter((arn) => arn !== "*" && facts && mayBeAbout(facts, arn));
  return known.length > 0 ? known : ["*"];
}

function logging(group: string, { place: { partition, region, account }, isThere }: Settings, why: string): Need[] {
  const arn = `arn:${partition}:logs:${region}:${account}:${group}`;
  return [
    ...needs(["logs:CreateLogGroup"], [arn], why, isThere(arn) ? "low" : "high"),
    ...needs(["logs:CreateLogStream", "logs:PutLogEvents"], [`${arn}:*`], why),
  ];
}

function durable(functionArn: string): Need[] {
  const executions = `${functionArn}:*/durable-execution/*`;
  return needs(["lambda:CheckpointDurableExecution", "lambda:GetDurableExecutionState"], [executions], "it is a durable function");
}

/**
 * An access point of EFS names its file system in no way, one of S3 Files does. Who only reads needs not write, and reads of S3 Files may go
 * to the bucket itself, of which nothing is said here. Source: Lambda developer guide, "Configuring file system access".
 */
function fileSystem(accessPoint: string): Need[] {
  const service = parseArn(accessPoint)?.service;
  if (service !== "elasticfilesystem" && service !== "s3files") return [];
  const systems = [accessPoint.replace(/:access-point\/.*$/, ":file-system/*").replace(/\/access-point\/.*$/, "")];
  const why = "it mounts a file system";
  return [
    ...needs([`${service}:ClientMount`], systems, why),
    ...needs([`${service}:ClientWrite`], systems, why, "medium"),
    ...(service === "s3files" ? needs(["s3:GetObject", "s3:GetObjectVersion"], ["*"], why, "medium") : []),
  ];
}

function ofLayer(layer: string, settings: Settings): Need[] {
  return layerActions
    .filter(({ name }) => name.test(layer))
    .flatMap(({ actions, logGroup }) => {
      const why = `its layer ${lambdaNameOf(layer).name ?? layer}`;
      return [...needs(actions, ["*"], why, "medium"), ...(logGroup ? logging(`log-group:${logGroup}`, settings, why) : [])];
    });
}

/** A mapping that is switched off may be switched on again: what it needs stays. */
function ofMapping(mapping: EventSourceMapping, settings: Settings): Need[] {
  const arn = mapping.sourceArn;
  const service = arn ? (parseArn(arn)?.service ?? "") : mapping.brokers ? "kafka://" : "";
  const actions = sourceActions[service];
  if (!actions) return [];
  const why = arn ? `its event source ${resourcePartOf(arn)}` : "its event source, a Kafka cluster";
  // who reads through a consumer of its own asks the consumer for the records
  const consumer = arn?.includes("/consumer/");
  const resource = arn?.replace(/\/consumer\/.*$/, "") ?? "*";
  return [
    ...asked(actions, [resource], why),
    ...(consumer && arn ? needs(["kinesis:SubscribeToShard"], [arn], why) : []),
    ...actions.own.flatMap((action) => ofKey(action, resource, why, settings)),
  ];
}

/** The key of the customer with which the resource is encrypted. */
function ofKey(action: string, resource: string, why: string, { encryption, place }: Settings): Need[] {
  const known = encryption(tableArnOf(resource));
  if (!known || known.atRest === "other") return [];
  return forwardedKeyActions(action).map((one) => ({
    action: one,
    resources: [known.keyArn ?? anyKey(place)],
    source: "forwarded",
    confidence: known.atRest === "customer-key" ? "high" : "low",
    condition: throughService(action.split(":")[0] ?? "", place),
    why: `key of ${why}`,
  }));
}

function destinationsOf({ configuration, mappings, relations }: Settings): { readonly arn: string; readonly why: string }[] {
  return [
    ...(configuration.deadLetterArn ? [{ arn: configuration.deadLetterArn, why: "its dead-letter target" }] : []),
    ...mappings.flatMap(({ onFailure }) => (onFailure ? [{ arn: onFailure, why: "where an event source's failures go" }] : [])),
    ...relations.flatMap((relation) => {
      const proof = proofOf(relation);
      return proof?.by === "destination"
        ? [{ arn: relation.to, why: `its destination ${proof.on === "OnSuccess" ? "on success" : "on failure"}` }]
        : [];
    }),
  ];
}

function handedOver(arn: string, why: string, settings: Settings): Need[] {
  const actions = destinationActions[parseArn(arn)?.service ?? ""] ?? [];
  return actions.flatMap((action) => [
    ...needs([action], [action === "s3:PutObject" ? `${arn}/*` : arn], why),
    ...ofKey(action, arn, why, settings),
  ]);
}
