import type { Relation, ServiceName } from "../../model/graph.ts";
import { parseArn } from "../../model/resource.ts";
import type { ResourceRule, ResourceSubject } from "../../model/rule.ts";
import { awsCommand } from "../aws-cli.ts";
import { stackEvidence, unusedRemediation } from "../unused-resource.ts";

const services = ["lambda-access", "rest-apis", "http-apis", "s3", "event-buses", "sns"] as const;
const proof = /^lambda:GetPolicy, statement (.*?)(?: of ([A-Za-z0-9$_-]+))?$/;

interface Named {
  /** The resource would be one of these. */
  readonly arns: readonly string[];
  /** Services that have to be read completely before it counts as gone. */
  readonly listedBy: readonly ServiceName[];
}

/** What a statement's source names, where it is a single resource of a kind that we list, of this account and Region. */
function named(source: string, region: string, account: string): Named | undefined {
  const parts = parseArn(source);
  if (!parts) return undefined;
  const { partition, service, resource } = parts;
  const bucket = service === "s3" && parts.region === "" && !/[*?]/.test(resource);
  if (bucket) return { arns: [source], listedBy: ["s3"] };
  if (parts.region !== region || parts.account !== account) return undefined;
  if (service === "execute-api") {
    const id = resource.split("/")[0] ?? "";
    if (!/^[a-z0-9]+$/.test(id)) return undefined;
    const at = `arn:${partition}:apigateway:${region}::`;
    return { arns: [`${at}/restapis/${id}`, `${at}/apis/${id}`], listedBy: ["rest-apis", "http-apis"] };
  }
  if (/[*?]/.test(resource)) return undefined;
  if (service === "events" && resource.startsWith("rule/")) {
    // the default bus may be named or left out
    const arns = [source, source.replace(":rule/default/", ":rule/")];
    return { arns, listedBy: ["event-buses"] };
  }
  return service === "sns" ? { arns: [source], listedBy: ["sns"] } : undefined;
}

/** A permission of a function for an API, bucket, rule or topic that is not there any more. */
export const orphanedPermission: ResourceRule = {
  id: "lambda/orphaned-permission",
  subject: "resource",
  summary: "a function may be called by something that is gone",
  why: "Whoever makes something of that name again can call the function. Names of buckets are free for anybody in the world.",
  needs: [],
  types: ["AWS::Lambda::Function"],
  services,
  usageBased: false,
  severities: [{ severity: "LOW", when: "a statement of its policy names an API, bucket, rule or topic that is gone" }],
  settings: {},
  references: ["https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html"],

  judge(subject) {
    const { resource, incoming } = subject;
    const account = resource.arn.split(":")[4] ?? "";
    const gone: { readonly sid: string; readonly qualifier: string; readonly source: string }[] = [];
    let unread: ServiceName | undefined;
    for (const relation of incoming) {
      const [, sid, qualifier = ""] = proof.exec(relation.evidence) ?? [];
      const what = named(relation.from, resource.region, account);
      if (sid === undefined || !what || isKnown(relation, what, subject)) continue;
      const missing = what.listedBy.find((service) => !subject.isComplete(service));
      if (missing) unread ??= missing;
      else gone.push({ sid, qualifier, source: relation.from });
    }
    if (gone.length === 0) return unread ? { answer: "unknown", why: `${unread} could not be read completely` } : { answer: "clear" };
    const statements = gone.map(({ sid, qualifier, source }) => `${sid}${qualifier ? ` of ${qualifier}` : ""}: ${source}`).toSorted();
    return {
      answer: "hit",
      severity: "LOW",
      confidence: gone.some(({ source }) => source.includes(":s3:::")) ? "medium" : "high",
      materialKey: statements.join("|"),
      evidence: {
        statements,
        statementIds: gone.map(({ sid }) => sid),
        qualifiers: gone.map(({ qualifier }) => qualifier),
        ...stackEvidence(resource.tags ?? {}),
      },
    };
  },

  word(evidence, resource) {
    const sids = listOf(evidence.statementIds);
    const qualifiers = listOf(evidence.qualifiers);
    const advice = "Keep the policy (first command), then take the statements out of it.";
    const base = { "function-name": resource.name, region: resource.region };
    return {
      title: `${resource.name} may be called by ${sids.length === 1 ? "something that is" : `${sids.length} things that are`} gone`,
      remediation: unusedRemediation(evidence, advice, [
        awsCommand("lambda", "get-policy", base),
        ...sids.map((sid, n) => {
          const qualifier: Record<string, string> = qualifiers[n] ? { qualifier: qualifiers[n] } : {};
          return awsCommand("lambda", "remove-permission", { ...base, "statement-id": sid, ...qualifier });
        }),
      ]),
    };
  },
};

/** It is in the graph, or it is said to belong to another account. */
function isKnown({ from }: Relation, { arns }: Named, { resourceOf, incoming }: ResourceSubject): boolean {
  const foreign = from.includes(":s3:::") && incoming.some((one) => one.from.startsWith("account:"));
  return foreign || arns.some((arn) => resourceOf(arn) !== undefined);
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
