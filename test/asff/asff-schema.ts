/**
 * The documented limits of the AWS Security Finding Format, as a JSON Schema: what BatchImportFindings refuses, this refuses.
 * Source: "AWS Security Finding Format (ASFF)" and "Required top-level ASFF attributes", AWS Security Hub CSPM user guide; API reference
 * of AwsSecurityFinding. As of 2026-11-27.
 */
const nonEmpty = (maxLength: number) => ({ type: "string", pattern: "\\S", minLength: 1, maxLength });
const time = { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:?\\d\\d)$" };
const oneOf = (...values: string[]) => ({ type: "string", enum: values });

export const asffSchema = {
  type: "object",
  additionalProperties: false,
  required: [
    "SchemaVersion",
    "Id",
    "ProductArn",
    "GeneratorId",
    "AwsAccountId",
    "CreatedAt",
    "UpdatedAt",
    "Title",
    "Description",
    "Resources",
    "FindingProviderFields",
  ],
  properties: {
    SchemaVersion: { const: "2018-10-08" },
    Id: nonEmpty(512),
    ProductArn: { type: "string", pattern: "^arn:(aws|aws-cn|aws-us-gov):securityhub:[a-z0-9-]+:\\d{12}:product/\\d{12}/default$" },
    ProductName: nonEmpty(128),
    GeneratorId: nonEmpty(512),
    AwsAccountId: { type: "string", pattern: "^\\d{12}$" },
    FirstObservedAt: time,
    CreatedAt: time,
    UpdatedAt: time,
    Title: nonEmpty(256),
    Description: nonEmpty(1024),
    Remediation: {
      type: "object",
      additionalProperties: false,
      properties: {
        Recommendation: {
          type: "object",
          additionalProperties: false,
          properties: { Text: nonEmpty(512), Url: { type: "string", pattern: "^https?://\\S+$" } },
        },
      },
    },
    ProductFields: {
      type: "object",
      maxProperties: 50,
      // "aws/" is for AWS
      propertyNames: { type: "string", minLength: 1, maxLength: 128, not: { pattern: "^aws/" } },
      additionalProperties: nonEmpty(2048),
    },
    Resources: {
      type: "array",
      minItems: 1,
      maxItems: 32,
      items: {
        type: "object",
        additionalProperties: false,
        required: ["Type", "Id"],
        properties: {
          Type: { type: "string", pattern: "^(Aws[A-Z]\\w+|Other)$", maxLength: 256 },
          Id: nonEmpty(512),
          Partition: oneOf("aws", "aws-cn", "aws-us-gov"),
          Region: nonEmpty(16),
          Details: {
            type: "object",
            minProperties: 1,
            maxProperties: 1,
            additionalProperties: { type: "object", additionalProperties: nonEmpty(1024) },
          },
        },
      },
    },
    RecordState: oneOf("ACTIVE", "ARCHIVED"),
    Workflow: { type: "object", additionalProperties: false, properties: { Status: oneOf("SUPPRESSED") } },
    FindingProviderFields: {
      type: "object",
      additionalProperties: false,
      required: ["Severity", "Types"],
      properties: {
        Severity: {
          type: "object",
          additionalProperties: false,
          properties: { Label: oneOf("INFORMATIONAL", "LOW", "MEDIUM", "HIGH", "CRITICAL"), Original: nonEmpty(64) },
        },
        Types: {
          type: "array",
          minItems: 1,
          maxItems: 50,
          items: {
            type: "string",
            pattern: "^(Software and Configuration Checks|TTPs|Effects|Unusual Behaviors|Sensitive Data Identifications)(/[^/]+){0,2}$",
          },
        },
        Confidence: { type: "integer", minimum: 0, maximum: 100 },
      },
    },
  },
} as const;

/** Bytes that one finding may have. */
export const mostFindingBytes = 240 * 1024;
