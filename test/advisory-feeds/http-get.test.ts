import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { httpGet } from "../../shared/advisory-feeds/http-get.ts";

let answer: (response: ServerResponse) => void = () => {};
let asked: number[] = [];
const server = createServer((_, response) => {
  asked.push(performance.now());
  answer(response);
});
const get = () =>
  httpGet({ idleMs: 1000, totalMs: 5000, pausesMs: [1] })(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`, {
    mostBytes: 100,
  });

beforeAll(() => new Promise<void>((ready) => server.listen(0, "127.0.0.1", ready)));
afterAll(() => void server.close());

/** Busy once, as `retryAfter` says, then well. */
function busyOnce(retryAfter: string) {
  asked = [];
  answer = (response) => (asked.length === 1 ? response.writeHead(429, { "Retry-After": retryAfter }).end() : response.end("well"));
}

describe("a server that is busy", () => {
  test("is asked again no sooner than it says", async () => {
    busyOnce("1");
    expect(String((await get()).bytes)).toBe("well");
    const [first = 0, second = 0] = asked;
    // clocks of both sides are rounded
    expect(second - first).toBeGreaterThan(990);
  });

  test.each([
    ["600", /answered 429, and asks to wait for 600 s/],
    [new Date(Date.now() + 3_600_000).toUTCString(), /asks to wait for 3[56]\d\d s/],
  ])("is not waited for where that is long: %s", async (retryAfter, why) => {
    busyOnce(retryAfter);
    await expect(get()).rejects.toThrow(why);
    expect(asked).toHaveLength(1);
  });

  test.each(["soon", "-5", "0", "Thu, 01 Jan 1970 00:00:00 GMT", "99999999999999"])(
    "is asked again as usual where it says %s",
    async (retryAfter) => {
      busyOnce(retryAfter);
      expect(String((await get()).bytes)).toBe("well");
      expect(asked).toHaveLength(2);
    },
  );
});
