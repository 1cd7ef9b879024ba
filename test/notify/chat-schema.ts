/**
 * The documented shape of a custom notification, as a JSON Schema; with the lengths that are known to arrive.
 * Source: "Custom notifications using Amazon Q Developer in chat applications", administrator guide, as of 2026-11-27.
 */
const text = (maxLength: number) => ({ type: "string", minLength: 1, maxLength });
const variable = { type: "string", pattern: "^[\\x21-\\x7e]{1,1024}$" };

export const chatSchema = {
  type: "object",
  additionalProperties: false,
  required: ["version", "source", "content"],
  properties: {
    version: { const: "1.0" },
    source: { const: "custom" },
    id: text(100),
    content: {
      type: "object",
      additionalProperties: false,
      required: ["description"],
      properties: {
        textType: { const: "client-markdown" },
        title: text(100),
        description: text(2500),
        nextSteps: { type: "array", maxItems: 6, items: text(500) },
        keywords: { type: "array", maxItems: 12, items: text(60) },
      },
    },
    metadata: {
      type: "object",
      additionalProperties: false,
      properties: {
        threadId: { type: "string", pattern: "^F-[0-9A-Z]{10}$" },
        summary: text(100),
        eventType: text(40),
        relatedResources: { type: "array", maxItems: 10, items: text(300) },
        additionalContext: {
          type: "object",
          additionalProperties: text(200),
          properties: { findingId: variable, rule: variable, account: variable, region: variable, severity: variable },
        },
        enableCustomActions: { type: "boolean" },
      },
    },
  },
} as const;
