/** What the rules about policies that let everybody in share. */
import type { Evidence, Severity } from "../model/finding.ts";
import type { ServiceName } from "../model/graph.ts";
import type { ResourceRef } from "../model/resource.ts";
import type { ResourceRule } from "../model/rule.ts";
import { stackAdvice } from "../wording/aws-cli.ts";
import { text } from "../wording/words.ts";
import { listDetail, unknownWhere, unknownWithout } from "./from-outside.ts";
import { stackEvidence } from "./unused-resource.ts";

/** `noSid` of describe/doors.ts: such a statement cannot be taken out by name. */
export const withoutSid = "(without Sid)";

const anyAccount = "every AWS account";

export interface PublicPolicy {
  readonly id: string;
  readonly type: string;
  readonly service: ServiceName;
  /** `queue`, `topic`, `bus`. */
  readonly word: string;
  /** Who everybody is, where no credentials are asked for. */
  readonly everybody: string;
  /** Detail that lists the statements, and what they let everybody do; `publicInspect` is only about settings. */
  readonly ways: Readonly<Record<string, string>>;
  /** Parts of the resource without which nothing can be told, where it is not the policy. */
  readonly judgedBy?: readonly string[];
  readonly severity: Severity;
  readonly why: string;
  readonly references: readonly string[];
  /** Keeps the policy, then takes the statements out. */
  commands(resource: ResourceRef, statements: readonly string[]): readonly string[];
}

/** A rule about a policy whose statements let everybody in without a condition that somebody has to be somebody. */
export function publicPolicyRule(about: PublicPolicy): ResourceRule {
  const details = Object.keys(about.ways);
  return {
    id: about.id,
    subject: "resource",
    summary: `the policy of a ${about.word} lets ${about.everybody} in`,
    why: about.why,
    needs: [`${about.service}:own`],
    gone: [`${about.service}:listed`],
    types: [about.type],
    usageBased: false,
    severities: [
      { severity: about.severity, when: `a statement is for everybody, and no condition says who that may be` },
      { severity: "LOW", when: "so, but only to look at settings" },
    ],
    settings: {},
    references: about.references,

    judge({ resource }) {
      const open = details.filter((name) => listDetail(resource, name).length > 0);
      if (open.length === 0) return unknownWithout(resource, about.judgedBy ?? ["policy"]) ?? unknownWhere(resource) ?? { answer: "clear" };
      const statements = [...new Set(open.flatMap((name) => listDetail(resource, name)))].toSorted();
      const verbs = open.map((name) => about.ways[name] ?? "");
      const anonymous = listDetail(resource, "publicAnonymous");
      const signed = resource.details?.publicAnonymous !== undefined && !statements.some((one) => anonymous.includes(one));
      const who = signed ? anyAccount : about.everybody;
      return {
        answer: "hit",
        severity: open.every((name) => name === "publicInspect") ? "LOW" : about.severity,
        confidence: "high",
        materialKey: `${verbs.join("|")} ${statements.join("|")}${who === about.everybody ? "" : ` ${who}`}`,
        evidence: { who, may: verbs, statements, readAt: resource.readAt ?? null, ...stackEvidence(resource.tags ?? {}) },
      };
    },

    word(evidence, resource) {
      const statements = evidence.statements as readonly string[];
      return {
        title: `${capital(text(evidence.who) || about.everybody)} may ${enumerated(evidence.may as readonly string[])} ${about.word} ${resource.name}`,
        remediation: { text: adviceOf(evidence, statements), commands: about.commands(resource, statements) },
      };
    },
  };
}

function adviceOf(evidence: Evidence, statements: readonly string[]): string {
  const inStack = stackAdvice(text(evidence.stack) || undefined, text(evidence.logicalId) || undefined, "narrow the policy");
  const named = statements.length === 1 ? `Statement ${statements[0]}` : `Statements ${statements.join(", ")}`;
  return `${inStack}${named}: name the principals that need it, or add a condition on aws:PrincipalAccount, aws:PrincipalOrgID, aws:SourceAccount or aws:SourceArn. The first command shows the policy as it is now: keep it, it is the way back. Where a command opens an editor, take the statement out there. Whoever gets in by these statements alone is refused from then on.`;
}

/** `read`, `read and change`, `read, change and remove`. */
function enumerated(words: readonly string[]): string {
  return [words.slice(0, -1).join(", "), ...words.slice(-1)].filter(Boolean).join(" and ");
}

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
