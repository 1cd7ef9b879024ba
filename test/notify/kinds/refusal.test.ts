import { expect, test } from "vitest";
import { refusal } from "../../../shared/notify/kinds/refusal.ts";

const answer = (body: string) => ({ status: 429, headers: {}, body });

test.each(["{}", "", "[]", " \n"])("an answer without a word in it is not repeated: %j", (body) => {
  expect(refusal("hook", answer(body), "ssm:/x").message).toBe("channel hook takes no more for now (429); the next scan tries again");
});

test("an answer with words is", () => {
  expect(refusal("hook", answer('{"error":"later"}'), "ssm:/x").message).toContain('(429: {"error":"later"})');
});
