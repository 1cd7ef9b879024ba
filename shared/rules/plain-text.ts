/** What the rules about plain http share. */
import type { ServiceName } from "../model/graph.ts";
import type { ResourceRef } from "../model/resource.ts";
import type { ResourceRule } from "../model/rule.ts";
import { stackAdvice } from "../wording/aws-cli.ts";
import { text } from "../wording/words.ts";
import { isReachedFromOutside, listDetail, unknownWithout } from "./from-outside.ts";
import type { PolicyCommands } from "./policy-commands.ts";
import { stackEvidence } from "./unused-resource.ts";

export interface PlainText {
  readonly id: string;
  readonly type: string;
  readonly service: ServiceName;
  readonly word: string;
  readonly references: readonly string[];
  /** Resource and actions of the statement that refuses plain text. */
  statement(resource: ResourceRef): { readonly Action: string; readonly Resource: string | readonly string[] };
  readonly policy: PolicyCommands;
}

/**
 * A rule about a resource that accepts plain http from outside the account. What only the account's own programs reach is
 * left alone: the SDKs speak TLS, and a rule that fires on everything says nothing. A website cannot refuse http: its
 * endpoint speaks nothing else.
 */
export function plainTextRule(about: PlainText): ResourceRule {
  return {
    id: about.id,
    subject: "resource",
    summary: `a ${about.word} that others reach accepts plain http`,
    why: "What callers from outside send or fetch over plain http can be read and changed on the way; AWS accepts http here unless the policy refuses it.",
    needs: [`${about.service}:own`],
    gone: [`${about.service}:listed`],
    types: [about.type],
    usageBased: false,
    severities: [{ severity: "LOW", when: "reached from outside the account, and the policy does not refuse plain http" }],
    settings: {},
    references: about.references,

    judge({ resource, incoming }) {
      const unknown = unknownWithout(resource, ["policy", "website"]);
      if (unknown) return unknown;
      const readable = listDetail(resource, "publicRead").length > 0 && listDetail(resource, "publicWrite").length === 0;
      const isWebsite = resource.details?.website === true && readable;
      const inTransit = resource.encryption?.inTransit;
      if (isWebsite || inTransit === "enforced" || !isReachedFromOutside(incoming)) return { answer: "clear" };
      if (inTransit !== "not-enforced")
        return { answer: "unknown", why: "whether its policy refuses plain http depends on conditions that cannot be evaluated" };
      return {
        answer: "hit",
        severity: "LOW",
        confidence: "high",
        materialKey: "plain http",
        evidence: { readAt: resource.readAt ?? null, ...stackEvidence(resource.tags ?? {}) },
      };
    },

    word(evidence, resource) {
      const inStack = stackAdvice(text(evidence.stack) || undefined, text(evidence.logicalId) || undefined, "refuse plain http");
      const statement = {
        Sid: "RefusePlainText",
        Effect: "Deny",
        Principal: "*",
        ...about.statement(resource),
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      };
      return {
        title: `${resource.name} takes requests from outside over plain http`,
        remediation: {
          text: `${inStack}The first command saves the policy: the file is the way back. The second adds a statement to it that refuses plain http, and sets it.`,
          commands: [about.policy.show(resource), about.policy.add(resource, statement)],
        },
      };
    },
  };
}
