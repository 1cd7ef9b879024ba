/**
 * SPDX 2.3 in JSON as its specification requires it (spdx.github.io/spdx-spec/v2.3, clauses 6, 7 and 11, and schemas/spdx-schema.json of spdx/spdx-spec, read 2026-11-28), for
 * the members that we write: nothing else may stand there.
 */
const text = { type: "string", minLength: 1 } as const;
const id = { type: "string", pattern: "^SPDXRef-[a-zA-Z0-9.-]+$" } as const;
const licence = { enum: ["NOASSERTION", "NONE"] } as const;

const members = (properties: object, required: readonly string[]) => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});
const list = (items: object) => ({ type: "array", items, uniqueItems: true });

const reference = members(
  {
    referenceCategory: { enum: ["SECURITY", "PACKAGE-MANAGER", "PERSISTENT-ID", "OTHER"] },
    referenceType: text,
    referenceLocator: text,
    comment: text,
  },
  ["referenceCategory", "referenceType", "referenceLocator"],
);

const aPackage = members(
  {
    SPDXID: id,
    name: text,
    versionInfo: text,
    downloadLocation: text,
    filesAnalyzed: { type: "boolean" },
    licenseConcluded: licence,
    licenseDeclared: licence,
    copyrightText: text,
    comment: text,
    sourceInfo: text,
    externalRefs: list(reference),
    primaryPackagePurpose: {
      enum: [
        "APPLICATION",
        "FRAMEWORK",
        "LIBRARY",
        "CONTAINER",
        "OPERATING_SYSTEM",
        "DEVICE",
        "FIRMWARE",
        "SOURCE",
        "ARCHIVE",
        "FILE",
        "INSTALL",
        "OTHER",
      ],
    },
  },
  ["SPDXID", "name", "downloadLocation"],
);

const relationship = members(
  { spdxElementId: id, relatedSpdxElement: id, relationshipType: { enum: ["DESCRIBES", "DEPENDS_ON", "CONTAINS"] } },
  ["spdxElementId", "relatedSpdxElement", "relationshipType"],
);

const creation = members(
  {
    created: { type: "string", pattern: "^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}Z$" },
    creators: { ...list({ type: "string", pattern: "^(?:Person|Organization|Tool): ." }), minItems: 1 },
    comment: text,
  },
  ["created", "creators"],
);

export const spdxSchema = members(
  {
    spdxVersion: { const: "SPDX-2.3" },
    dataLicense: { const: "CC0-1.0" },
    SPDXID: { const: "SPDXRef-DOCUMENT" },
    name: text,
    // an absolute address without a fragment
    documentNamespace: { type: "string", pattern: "^[a-z][a-z\\d+.-]*:[^#]+$" },
    creationInfo: creation,
    documentDescribes: list(id),
    packages: list(aPackage),
    relationships: list(relationship),
  },
  ["spdxVersion", "dataLicense", "SPDXID", "name", "documentNamespace", "creationInfo"],
);
