import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { bundlePage } from "../../page/bundle.ts";
import { partNames } from "../../shared/page-file/page-data.ts";
import { reportPage } from "../../shared/page-file/report-page.ts";

import { arns } from "../an-account.ts";
import { aDocument, aDocumentFinding, aFunction } from "../build.ts";
import { aPageDocument, aPageInput, hostileNames, means, partsIn } from "./a-page.ts";

const { html } = await reportPage(aPageInput(), means);
const between = (text: string, from: string, to: string) => text.slice(text.indexOf(from) + from.length).split(to, 1)[0] ?? "";

/** The page's own, and one element for each part of the data. */
const scripts = 1 + partNames.length;

test("the bundle of the same source is the same", () => {
  expect(bundlePage()).toEqual(means.bundle);
});

describe("the file", () => {
  test("lets run what it was written with and nothing else, and may ask nobody", () => {
    const policy = between(html, 'Content-Security-Policy" content="', '"');
    const script = /<script>([\s\S]*)<\/script>/.exec(html)?.[1] ?? "";
    expect(policy).toContain(`script-src 'sha256-${createHash("sha256").update(script).digest("base64")}'`);
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toMatch(/unsafe|https?:|connect-src|img-src|\*/);
  });

  test("has no element that asks for anything", () => {
    expect(html).not.toMatch(/<(link|img|iframe|object|embed|base|form|video|audio|source)\b/i);
    expect(html.match(/<script\b/g)).toHaveLength(scripts);
  });

  test("is the same for the same scan", async () => {
    expect((await reportPage(aPageInput(), means)).html).toBe(html);
  });

  test("lets no name become markup", async () => {
    const findings = hostileNames.map((name, i) =>
      aDocumentFinding({
        id: `F-${i}`,
        severity: "CRITICAL",
        title: name,
        owner: { team: name },
        remediation: { text: name, commands: [name] },
      }),
    );
    for (const name of hostileNames) {
      const document = aPageDocument({ findings: findings.filter(({ title }) => title === name) });
      const { html: one } = await reportPage(aPageInput({ document }), means);
      expect(one.match(/<script\b/g)).toHaveLength(scripts);
      for (const sign of ["<img", 'onerror="', "<!--", "\u202e", "\u0000", "\u001b"]) expect(one).not.toContain(sign);
    }
  });
});

describe("the first screen, without a script", () => {
  const first = between(html, '<div id="first">', '<div id="view"');

  test("says the account, when, and how complete", () => {
    expect(first).toContain("Account 111122223333");
    expect(first).toContain("Scanned 24 Nov 2026, 06:00 UTC");
    expect(first).toContain("1 thing could not be looked at");
    expect(first).toContain("eu-west-1: sqs:ListQueues refused (AccessDeniedException)");
  });

  test("has five numbers, each with what it was; what nobody looked at is not known", async () => {
    expect(first.match(/class="card"/g)).toHaveLength(5);
    expect(first).toMatch(/Unused<\/span><span class="number">1<\/span>/);
    expect(first).toContain("1 fewer than on 17 Nov 2026");
    expect(first).toMatch(/Vulnerable<\/span><span class="number">1<\/span>/);
    const { html: quiet } = await reportPage(aPageInput({ document: aDocument() }), means);
    expect(quiet).toMatch(/Vulnerable<\/span><span class="number none">not known/);
  });

  test("says what is most worth doing, the gravest first, with a command", () => {
    expect(first.indexOf("orders-api came within 3 % of its timeout")).toBeGreaterThan(0);
    expect(first).toContain("aws lambda update-function-configuration --function-name orders-api --timeout 22");
    expect(first.match(/<li><h3>/g)).toHaveLength(5);
  });

  test("says of an account without findings that none is open", async () => {
    const { html: quiet } = await reportPage(aPageInput({ document: aDocument() }), means);
    expect(quiet).toContain("No finding is open.");
    expect(quiet).toContain("Nothing: every question to AWS was answered.");
  });
});

test("commands of the program are typed as they are typed where the page was written", async () => {
  const nobody = ["one", "two", "three"].map((name, i) =>
    aDocumentFinding({
      id: `F-${i}`,
      severity: "HIGH",
      owner: {},
      resource: { ...aDocumentFinding().resource, arn: `arn:aws:lambda:eu-west-1:111122223333:function:${name}`, name },
    }),
  );
  const input = aPageInput({
    document: aDocument({ findings: nobody }),
    command: "AWS_REGION=eu-west-1 smalltarget",
    where: " --stack Watch",
  });
  const { overview } = await reportPage(input, means);
  const own = overview.tasks.map(({ command }) => command).filter((command) => command.includes("smalltarget"));
  expect(own.length).toBeGreaterThan(0);
  for (const command of own) expect(command).toMatch(/^AWS_REGION=eu-west-1 smalltarget .* --stack Watch$/);
});

