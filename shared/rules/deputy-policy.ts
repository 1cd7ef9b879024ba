/** What the rules about services that act for anybody share. Functions have a rule of their own: their statements are taken out by commands. */
import type { ServiceName } from "../model/graph.ts";
import type { ResourceRef } from "../model/resource.ts";
import { type ResourceRule, resourceRule } from "../model/rule.ts";
import { stackAdvice } from "../wording/aws-cli.ts";
import { text } from "../wording/words.ts";
import { listDetail, unknownWithout } from "./from-outside.ts";
import { stackEvidence } from "./unused-resource.ts";

export interface DeputyPolicy {
  readonly id: string;
  readonly type: string;
  readonly service: ServiceName;
  /** `queue`, `topic`, `bucket`. */
  readonly word: string;
  /** What somebody else's resource would do by way of the service. */
  readonly why: string;
  /** Saves the policy, then opens it for a change and sets it. */
  commands(resource: ResourceRef): readonly string[];
}

/**
 * A rule about a policy by which an AWS service may act for whatever resource of it, in whosever account.
 * Source: IAM user guide, "The confused deputy problem".
 */
export function deputyPolicyRule(about: DeputyPolicy): ResourceRule {
  return resourceRule({
    id: about.id,
    subject: "resource",
    summary: `a service may use a ${about.word} on behalf of anybody's resources`,
    why: about.why,
    needs: [`${about.service}:own`],
    gone: [`${about.service}:listed`],
    types: [about.type],
    usageBased: false,
    severities: [
      { severity: "LOW", when: "a statement for a service has no aws:SourceArn or aws:SourceAccount, or one that anybody's resource fits" },
    ],
    settings: {},
    references: ["https://docs.aws.amazon.com/IAM/latest/UserGuide/confused-deputy.html"],

    judge({ resource }) {
      const statements = listDetail(resource, "deputyStatements").toSorted();
      if (statements.length === 0) return unknownWithout(resource, ["policy"]) ?? { answer: "clear" };
      return {
        answer: "hit",
        severity: "LOW",
        confidence: "high",
        materialKey: statements.join("|"),
        evidence: { statements, readAt: resource.readAt ?? null, ...stackEvidence(resource.tags ?? {}) },
      };
    },

    word(evidence, resource) {
      const statements = Array.isArray(evidence.statements) ? evidence.statements.map(String) : [];
      const services = [...new Set(statements.map((one) => one.slice(one.lastIndexOf(": ") + 2)))].toSorted();
      const sids = [...new Set(statements.map((one) => one.slice(0, one.lastIndexOf(": "))))].join(", ");
      const inStack = stackAdvice(text(evidence.stack) || undefined, text(evidence.logicalId) || undefined, "add the condition");
      return {
        title: `${services.join(", ")} may use ${about.word} ${resource.name} on behalf of any account`,
        remediation: {
          text: `${inStack}Statement ${sids}: add a condition StringEquals on aws:SourceAccount with ${resource.account}, or better ArnLike on aws:SourceArn with the one source. The first command saves the policy: it is the way back.`,
          commands: about.commands(resource),
        },
      };
    },
  });
}
