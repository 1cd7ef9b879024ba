/** A bill of materials as SPDX 2.3 JSON (spdx.github.io/spdx-spec/v2.3, read 2026-11-27). Pure. */
import { packagesOf, type SbomPackage, type SbomSubject, statementsOf, wholeness } from "./sbom.ts";

const document = "SPDXRef-DOCUMENT";
const unknown = "NOASSERTION";

export function spdx(subject: SbomSubject): object {
  const { arn, name, version, tool, at, uuid } = subject;
  const own = "SPDXRef-function";
  const layers = subject.parts.flatMap(({ layerArn }, i) => (layerArn === undefined ? [] : [{ id: `SPDXRef-layer-${i}`, layerArn }]));
  const packages = packagesOf(subject);
  const holderOf = ({ layerArn }: SbomPackage) => layers.find((one) => one.layerArn === layerArn)?.id ?? own;
  return {
    spdxVersion: "SPDX-2.3",
    dataLicense: "CC0-1.0",
    SPDXID: document,
    name,
    documentNamespace: `urn:uuid:${uuid}`,
    // the form of its dates has no fractions of seconds
    creationInfo: { created: `${at.slice(0, 19)}Z`, creators: [`Tool: ${tool.name}-${tool.version}`], comment: commentOf(subject) },
    documentDescribes: [own],
    packages: [
      { ...plain(own, name, "APPLICATION"), ...(version === undefined ? {} : { versionInfo: version }), comment: arn },
      ...layers.map(({ id, layerArn }) => ({ ...plain(id, layerArn, "LIBRARY"), comment: "layer" })),
      ...packages.map(packageOf),
    ],
    relationships: [
      { spdxElementId: document, relationshipType: "DESCRIBES", relatedSpdxElement: own },
      ...layers.map(({ id }) => ({ spdxElementId: own, relationshipType: "DEPENDS_ON", relatedSpdxElement: id })),
      ...packages.map((one) => ({ spdxElementId: holderOf(one), relationshipType: "CONTAINS", relatedSpdxElement: idOf(one) })),
    ],
  };
}

function commentOf(subject: SbomSubject): string {
  const statements = subject.parts.flatMap((part) => statementsOf(part).map((one) => `${part.layerArn ?? "code"}: ${one}`));
  return [`contents: ${wholeness(subject)}`, ...statements].join("\n");
}

function plain(id: string, name: string, purpose: "APPLICATION" | "LIBRARY") {
  return {
    SPDXID: id,
    name,
    downloadLocation: unknown,
    filesAnalyzed: false,
    licenseConcluded: unknown,
    licenseDeclared: unknown,
    copyrightText: unknown,
    primaryPackagePurpose: purpose,
  };
}

function idOf({ ref }: SbomPackage): string {
  return `SPDXRef-${ref}`;
}

function packageOf(one: SbomPackage): object {
  const { name, version, purl, evidence } = one;
  return {
    ...plain(idOf(one), name, "LIBRARY"),
    ...(version === null ? {} : { versionInfo: version }),
    sourceInfo: `${evidence.how}: ${evidence.path}`,
    externalRefs: [{ referenceCategory: "PACKAGE-MANAGER", referenceType: "purl", referenceLocator: purl }],
  };
}
