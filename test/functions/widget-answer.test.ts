import { expect, it, vi } from "vitest";
import { describeWidget, widgetAnswer } from "../../functions/widget-answer.ts";
import { type Overview, overviewOf } from "../../shared/page-file/overview.ts";
import { aDocument, aDocumentFinding } from "../build.ts";
import { aPageDocument, aPageInput, hostileNames } from "../page-file/a-page.ts";

const { trend, ...typing } = aPageInput();
const overview = overviewOf(aPageDocument(), trend, typing);
const answer = (event = {}, found: () => Promise<Overview | undefined> = async () => overview, withinMs = 5000, failed = vi.fn()) =>
  widgetAnswer(event, { overview: found, withinMs, failed });

it("shows the five numbers with their lines, what to do with its command, and what could not be looked at", async () => {
  const html = await answer();
  expect(html).toContain("Account 111122223333");
  expect(html).toContain("Scanned 24 Nov 2026, 06:00 UTC");
  for (const label of ["Open findings", "Reachable by anybody", "Unused", "Over-privileged", "Vulnerable"]) expect(html).toContain(label);
  expect(html.match(/<svg class="trend"/g)?.length).toBeGreaterThan(2);
  expect(html.match(/<li><b>/g)?.length).toBe(overview.tasks.length);
  expect(html).toContain("<pre>aws lambda update-function-configuration --function-name orders-api --timeout 22");
  expect(html).toContain("eu-west-1: sqs:ListQueues refused (AccessDeniedException)");
  expect(html).toContain("smalltarget doctor");
});

it("brings no script, no link, nothing that asks for anything, and its style touches nothing else of the dashboard", async () => {
  const html = await answer();
  expect(html).not.toMatch(/<(script|a|link|img|iframe|use|form|object)\b|<[^>]*\son\w+=|href|url\(|@import/i);
  const style = /<style>([\s\S]*?)<\/style>/.exec(html)?.[1] ?? "";
  const selectors = [...style.matchAll(/([^{}]+)\{/g)].flatMap(([, all = ""]) => all.split(",").map((one) => one.trim()));
  expect(selectors.length).toBeGreaterThan(10);
  expect(selectors.filter((one) => !one.startsWith(".smalltarget"))).toEqual([]);
});

it("lets no name become markup", async () => {
  for (const name of hostileNames) {
    const findings = [
      aDocumentFinding({ severity: "CRITICAL", title: name, owner: { team: name }, remediation: { text: name, commands: [name] } }),
    ];
    const one = overviewOf(aPageDocument({ findings }), [], typing);
    const html = await answer({}, async () => one);
    for (const sign of ["<img", "<script", 'onerror="', "<!--", "\u202e", "\u0000", "\u001b"]) expect(html).not.toContain(sign);
    expect(html.match(/<\/?style/g)).toHaveLength(2);
  }
});

it("takes the theme and the width of where it stands; nonsense is as if nothing were told", async () => {
  const [light, dark, narrow] = await Promise.all([
    answer({ widgetContext: { theme: "light", width: 1400 } }),
    answer({ widgetContext: { theme: "dark", width: 1400 } }),
    answer({ widgetContext: { theme: "dark", width: 400 } }),
  ]);
  expect(dark).not.toBe(light);
  expect(light).toContain("repeat(5,");
  expect(narrow).toContain("repeat(2,");
  expect(await answer({ widgetContext: { theme: "}</style><script>", width: "wide" } })).toBe(await answer());
});

it("says that no finding is open, and that everything was looked at, where it is so", async () => {
  const html = await answer({}, async () => overviewOf({ ...aDocument(), coverage: [] }, [], typing));
  expect(html).toContain("No finding is open.");
  expect(html).toContain("every question to AWS was answered");
});

it("says that there is nothing yet", async () => {
  const failed = vi.fn();
  expect(await answer({}, async () => undefined, 5000, failed)).toContain("No scan has left anything to show yet");
  expect(failed).not.toHaveBeenCalled();
});

it("shows why it cannot show anything, and tells the log", async () => {
  const failed = vi.fn();
  const refused = () => Promise.reject(new Error("AccessDenied <b>"));
  expect(await answer({}, refused, 5000, failed)).toContain("This cannot be shown: AccessDenied &lt;b&gt;");
  expect(failed).toHaveBeenCalledWith(expect.objectContaining({ message: "AccessDenied <b>" }));
});

it("does not wait longer for the bucket than the function lives", async () => {
  const failed = vi.fn();
  const html = await answer({}, () => new Promise(() => undefined), 20, failed);
  expect(html).toContain("did not answer in time");
  expect(failed).toHaveBeenCalledOnce();
});

it("describes itself in Markdown", () => {
  expect(describeWidget.markdown).toMatch(/^## Small Target/);
});
