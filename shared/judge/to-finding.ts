/** A rule's hit as a finding, with the words of the rule. */
import type { Finding, Owner } from "../model/finding.ts";
import { findingId } from "../model/finding-id.ts";
import type { ResourceRef } from "../model/resource.ts";
import type { Hit, Rule } from "../model/rule.ts";

export function toFinding(rule: Rule, resource: ResourceRef, hit: Hit, owner: Owner): Finding {
  const { sub } = hit;
  const { title, remediation } = rule.word(hit.evidence, resource);
  return {
    id: findingId(resource.account, resource.region, resource.arn, rule.id, sub),
    rule: rule.id,
    severity: hit.severity,
    confidence: hit.confidence,
    resource,
    ...(sub === undefined ? {} : { sub }),
    title: title.startsWith(resource.name) ? title : title.replace(/^[a-z]+(?= )/, (word) => word.charAt(0).toUpperCase() + word.slice(1)),
    evidence: hit.evidence,
    remediation,
    owner,
    references: rule.references,
    materialKey: hit.materialKey,
    ...(hit.continuesOnly ? { continuesOnly: true } : {}),
    ...(hit.mayBeGraver ? { mayBeGraver: true } : {}),
  };
}
