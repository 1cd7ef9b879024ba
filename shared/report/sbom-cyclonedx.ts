/** A bill of materials as CycloneDX 1.6 JSON (cyclonedx.org/docs/1.6/json, read 2026-11-27). Pure. */
import type { Confidence } from "../model/finding.ts";
import { packagesOf, type SbomPackage, type SbomSubject, statementsOf, wholeness } from "./sbom.ts";

/** CycloneDX wants a number from 0 to 1. */
const confidences: Readonly<Record<Confidence, number>> = { high: 1, medium: 0.6, low: 0.3 };

export function cyclonedx(subject: SbomSubject): object {
  const { arn, name, version, tool, at, uuid } = subject;
  const packages = packagesOf(subject);
  const statements = subject.parts.flatMap((part) =>
    statementsOf(part).map((one) => ({ name: `smalltarget:coverage:${part.layerArn ?? "code"}`, value: one })),
  );
  return {
    $schema: "http://cyclonedx.org/schema/bom-1.6.schema.json",
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${uuid}`,
    version: 1,
    metadata: {
      timestamp: at,
      tools: { components: [{ type: "application", name: tool.name, version: tool.version }] },
      component: { type: "application", "bom-ref": arn, name, ...(version === undefined ? {} : { version }) },
      properties: statements,
    },
    components: packages.map(componentOf),
    dependencies: [{ ref: arn, dependsOn: packages.map(({ ref }) => ref) }],
    compositions: [{ aggregate: wholeness(subject), assemblies: [arn] }],
  };
}

function componentOf({ ref, purl, name, version, ecosystem, confidence, evidence, layerArn }: SbomPackage): object {
  const separator = ecosystem === "Maven" ? ":" : ecosystem === "npm" ? "/" : undefined;
  const at = separator === undefined ? -1 : name.indexOf(separator);
  const sure = confidences[confidence];
  return {
    type: "library",
    "bom-ref": ref,
    ...(at > 0 ? { group: name.slice(0, at), name: name.slice(at + 1) } : { name }),
    ...(version === null ? {} : { version }),
    purl,
    evidence: {
      identity: [{ field: "purl", confidence: sure, methods: [{ technique: "manifest-analysis", confidence: sure, value: evidence.how }] }],
      occurrences: [{ location: evidence.path }],
    },
    ...(layerArn === undefined ? {} : { properties: [{ name: "smalltarget:layer", value: layerArn }] }),
  };
}
