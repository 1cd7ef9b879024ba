import { expect, test } from "vitest";
import { questionId, quietResources } from "../../shared/decisions/questions.ts";
import { hasUnsafeCharacters } from "../../shared/model/plain-text.ts";
import { questionMessage, unclaimedMessage } from "../../shared/notify/question-message.ts";
import { account, aFinding, hostileName, numbers } from "./a-finding.ts";

const quiet = (count: number, name?: string) =>
  quietResources(
    numbers(count).map((number) =>
      aFinding(number, { rule: "lambda/unused-function", severity: "LOW", team: "shop", ...(name ? { name } : {}) }),
    ),
    "shop",
  ).map((one) => ({ ...one, round: 1 }));

test("names each resource with its question and the three answers, as they are typed", () => {
  const message = questionMessage(quiet(2), { account, to: "shop", deployment: { stack: "SmallTarget", region: "eu-west-1" } });
  expect(message.subject).toBe("[QUESTION] Still needed? 2 quiet resources of shop");
  expect(message.teams).toEqual(["shop"]);
  const id = questionId(`arn:aws:lambda:eu-west-1:${account}:function:orders-1`);
  expect(message.text).toContain(`${id}  orders-1 (eu-west-1)`);
  expect(message.text).toContain(`smalltarget answer ${id} needed --until DAY --stack SmallTarget --region eu-west-1`);
  expect(message.text).toContain(`smalltarget answer ${id} not-mine`);
});

test("says to the account's owner how often the team was asked, or that it refused", () => {
  const [first, second] = quiet(2);
  if (!first || !second) throw new Error("two were made");
  const unclaimed = [
    { ...first, because: "silence" as const },
    { ...second, because: "not-mine" as const },
  ];
  const { text, teams } = unclaimedMessage(unclaimed, "shop", { account, to: "platform" });
  expect(text.replaceAll("\n", " ")).toContain("asked twice about 1 of them, shop did not answer; of 1 it says that they are not its own");
  expect(teams).toEqual(["platform"]);
});

test("hostile names stay names, and forty resources stay within the limits of chat", () => {
  const { text, markdown, subject } = questionMessage(quiet(1, hostileName), { account, to: "shop" });
  for (const words of [text, markdown, subject]) expect(hasUnsafeCharacters(words.replaceAll("\n", " "))).toBe(false);
  expect(markdown).not.toContain("<!channel>");
  expect(markdown).not.toContain("](https");
  const many = questionMessage(quiet(40), { account, to: "shop" });
  expect(many.markdown.length).toBeLessThan(2900);
  expect(many.markdown).toContain("and 28 more");
});
