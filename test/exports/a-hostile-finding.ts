import type { DocumentFinding } from "../../shared/model/document.ts";
import { aDocumentFinding } from "../build.ts";
import { hostileName } from "../notify/a-finding.ts";

/** Every text of it is one that nobody should have. */
export function aHostileFinding(given: Partial<DocumentFinding> = {}): DocumentFinding {
  const text = `=cmd|' /C calc'!A0 [click](https://evil.example) {0} ${hostileName.repeat(20)}`;
  const { resource } = aDocumentFinding();
  return aDocumentFinding({
    id: "F-0000000666",
    title: text,
    evidence: { name: text, list: [text, text], number: 3, nothing: null },
    remediation: { text, commands: [`aws x --name '${text}'`] },
    owner: { team: text, env: text, source: text },
    resource: { ...resource, name: `../../etc/passwd?x#${hostileName}`, arn: `arn:aws:lambda:eu-west-1:1:function:${text}` },
    references: ["javascript:alert(1)", "https://docs.aws.amazon.com/x"],
    ...given,
  });
}

/** Everything that a text may not hold, wherever it stands in the JSON. */
export function unsafeTextsIn(value: unknown): string[] {
  if (typeof value === "string") return /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u.test(value) ? [value] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => [...unsafeTextsIn(name), ...unsafeTextsIn(member)]);
}
