/** What `npm run new -- rule` writes. Pure text. */
import { constantOf } from "./frame-name.ts";

/**
 * The rule: it runs, finds nothing, and its texts say what to write in their place.
 * @param gone the list of what proves that a resource of the type is gone, as code
 */
export function ruleFrame(id: string, type: string, gone = '["functions:listed"]'): string {
  return `import { resourceRule } from "../../model/rule.ts";

/** Say when it fires, how grave it is, and by which source that is right. */
export const ${constantOf(id.split("/")[1] ?? "")} = resourceRule({
  id: "${id}",
  subject: "resource",
  summary: "say in one line what is wrong",
  why: "Say in a sentence or two why somebody should care, in words for somebody who did not write the function.",
  // what it reads, e.g. "sqs", "sqs:listed" (only what there is), "sqs:own" (only of the judged resource): CONTRIBUTING.md
  needs: [],
  // what proves that a resource which is not seen again is gone: what lists it
  gone: ${gone},
  types: ["${type}"],
  usageBased: false,
  severities: [{ severity: "LOW", when: "say under which condition" }],
  settings: {},
  references: [],

  judge({ resource }) {
    if (resource.details?.unread !== undefined) return { answer: "unknown", why: "part of it could not be read" };
    return { answer: "clear" };
  },

  word(_evidence, { name }) {
    return { title: \`\${name} has what the summary says\`, remediation: { text: "Say what to do, and how to undo it.", commands: [] } };
  },
});
`;
}

/** Its test: a case that fires, which fails until the rule does, one that must not, and one that cannot be told. */
export function ruleTestFrame(id: string, type: string): string {
  return `import { describe, expect, test } from "vitest";
import { aResource, judgeResource, wordedResource } from "../a-resource-subject.ts";

describe("${id}", () => {
  const [id, type] = ["${id}", "${type}"];
  const concerned = aResource(type, { details: {} });

  test("fires, and says what to do", () => {
    expect(judgeResource(id, concerned)).toMatchObject({ answer: "hit", severity: "LOW" });
    expect(wordedResource(id, concerned).remediation.commands.length).toBeGreaterThan(0);
  });

  test("is silent where nothing is wrong", () => {
    expect(judgeResource(id, aResource(type))).toEqual({ answer: "clear" });
  });

  test("cannot tell where part of it was not read", () => {
    expect(judgeResource(id, aResource(type, { details: { unread: ["attributes"] } }))).toMatchObject({ answer: "unknown" });
  });
});
`;
}
