// Names that somebody may choose, in tickets and in Security Hub. For the other kinds: kinds/hostile.test.ts; for chat: chat-notification.test.ts.
import { Ajv } from "ajv";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { asff } from "../../shared/asff/asff.ts";
import { hasUnsafeCharacters } from "../../shared/model/plain-text.ts";
import { asffSchema } from "../asff/asff-schema.ts";
import { account, aFinding } from "./a-finding.ts";
import { hostileNames } from "./hostile-names.ts";
import { Desk } from "./jira/a-desk.ts";
import { AJira } from "./jira/a-jira.ts";
import "./without-aws-environment.ts";

/** A finding that has the name wherever a name can stand. */
function named(name: string) {
  return aFinding(1, {
    name,
    title: `${name} comes within 3 % of its timeout`,
    evidence: { longestMs: 9700, callers: [name, name], [`last${name}`]: name },
    owner: { team: name, env: name, source: `tag ${name}` },
    remediation: { text: `Ask ${name}.`, commands: [`aws lambda get-function --function-name '${name}'`] },
  });
}

/** Every text in the JSON. */
function texts(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => [key, ...texts(member)]);
}

const isPrintable = (text: string) => !text.split("\n").some(hasUnsafeCharacters);

describe.each(Object.entries(hostileNames))("%s in a name", (_what, name) => {
  const jiras: AJira[] = [];
  beforeAll(async () => {
    jiras.push(await AJira.open(3), await AJira.open(2));
    for (const jira of jiras) {
      const desk = new Desk(jira);
      await desk.tell(named(name));
      await desk.tell({ ...named(name), severity: "CRITICAL", pending: { ...named(name).pending, transition: "changed" } });
    }
  });
  afterAll(() => Promise.all(jiras.map((jira) => jira.close())));

  /** Summary, labels, description, comment. */
  const written = (at: 0 | 1) => {
    const ticket = jiras[at]?.only();
    return [ticket?.fields.summary, ticket?.fields.labels, ticket?.fields.description, ...(ticket?.comments ?? [])];
  };

  test("is text in ADF: no node, mark or attribute of it but ours", () => {
    for (const text of texts(written(0))) expect(isPrintable(text), JSON.stringify(text)).toBe(true);
    const json = JSON.stringify(written(0));
    const types = new Set([...json.matchAll(/"type":"(\w+)"/g)].map(([, type]) => type));
    expect([...types].filter((type) => type === "mention" || type === "inlineCard" || type === "link" || type === "emoji")).toEqual([]);
    expect(texts(written(0)).some((text) => text.includes("F-0000000001"))).toBe(true);
  });

  test("formats, links, mentions and embeds nothing in wiki text", () => {
    const [summary, ...rich] = written(1);
    expect(summary).not.toMatch(/[<>@*|`]|:\/\//);
    for (const text of texts(rich)) {
      expect(isPrintable(text), JSON.stringify(text)).toBe(true);
      const outside = text.replace(/\{noformat\}\n[^\n]*\n\{noformat\}/g, "");
      expect(outside).not.toMatch(/[{}[\]|~@\\^]|:\/\/|!\S/);
      // bold is what we write in front of a value, and nothing else
      for (const line of outside.split("\n")) expect(line.replace(/^\* (\*[^*]+\*: )?/, "")).not.toContain("*");
    }
  });

  test("is found again in the list of the ticket, and told once", () => {
    for (const jira of jiras) {
      const { fields, comments } = jira.only();
      expect(
        jira
          .text(fields.description)
          .split("\n")
          .filter((line) => /^(\* \(x\)|\[ \]) F-0000000001 CRITICAL/.test(line)),
      ).toHaveLength(1);
      expect(comments).toHaveLength(1);
    }
  });

  test("fits into the format of Security Hub", () => {
    const finding = asff(named(name), { partition: "aws", account, region: "eu-west-1" });
    const fits = new Ajv().compile(asffSchema);
    expect(fits(finding) ? [] : fits.errors).toEqual([]);
    for (const text of texts(finding)) expect(isPrintable(text), JSON.stringify(text)).toBe(true);
  });
});
