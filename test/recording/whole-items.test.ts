import { expect, test } from "vitest";
import { checkItems } from "../../shared/aws/whole-items.ts";

test("an item of a list without what AWS always says of it is an answer that cannot be gone by", () => {
  const check =
    (...topics: readonly unknown[]) =>
    () =>
      checkItems("sns:ListTopics", { Topics: topics });
  expect(check({ TopicArn: "arn:aws:sns:eu-west-1:111122223333:a" })).not.toThrow();
  for (const odd of [{}, { TopicArn: null }, null]) {
    expect(check({ TopicArn: "arn:aws:sns:eu-west-1:111122223333:a" }, odd)).toThrow(
      "sns:ListTopics answered an item without TopicArn; the next scan asks again",
    );
  }
});

test("an empty list, no list and an operation without a word are taken as they are", () => {
  for (const answer of [{ Topics: [] }, {}, { Topics: "none" }]) expect(() => checkItems("sns:ListTopics", answer)).not.toThrow();
  expect(() => checkItems("sns:ListSubscriptions", { Subscriptions: [{}] })).not.toThrow();
});
