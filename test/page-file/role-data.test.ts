import { describe, expect, test } from "vitest";
import { dataOfRoles } from "../../shared/page-file/role-data.ts";
import { aRelation } from "../an-account.ts";

const role = "arn:aws:iam::111122223333:role/orders";
const reads = (...to: string[]) => dataOfRoles(to.map((one) => aRelation(role, "may-read", one, "iam"))).get(role)?.reads;

describe("the data that a role may read", () => {
  test.each([
    ["arn:aws:dynamodb:eu-west-1:111122223333:table/orders", "table orders"],
    ["arn:aws:dynamodb:eu-west-1:111122223333:table/orders-*", "table orders-*"],
    ["arn:aws:s3:::invoices", "bucket invoices"],
    ["arn:aws:sqs:eu-west-1:111122223333:refunds", "queue refunds"],
    ["arn:aws:secretsmanager:eu-west-1:111122223333:secret:db/password-AbCdEf", "secret db/password"],
    ["arn:aws:ssm:eu-west-1:111122223333:parameter/app/key", "parameter app/key"],
    ["arn:aws:kinesis:eu-west-1:111122223333:stream/clicks", "stream clicks"],
    ["arn:aws:s3:*", "every bucket"],
    ["arn:aws:secretsmanager:us-east-1:111122223333:*/*", "every secret"],
    ["*", "everything"],
    ["arn:aws:*:eu-west-1:111122223333:*", "everything"],
  ])("%s reads %s", (to, text) => {
    expect(reads(to)).toEqual([text]);
  });

  test.each(["arn:aws:lambda:*", "arn:aws:states:eu-west-1:111122223333:stateMachine:checkout", "arn:aws:sns:eu-west-1:111122223333:news"])(
    "%s holds none",
    (to) => {
      expect(reads(to)).toBeUndefined();
    },
  );

  test("is told once, what is widest first, and cut off with how much more there is", () => {
    const tables = Array.from({ length: 20 }, (_, i) => `arn:aws:dynamodb:eu-west-1:111122223333:table/t${String(i).padStart(2, "0")}`);
    const told = reads(...tables, ...tables, "arn:aws:s3:*", "*");
    expect(told?.slice(0, 3)).toEqual(["everything", "every bucket", "table t00"]);
    expect(told?.at(-1)).toBe("10 more");
    expect(told).toHaveLength(13);
  });

  test("is not what is switched off, nor what it writes", () => {
    const relations = [
      aRelation(role, "may-read", "arn:aws:s3:::a", "iam", { enabled: false }),
      aRelation(role, "may-write", "arn:aws:s3:::b", "iam"),
    ];
    expect(dataOfRoles(relations).get(role)).toEqual({ reads: [], writes: ["bucket b"] });
  });
});
