import { parseStatement } from "../../describe/statement-ref.ts";
import { accountOf, parseArn } from "../../model/arn.ts";
import type { Resource } from "../../model/graph.ts";
import { proofOf } from "../../model/proof.ts";
import { resourceRule } from "../../model/rule.ts";
import type { ResourceSubject } from "../../model/rule-subject.ts";
import { awsCommand } from "../../wording/aws-cli.ts";
import { listDetail } from "../from-outside.ts";
import { clearUnlessUnread } from "../function-statements.ts";
import { stackEvidence, unusedRemediation } from "../unused-resource.ts";

/** What a statement's source may be, where it names a single resource of a kind that we list, of this account and Region. */
function named(source: string, region: string, account: string): readonly string[] | undefined {
  const parts = parseArn(source);
  if (!parts) return undefined;
  const { partition, service, resource } = parts;
  const bucket = service === "s3" && parts.region === "" && !/[*?]/.test(resource);
  if (bucket) return [source];
  if (parts.region !== region || parts.account !== account) return undefined;
  if (service === "execute-api") {
    const id = resource.split("/")[0] ?? "";
    if (!/^[a-z0-9]+$/.test(id)) return undefined;
    const at = `arn:${partition}:apigateway:${region}::`;
    return [`${at}/restapis/${id}`, `${at}/apis/${id}`];
  }
  if (/[*?]/.test(resource)) return undefined;
  if (service === "events" && resource.startsWith("rule/")) {
    // the default bus may be named or left out
    return [source, source.replace(":rule/default/", ":rule/")];
  }
  return service === "sns" ? [source] : undefined;
}

/** A permission of a function for an API, bucket, rule or topic that is not there any more. */
export const orphanedPermission = resourceRule({
  id: "lambda/orphaned-permission",
  subject: "resource",
  summary: "a function may be called by something that is gone",
  why: "Whoever makes something of that name again can call the function. Names of buckets are free for anybody in the world.",
  needs: ["lambda-access:own", "rest-apis:listed", "http-apis:listed", "s3:listed", "event-buses:listed", "sns:listed"],
  gone: ["functions:listed"],
  types: ["AWS::Lambda::Function"],
  usageBased: false,
  severities: [{ severity: "LOW", when: "a statement of its policy names an API, bucket, rule or topic that is gone" }],
  settings: {},
  references: ["https://docs.aws.amazon.com/lambda/latest/dg/access-control-resource-based.html"],

  judge(subject) {
    const { resource, incoming } = subject;
    const account = accountOf(resource.arn) ?? "";
    const gone: { readonly sid: string; readonly qualifier: string; readonly source: string }[] = [];
    for (const relation of incoming) {
      const proof = proofOf(relation);
      const what = named(relation.from, resource.region, account);
      if (proof?.by !== "permission" || !what || isKnown(proof, relation.from, what, subject)) continue;
      gone.push({ sid: proof.sid, qualifier: proof.qualifier ?? "", source: relation.from });
    }
    if (gone.length === 0) return clearUnlessUnread(resource, /^(policy|aliases)/);
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
});

/** It is in the graph, or its statement says that it belongs to another account. */
function isKnown(
  { sid, qualifier = "" }: { readonly sid: string; readonly qualifier?: string },
  from: string,
  arns: readonly string[],
  { resource, resourceOf }: ResourceSubject,
): boolean {
  const foreign = from.includes(":s3:::") && isForeign(resource, sid, qualifier);
  return foreign || arns.some((arn) => resourceOf(arn) !== undefined);
}

function isForeign(resource: Resource, sid: string, qualifier: string): boolean {
  const statements = listDetail(resource, "crossAccountStatements").map(parseStatement);
  return statements.some((one) => one.sid === sid && (one.qualifier ?? "") === qualifier);
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
