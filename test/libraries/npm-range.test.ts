import { expect, test } from "vitest";
import { isInRange } from "../../shared/libraries/versions/npm-range.ts";

test.each<[string, readonly string[], readonly string[]]>([
  ["1.2.3", ["1.2.3"], ["1.2.4", "1.2.2"]],
  ["=1.2.3", ["1.2.3"], ["1.2.4"]],
  ["^1.2.3", ["1.2.3", "1.9.0"], ["1.2.2", "2.0.0"]],
  ["^0.2.3", ["0.2.3", "0.2.9"], ["0.3.0", "0.2.2"]],
  ["^0.0.3", ["0.0.3"], ["0.0.4"]],
  ["^0.0", ["0.0.9"], ["0.1.0"]],
  ["^0", ["0.9.0"], ["1.0.0"]],
  ["^1.x", ["1.0.0", "1.9.9"], ["2.0.0"]],
  ["~1.2.3", ["1.2.3", "1.2.9"], ["1.3.0"]],
  ["~1", ["1.9.0"], ["2.0.0"]],
  ["~> 1.2", ["1.2.9"], ["1.3.0"]],
  ["1.2", ["1.2.0", "1.2.9"], ["1.3.0", "1.1.9"]],
  ["1.x", ["1.0.0"], ["2.0.0", "0.9.0"]],
  ["*", ["0.0.1", "9.9.9"], []],
  ["", ["3.0.0"], []],
  [">=1.2.3 <2", ["1.2.3", "1.99.0"], ["2.0.0", "1.2.2"]],
  [">= 1.2.3", ["2.0.0"], ["1.0.0"]],
  [">1.2", ["1.3.0"], ["1.2.9"]],
  ["<=1.2", ["1.2.9"], ["1.3.0"]],
  ["<1.2", ["1.1.9"], ["1.2.0"]],
  ["1.2.3 - 2.3", ["1.2.3", "2.3.9"], ["2.4.0", "1.2.2"]],
  ["^1.0.0 || ^3.0.0", ["1.5.0", "3.1.0"], ["2.0.0"]],
  ["npm:@scope/other@^1.0.0", ["1.5.0"], ["2.0.0"]],
])("%s allows what it allows", (range, allowed, refused) => {
  for (const version of allowed) expect(isInRange(range, version), version).toBe(true);
  for (const version of refused) expect(isInRange(range, version), version).toBe(false);
});

test.each(["git+https://example.com/x.git", "file:../x", "next", "workspace:^", "github:a/b#semver:^1", "99999999999999999999.x"])(
  "%s cannot be told",
  (range) => expect(isInRange(range, "1.2.3")).toBeUndefined(),
);

test("what allows it beside something that cannot be told allows it; a version before its release cannot be told", () => {
  expect(isInRange("^1.0.0 || github:a/b", "1.2.3")).toBe(true);
  expect(isInRange("^2.0.0 || github:a/b", "1.2.3")).toBeUndefined();
  expect(isInRange("^1.0.0", "1.2.3-beta.1")).toBeUndefined();
});
