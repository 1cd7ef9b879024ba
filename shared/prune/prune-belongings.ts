/** What belongs to a function alone, judged thing by thing; in doubt it stays. Pure. */
import type { NetworkNode } from "../graph/network.ts";
import { accountOf, besideArn } from "../model/arn.ts";
import type { Relation } from "../model/graph.ts";
import { proofOf } from "../model/proof.ts";
import { indexOf } from "./network-index.ts";
import { itemOf, type PruneItem } from "./prune-item.ts";
import type { Staying, Surroundings } from "./surroundings.ts";

export interface Belongings {
  readonly items: readonly PruneItem[];
  readonly stays: readonly Staying[];
}

/** Sorts everything around the function into what goes with it and what stays. */
export function belongings(around: Surroundings): Belongings {
  const verdicts = [
    ...around.into.flatMap((relation) => triggerOf(around, relation)),
    itemOf(around, "function", around.subject.arn, atEdge(around)),
    ...around.into.flatMap(({ from, to }) =>
      from.startsWith("https://") ? [itemOf(around, "url", from, { note: `leads to ${to}` })] : [],
    ),
    ...alarmsOn(around),
    ...around.outOf.flatMap((relation) => ownOf(around, relation)),
    ...logGroupOf(around),
    ...readQueues(around),
  ];
  const items = new Map(verdicts.filter(goes).map((item) => [`${item.kind} ${item.id}`, item]));
  const staying = verdicts.filter((verdict): verdict is Staying => !goes(verdict));
  return { items: [...items.values()], stays: [...new Map(staying.map((one) => [`${one.type} ${one.name}`, one])).values()] };
}

/** CloudFront keeps replicas of a function at its edge, hours longer than any distribution calls it. */
function atEdge({ network, subject }: Surroundings): Pick<PruneItem, "note"> {
  const trusted = network.nodes.get(subject.roleArn)?.resource?.details?.trustedServices;
  const mayRun = Array.isArray(trusted) && trusted.some((one) => one.startsWith("edgelambda."));
  if (!mayRun || subject.region !== "us-east-1") return {};
  return {
    note: "may run at CloudFront's edge: AWS refuses to delete it until no distribution uses it and its replicas are gone, hours later",
  };
}

type Verdict = PruneItem | Staying;

function goes(verdict: Verdict): verdict is PruneItem {
  return "kind" in verdict;
}

/** Mappings, rules and schedules that start it, and the permissions in its policy. */
function triggerOf(around: Surroundings, relation: Relation): Verdict[] {
  const { from, to, kind, enabled } = relation;
  const { network, subject } = around;
  const proof = proofOf(relation);
  if (proof?.by === "mapping")
    return [itemOf(around, "event-source-mapping", proof.uuid, { name: `${nameOf(around, from)} to ${nameOf(around, to)}`, enabled })];
  const permission =
    proof?.by === "permission" ? [itemOf(around, "permission", proof.sid, { name: `${proof.sid}, for ${nameOf(around, from)}` })] : [];
  const type = network.nodes.get(from)?.type;
  const starts = type === "AWS::Events::Rule" ? "rule" : type === "AWS::Scheduler::Schedule" ? "schedule" : undefined;
  if (!starts || kind !== "invokes" || from.includes("*")) return permission;
  const others = network.outOf(from).filter((one) => one.kind !== "assumes" && !isOf(subject.arn, one.to));
  if (others.length === 0) return [...permission, itemOf(around, starts, from, { enabled })];
  return [...permission, stays(network.nodes.get(from), from, `${nameOf(around, others[0]?.to ?? "")} is a target of it as well`)];
}

/** An alarm that only starts the function watches something else. */
function alarmsOn(around: Surroundings): Verdict[] {
  const { network, subject } = around;
  return indexOf(network)
    .alarmsOn(subject.region, subject.name)
    .map((id) => itemOf(around, "alarm", id));
}