describe("what lies inside", () => {
  const {
    account: [account],
    functions,
    ways: [ways],
    prune,
  } = partsIn(html);

  test("are the ways in, each hop with its authentication", () => {
    const orders = functions.find(({ arn }) => arn === arns.orders);
    const path = ways?.paths[orders?.exposure?.paths[0] ?? -1];
    expect(ways?.nodes[path?.from ?? -1]?.name).toBe("the internet");
    expect(path?.hops.map(({ to, auth }) => [ways?.nodes[to]?.name, auth])).toEqual([
      ["POST /orders", "none"],
      ["orders-api", "service"],
    ]);
  });

  test("is what goes with an unused function, or what is in its way", () => {
    expect(prune.map(({ functionArn }) => functionArn)).toEqual([arns.legacy]);
    expect(prune[0]?.goes.join("\n")).toContain("legacy-import-role");
  });

  test("is what each team has, and what nobody has", () => {
    expect(account?.owners.find(({ team }) => team === "payments")).toMatchObject({ functions: 1, reachable: 1, open: [1, 1, 0, 2, 0] });
    expect(account?.owners.at(-1)?.team).toBeUndefined();
  });

  test("is of each team a share of the five numbers: a role's finding counts for each function that has the role", async () => {
    const functions = ["a", "b", "c"].map((name) =>
      aFunction({ name, arn: `arn:aws:lambda:eu-west-1:111122223333:function:${name}`, roleArn: name === "c" ? "other" : "shared" }),
    );
    const resource = { ...aDocumentFinding().resource, arn: "shared", type: "AWS::IAM::Role" };
    const findings = ["iam/admin-function-role", "iam/excess-permissions"].map((rule, i) =>
      aDocumentFinding({ id: `F-${i}`, rule, resource, owner: functions[0]?.owner ?? {} }),
    );
    const page = await reportPage(aPageInput({ document: aDocument({ functions, findings, roles: [] }) }), means);
    const owners = partsIn(page.html).account[0]?.owners ?? [];
    expect(page.html).toMatch(/Over-privileged<\/span><span class="number">2</);
    expect(owners.reduce((sum, { overPrivileged }) => sum + (overPrivileged ?? 0), 0)).toBe(2);
  });

  test("is what the rules say that made its findings, and of no other", () => {
    const told = account?.rules.map(({ id }) => id);
    expect(told).toContain("lambda/timeout-too-tight");
    expect(told).not.toContain("s3/public-write");
    expect(account?.rules.find(({ id }) => id === "lambda/timeout-too-tight")?.settings.map(({ name }) => name)).toEqual([
      "tightRatio",
      "criticalHeadroom",
    ]);
  });

  test("are no tags: they may hold what nobody wants in a file that is sent around", async () => {
    const tagged = aFunction({ tags: { secret: "hunter2" } });
    const { html: page } = await reportPage(aPageInput({ document: aDocument({ functions: [tagged] }) }), means);
    expect(JSON.stringify(partsIn(page))).not.toContain("hunter2");
  });
});

describe("an account that does not fit", async () => {
  const functions = Array.from({ length: 1500 }, (_, i) => aFunction({ name: `function-${i}`, codeSha256: String(i) }));
  const findings = functions.map(({ arn, name }, i) =>
    aDocumentFinding({
      id: `F-${i}`,
      severity: i === 700 ? "CRITICAL" : "LOW",
      resource: { ...aDocumentFinding().resource, arn, name },
      evidence: { noise: createHash("sha256").update(name).digest("hex") },
    }),
  );
  const input = aPageInput({ document: aDocument({ functions, findings }) });
  const size = (text: string) => Buffer.byteLength(text);
  const plain = { ...means, compress: async (pieces: Iterable<string>) => Buffer.from([...pieces].join("")) };
  const whole = size((await reportPage(input, plain, 1e9)).html);

  test("gives up evidence of the least findings first, and says so where everybody sees it", async () => {
    const page = await reportPage(input, plain, whole * 0.9);
    expect(size(page.html)).toBeLessThanOrEqual(whole * 0.9);
    const { findings: listed, evidence } = partsIn(page.html);
    expect(listed[0]).toMatchObject({ severity: "CRITICAL" });
    expect(evidence[0]).toMatchObject({ evidence: { noise: expect.any(String) } });
    expect(listed.at(-1)).toMatchObject({ short: true });
    expect(listed).toHaveLength(1500);
    expect(evidence).toHaveLength(listed.filter(({ short }) => !short).length);
    expect(page.left.join()).toMatch(/findings of lesser severity only the titles are here; evidence and commands: smalltarget show ID/);
    expect(page.html).toContain("Left out of this file");
  });

  test("then functions, those with the gravest findings last", async () => {
    const page = await reportPage(input, plain, whole * 0.7);
    const { functions: listed } = partsIn(page.html);
    expect(listed).toHaveLength(1000);
    expect(listed[0]?.name).toBe("function-700");
    expect(page.left.join()).toContain("1,000 of 1,500 functions are listed here");
    expect(page.left.join()).toContain("1,000 of 1,500 findings are listed here");
  });

  test("is an error where nothing is left to leave out, never half a page", async () => {
    await expect(reportPage(input, plain, 1000)).rejects.toThrow("does not fit into 1000 bytes");
  });
});
