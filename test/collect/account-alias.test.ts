import { expect, test } from "vitest";
import { CallCount } from "../../shared/aws/client-options.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { readAlias } from "../../shared/collect/account/alias.ts";
import { unpaced } from "../aws/unpaced.ts";
import { awsError } from "../stub-account.ts";
import { type Answers, answering } from "./a-context.ts";

const read = (answer: Answers[string]) => {
  const tape = answering({ "iam:ListAccountAliases": answer });
  return readAlias(createClients({ pace: unpaced(), calls: new CallCount(), tape }), "eu-west-1");
};

test("the alias of the account is read, and that there is none is no gap", async () => {
  expect(await read(() => ({ AccountAliases: ["acme-prod"], IsTruncated: false }))).toEqual({
    alias: "acme-prod",
    coverage: { collector: "alias", region: "global", status: "complete" },
  });
  expect(await read(() => ({ AccountAliases: [], IsTruncated: false }))).not.toHaveProperty("alias");
});

test("a refusal is noted in the coverage, and nothing is thrown", async () => {
  const refused = await read(() => {
    throw awsError("AccessDenied");
  });
  expect(refused).not.toHaveProperty("alias");
  expect(refused.coverage).toMatchObject({
    collector: "alias",
    status: "denied",
    operation: "iam:ListAccountAliases",
    code: "AccessDenied",
  });
});

test.each(["", "ab", "Acme", "a--b", "-acme", "acme-", "a".repeat(64), "acme*prod", "<https://x|y>", "a\u202eb", "acme\nprod"])(
  "what cannot be an alias (%j) is not taken for one",
  async (alias) => {
    expect(await read(() => ({ AccountAliases: [alias] }))).not.toHaveProperty("alias");
  },
);