/** Role, layers and dead-letter queue. */
function ownOf(around: Surroundings, { to, kind }: Relation): Verdict[] {
  const { network, subject } = around;
  const node = network.nodes.get(to);
  if (kind !== "assumes" && kind !== "uses-layer" && kind !== "dead-letters-to") return [];
  const sharedWith = network.into(to).find((one) => one.kind === kind && !isOf(subject.arn, one.from));
  if (sharedWith) return [stays(node, to, `${nameOf(around, sharedWith.from)} has it too`)];
  if (kind === "assumes") return [roleVerdict(around, to, node)];
  if (kind === "uses-layer") return layerVerdict(around, to, node);
  const reader = network.outOf(to).find((one) => one.kind === "feeds");
  if (node?.type !== "AWS::SQS::Queue") return [];
  if (reader) return [stays(node, to, `${nameOf(around, reader.to)} reads it`)];
  return [itemOf(around, "queue", to, { note: `dead-letter queue${messagesIn(node)}` })];
}

function roleVerdict(around: Surroundings, id: string, node: NetworkNode | undefined): Verdict {
  if (!around.allFunctionsSeen) return stays(node, id, "not every Region's functions could be listed, and one of them may have it");
  const details = node?.resource?.details ?? {};
  const trusted = [details.trustedServices, details.trustedOutside, details.trustedFederations].flatMap((one) =>
    Array.isArray(one) ? one : [],
  );
  const other = trusted.find((one) => !/^(edge)?lambda\.amazonaws\.com/.test(one));
  if (other) return stays(node, id, `${other} may assume it as well`);
  return itemOf(
    around,
    "role",
    id,
    node?.resource?.details ? {} : { note: "its trust policy was not read: see that nobody else assumes it" },
  );
}

function layerVerdict(around: Surroundings, id: string, node: NetworkNode | undefined): Verdict[] {
  // a layer of another account is not ours to remove
  if (accountOf(id) !== accountOf(around.subject.arn)) return [];
  if (!around.allFunctionsSeen) return [stays(node, id, "not every function could be listed, and another may use it")];
  return [itemOf(around, "layer", id, { note: "versions of other functions and other accounts that use it are not seen" })];
}

function logGroupOf(around: Surroundings): Verdict[] {
  const { network, subject } = around;
  const stated = around.outOf.find(({ kind }) => kind === "logs-to")?.to;
  const id = stated ?? besideArn(subject.arn, "logs", `log-group:/aws/lambda/${subject.name}`);
  // one that never ran has none
  if (!stated && !network.nodes.has(id) && around.logGroupsSeen) return [];
  const other = network.into(id).find(({ kind, from }) => kind === "logs-to" && !isOf(subject.arn, from));
  if (other) return [stays(network.nodes.get(id), id, `${nameOf(around, other.from)} logs to it as well`)];
  const note = network.nodes.has(id) ? "its logs are gone with it" : "the default name; the scan did not see whether it exists";
  return [itemOf(around, "log-group", id, { name: id.split(":log-group:")[1] ?? id, note })];
}

/** Queues that feed it and nothing else, with nobody left who sends to them. */
function readQueues(around: Surroundings): Verdict[] {
  const { network, subject, into } = around;
  return into.flatMap(({ from, kind }): Verdict[] => {
    const node = network.nodes.get(from);
    if (kind !== "feeds" || node?.type !== "AWS::SQS::Queue") return [];
    const reader = network.outOf(from).find((one) => one.kind === "feeds" && !isOf(subject.arn, one.to));
    if (reader) return [stays(node, from, `${nameOf(around, reader.to)} reads it as well`)];
    const sender = network.into(from).find((one) => one.kind !== "may-read" && !isOf(subject.arn, one.from));
    if (sender) return [stays(node, from, `${nameOf(around, sender.from)} ${sender.kind} it: nobody would read that any more`)];
    return [itemOf(around, "queue", from, { note: `read by this function only${messagesIn(node)}` })];
  });
}

function messagesIn({ resource }: NetworkNode): string {
  const messages = resource?.details?.messages;
  return typeof messages === "number" && messages > 0 ? `; ${messages} messages in it` : "";
}

function stays(node: NetworkNode | undefined, id: string, why: string): Staying {
  return { name: node?.name ?? id, type: node?.type ?? "", why };
}

function nameOf({ network }: Surroundings, id: string): string {
  return network.nodes.get(id)?.name ?? id;
}

/** The function itself, or a version or alias of it. */
function isOf(functionArn: string, id: string): boolean {
  return id === functionArn || id.startsWith(`${functionArn}:`);
}
