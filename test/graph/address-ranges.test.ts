import { describe, expect, test } from "vitest";
import { coverEverybody } from "../../shared/graph/address-ranges.ts";

describe("ranges of addresses are everybody's", () => {
  test.each([
    ["all of IPv4", ["0.0.0.0/0"]],
    ["all of IPv6", ["::/0"]],
    ["any address with prefix 0", ["203.0.113.7/0"]],
    ["two halves", ["0.0.0.0/1", "128.0.0.0/1"]],
    ["four quarters", ["0.0.0.0/2", "64.0.0.0/2", "128.0.0.0/2", "192.0.0.0/2"]],
    ["halves of IPv6", ["::/1", "8000::/1"]],
    [
      "all but the private ones",
      ["0.0.0.0/5", "8.0.0.0/7", "11.0.0.0/8", "12.0.0.0/6", "16.0.0.0/4", "32.0.0.0/3", "64.0.0.0/2", "128.0.0.0/2"],
    ],
    ["a wildcard", ["*"]],
  ])("%s", (_, ranges) => expect(coverEverybody(ranges)).toBe(true));

  test.each([
    ["one address", ["203.0.113.7"]],
    ["an office and a proxy", ["203.0.113.0/24", "2001:db8::/32"]],
    ["private networks", ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fd00::/8"]],
    ["a quarter named twice", ["0.0.0.0/2", "0.0.0.0/2", "0.0.0.0/3"]],
    ["no range at all", ["vpc-1a2b", "1.2.3.4/33", "300.0.0.0/0", "::1::/0", "1:2/0", ""]],
    ["nothing", []],
  ])("not %s", (_, ranges) => expect(coverEverybody(ranges)).toBe(false));
});
