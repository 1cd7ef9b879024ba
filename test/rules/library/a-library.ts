/** Artifacts with libraries, as rules see them. */
import type { FunctionFacts } from "../../../shared/model/document.ts";
import type { ExposureLevel } from "../../../shared/model/graph.ts";
import type { ArtifactLibraries, VulnerablePackage } from "../../../shared/model/libraries.ts";
import type { Hit, Judgements, Unknown } from "../../../shared/model/rule.ts";
import type { ResourceSubject } from "../../../shared/model/rule-subject.ts";
import { aResource, resourceRule, resourceSubject, type Surroundings } from "../a-resource-subject.ts";
import { aFunction, contextOf } from "../a-subject.ts";

export const account = "111122223333";
const functionArn = (name: string) => `arn:aws:lambda:eu-west-1:${account}:function:${name}`;
export const vendorLayer = "arn:aws:lambda:eu-west-1:444455556666:layer:agent:41";

type More = Partial<Omit<VulnerablePackage, "package">> & { readonly package?: Partial<VulnerablePackage["package"]> };

/** lodash 4.17.20 with one hole that CVSS calls high. */
export function aVulnerable({ package: named = {}, ...more }: More = {}): VulnerablePackage {
  return {
    package: {
      purl: "pkg:npm/lodash@4.17.20",
      name: "lodash",
      ecosystem: "npm",
      version: "4.17.20",
      confidence: "high",
      evidence: { how: "package.json", path: "node_modules/lodash/package.json" },
      ...named,
    },
    ids: ["GHSA-35jh-r3h4-6jhm"],
    aliases: ["CVE-2021-23337"],
    severity: "HIGH",
    score: 7.2,
    malicious: false,
    fixed: "4.17.21",
    majorJump: false,
    ...more,
  };
}

/** Read as a whole, with these. */
export function libraries(vulnerable: readonly VulnerablePackage[], more: Partial<ArtifactLibraries> = {}): ArtifactLibraries {
  const coverage = { status: "complete", statements: ["npm: 12 packages, all versions known"], opaque: [] } as const;
  return { kind: "code", packages: 12, versionsKnown: 12, coverage, vulnerable, untold: [], ...more };
}

/** A function with these libraries, reached like this. */
export function aFunctionWith(
  all: ArtifactLibraries | undefined,
  level: ExposureLevel = "unknown",
  indirectLevel?: ExposureLevel,
): ResourceSubject {
  const resource = aResource("AWS::Lambda::Function", { arn: functionArn("orders-api"), name: "orders-api" });
  const exposure = { level, paths: [], ...(indirectLevel ? { indirectLevel } : {}) };
  return { ...resourceSubject(resource), exposure, ...(all ? { libraries: all } : {}) };
}

/** A version of a layer that functions of these levels use. */
export function aLayerWith(all: ArtifactLibraries, arn: string, levels: readonly ExposureLevel[]): ResourceSubject {
  const resource = aResource("AWS::Lambda::LayerVersion", {
    arn,
    name: arn.split(":").at(-2) ?? "",
    details: { version: Number(arn.split(":").at(-1)) },
  });
  const functions: FunctionFacts[] = levels.map((level, i) =>
    aFunction({ arn: functionArn(`f${i}`), name: `f${i}`, exposure: { level, paths: [] } }),
  );
  const around: Surroundings = { functions, incoming: functions.map((one) => ({ from: one.arn, kind: "uses-layer" as const })) };
  return { ...resourceSubject(resource, around), libraries: { ...all, kind: "layer" } };
}

export function judged(id: string, subject: ResourceSubject): readonly (Hit | Unknown)[] {
  const rule = resourceRule(id);
  const found: Judgements = rule.judge(subject, contextOf(rule));
  const all = "answer" in found ? [found] : found;
  return all.flatMap((one) => (one.answer === "clear" ? [] : [one]));
}

export function hitsOf(id: string, subject: ResourceSubject): readonly Hit[] {
  return judged(id, subject).flatMap((one) => (one.answer === "hit" ? [one] : []));
}

/** The words of the first hit. */
export function wordsOf(id: string, subject: ResourceSubject) {
  const [hit] = hitsOf(id, subject);
  if (!hit) throw new Error(`${id} finds nothing`);
  const { arn, name, type, region } = subject.resource;
  return resourceRule(id).word(hit.evidence, { arn, name, type, region, account });
}
