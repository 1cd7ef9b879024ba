import { expect, test } from "vitest";
import { keyDetail } from "../../shared/describe/encryption.ts";

const id = "1234abcd-12ab-34cd-56ef-1234567890ab";
const keyArn = `arn:aws:kms:eu-west-1:111122223333:key/${id}`;
const queue = { arn: "arn:aws:sqs:eu-west-1:111122223333:q", region: "eu-west-1" };

test.each([
  [keyArn, { keyArn }],
  [id, { keyArn }],
  [`mrk-${id.replaceAll("-", "")}`, { keyArn: `arn:aws:kms:eu-west-1:111122223333:key/mrk-${id.replaceAll("-", "")}` }],
  ["alias/orders", {}],
  ["arn:aws:kms:eu-west-1:111122223333:alias/orders", {}],
  ["", {}],
  [null, {}],
  [undefined, {}],
])("%s names the key %j", (keyId, expected) => {
  expect(keyDetail(keyId, queue)).toEqual(expected);
});
