import { describe, expect, test } from "vitest";
import { aSubject, contextOf, functionRule, judge } from "../a-subject.ts";

const id = "lambda/readable-secret-in-environment";
type Secrets = NonNullable<ReturnType<typeof aSubject>["configuration"]["environmentSecrets"]>;
const withSecrets = (...environmentSecrets: Secrets) => {
  const subject = aSubject();
  return { ...subject, configuration: { ...subject.configuration, environmentSecrets } };
};
const byName = { name: "DB_PASSWORD", kind: "value named password", by: "name" } as const;
const byValue = { name: "PAY", kind: "Stripe key", by: "value" } as const;

describe(id, () => {
  test("is grave where a value has the shape of a key, less where only the name says so", () => {
    expect(judge(id, withSecrets(byValue, byName))).toMatchObject({ answer: "hit", severity: "HIGH", confidence: "high" });
    expect(judge(id, withSecrets(byName))).toMatchObject({ answer: "hit", severity: "MEDIUM", confidence: "medium" });
  });

  test("is silent without one, and about variables that somebody allowed", () => {
    expect(judge(id, aSubject())).toEqual({ answer: "clear" });
    const rule = functionRule(id);
    expect(rule.judge(withSecrets(byName), contextOf(rule, { allowedNames: ["DB_PASSWORD"] }))).toEqual({ answer: "clear" });
  });

  test("cannot tell where AWS did not decrypt the environment", () => {
    const subject = aSubject();
    const unread = { ...subject, configuration: { ...subject.configuration, environmentUnread: "AccessDeniedException" } };
    expect(judge(id, unread)).toMatchObject({ answer: "unknown" });
  });

  test("changes when another secret comes, not in the order in which AWS answers", () => {
    const keyOf = (...secrets: Secrets) => (judge(id, withSecrets(...secrets)) as { materialKey: string }).materialKey;
    expect(keyOf(byName, byValue)).toBe(keyOf(byValue, byName));
    expect(keyOf(byName)).not.toBe(keyOf(byName, byValue));
  });
});
