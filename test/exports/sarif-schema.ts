/**
 * The parts of SARIF 2.1.0 that we write, after "Static Analysis Results Interchange Format (SARIF) Version 2.1.0" (OASIS, 2020-03-27),
 * sections 3.13 to 3.58: names, types and what is required. Nothing else is let through.
 */
const message = { type: "object", required: ["text"], additionalProperties: false, properties: { text: { type: "string", minLength: 1 } } };
const bag = { type: "object", properties: { tags: { type: "array", uniqueItems: true, maxItems: 20, items: { type: "string" } } } };
const level = { enum: ["none", "note", "warning", "error"] };
const time = { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z$" };
const object = (required: readonly string[], properties: object) => ({ type: "object", required, additionalProperties: false, properties });

const descriptor = object(["id"], {
  id: { type: "string", minLength: 1 },
  shortDescription: message,
  fullDescription: message,
  help: message,
  defaultConfiguration: object([], { level }),
  properties: {
    ...bag,
    properties: { ...bag.properties, "security-severity": { type: "string", pattern: "^(10\\.0|\\d\\.\\d)$" } },
  },
});

const location = object([], {
  physicalLocation: object([], {
    // characters of a relative reference (RFC 3986)
    artifactLocation: object([], { uri: { type: "string", pattern: "^[A-Za-z0-9._~/!$&'()*+,;=@%-]+$" } }),
    region: object([], { startLine: { type: "integer", minimum: 1 } }),
  }),
  logicalLocations: {
    type: "array",
    uniqueItems: true,
    items: object([], { name: { type: "string" }, fullyQualifiedName: { type: "string" }, kind: { type: "string" } }),
  },
});

const suppression = object(["kind"], {
  kind: { enum: ["inSource", "external"] },
  status: { enum: ["accepted", "underReview", "rejected"] },
  justification: { type: "string" },
});

const result = object(["message"], {
  ruleId: { type: "string" },
  ruleIndex: { type: "integer", minimum: -1 },
  level,
  message,
  locations: { type: "array", maxItems: 1000, items: location },
  partialFingerprints: { type: "object", additionalProperties: { type: "string" } },
  suppressions: { type: "array", uniqueItems: true, items: suppression },
  properties: bag,
});

export const sarifSchema = object(["version", "runs"], {
  $schema: { type: "string", pattern: "^https://" },
  version: { const: "2.1.0" },
  runs: {
    type: "array",
    maxItems: 20,
    items: object(["tool"], {
      tool: object(["driver"], {
        driver: object(["name"], { name: { type: "string" }, rules: { type: "array", uniqueItems: true, items: descriptor } }),
      }),
      automationDetails: object([], { id: { type: "string" } }),
      invocations: {
        type: "array",
        items: object(["executionSuccessful"], { executionSuccessful: { type: "boolean" }, startTimeUtc: time, endTimeUtc: time }),
      },
      columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] },
      results: { type: "array", maxItems: 25_000, items: result },
      properties: bag,
    }),
  },
});
