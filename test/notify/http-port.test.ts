import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NoAnswerError } from "../../shared/notify/channel.ts";
import { askPatiently, type HttpSurroundings, mostAnswerBytes, realSurroundings, retryAfterMs } from "../../shared/notify/http-port.ts";
import { Receiver } from "./a-receiver.ts";

let receiver: Receiver;
beforeAll(async () => {
  receiver = await Receiver.open();
});
afterAll(() => receiver.close());

/** Pauses pass at once, on a clock of their own. */
function patience(seconds = 60, given: Partial<HttpSurroundings> = {}): HttpSurroundings & { readonly pauses: number[] } {
  const pauses: number[] = [];
  let now = Date.parse("2026-11-27T06:00:00Z");
  const end = now + seconds * 1000;
  const sleep = async (ms: number) => {
    pauses.push(ms);
    now += ms;
  };
  return { ...realSurroundings, clock: () => now, sleep, random: () => 1, deadline: () => end, pauses, ...given };
}

const post = (path = "/hook") => ({ method: "POST", url: `${receiver.address}${path}`, headers: { "x-a": "b" }, body: '{"a":1}' }) as const;

describe("a request", () => {
  test("arrives as it was made, and its answer is read", async () => {
    receiver.always(202, "thanks", { "X-Said": "yes" });
    const answer = await askPatiently(post(), {}, patience());
    expect(answer).toMatchObject({ status: 202, body: "thanks", headers: { "x-said": "yes" } });
    expect(receiver.received).toMatchObject([{ method: "POST", path: "/hook", body: '{"a":1}', headers: { "x-a": "b" } }]);
  });

  test("is made again after 429 and 5xx, in the same words, with pauses that double", async () => {
    receiver.answers((response, number) => void response.writeHead([503, 429, 500][number - 1] ?? 200).end());
    const surroundings = patience();
    expect((await askPatiently(post(), {}, surroundings)).status).toBe(200);
    expect(surroundings.pauses).toEqual([500, 1000, 2000]);
    expect(new Set(receiver.received.map(({ body }) => body)).size).toBe(1);
  });

  test("waits as long as Retry-After says", async () => {
    receiver.answers((response, number) => void response.writeHead(number === 1 ? 429 : 200, { "retry-after": "7" }).end());
    const surroundings = patience();
    await askPatiently(post(), {}, surroundings);
    expect(surroundings.pauses).toEqual([7000]);
  });

  test("does not wait for what is beyond its time: the answer that there was is given", async () => {
    receiver.always(429, "later", { "retry-after": "3600" });
    const surroundings = patience();
    expect(await askPatiently(post(), {}, surroundings)).toMatchObject({ status: 429, body: "later" });
    expect(surroundings.pauses).toEqual([]);
  });

  test("is not made again after any other answer, nor when it was asked to be made once", async () => {
    receiver.always(400, "no");
    expect((await askPatiently(post(), {}, patience())).status).toBe(400);
    expect(receiver.received).toHaveLength(1);
    receiver.always(503);
    expect((await askPatiently(post(), { once: true }, patience())).status).toBe(503);
    expect(receiver.received).toHaveLength(1);
  });

  test("that was asked to be made once is made again where it was certainly not worked off", async () => {
    receiver.answers((response, number) => response.writeHead(number === 1 ? 429 : 201, { "retry-after": "1" }).end());
    const surroundings = patience();
    expect((await askPatiently(post(), { once: true }, surroundings)).status).toBe(201);
    expect(surroundings.pauses).toHaveLength(1);
    receiver.received.length = 0;
    receiver.answers((response) => void response.destroy());
    await expect(askPatiently(post(), { once: true }, patience())).rejects.toThrow(NoAnswerError);
    expect(receiver.received).toHaveLength(1);
  });

  test("ends after five answers that are none", async () => {
    receiver.always(500);
    expect((await askPatiently(post(), {}, patience(600))).status).toBe(500);
    expect(receiver.received).toHaveLength(5);
  });

  test("follows nobody elsewhere", async () => {
    receiver.always(307, "", { location: `${receiver.address}/elsewhere` });
    expect((await askPatiently(post(), {}, patience())).status).toBe(307);
    expect(receiver.received.map(({ path }) => path)).toEqual(["/hook"]);
  });

  test("reads one megabyte of an answer that does not end", async () => {
    receiver.answers((response) => {
      response.writeHead(200);
      const more = () => {
        while (response.writable && response.write("x".repeat(65_536)));
      };
      response.on("drain", more);
      more();
    });
    expect((await askPatiently(post(), {}, patience())).body).toHaveLength(mostAnswerBytes);
  });
});

describe("no answer", () => {
  test("of a connection that is cut: asked once more, for one may be there twice and not more", async () => {
    receiver.answers((response) => void response.destroy());
    const failure = await askPatiently(post("/secret-path"), {}, patience()).catch((error) => error);
    expect(failure).toBeInstanceOf(NoAnswerError);
    expect(failure.message).toMatch(/the connection was cut before there was an answer .* with the same id/);
    expect(failure.message).not.toContain("secret-path");
    expect(receiver.received).toHaveLength(2);
  });

  test("of one that is cut in the middle of its answer", async () => {
    receiver.answers((response, number) => {
      response.writeHead(200, { "content-length": "100" });
      if (number === 1) response.write("half", () => response.destroy());
      else response.end("x".repeat(100));
    });
    expect(await askPatiently(post(), {}, patience())).toMatchObject({ status: 200 });
  });

  test("of one that takes too long", async () => {
    receiver.answers(() => {});
    const begun = Date.now();
    const surroundings = patience(0.2, { clock: () => Date.now() - begun, deadline: () => 200 });
    await expect(askPatiently(post(), {}, surroundings)).rejects.toThrow(/no answer within 0 s/);
    expect(Date.now() - begun).toBeLessThan(2000);
  });

  test("where nobody listens: tried five times, and not taken for one that may have arrived", async () => {
    const gone = await Receiver.open();
    const { address } = gone;
    await gone.close();
    const surroundings = patience();
    const failure = await askPatiently({ method: "POST", url: address, body: "" }, {}, surroundings).catch((error) => error);
    expect(failure.message).toMatch(/^127\.0\.0\.1:\d+: it cannot be reached \(ECONNREFUSED\)/);
    expect(failure).not.toBeInstanceOf(NoAnswerError);
    expect(surroundings.pauses).toHaveLength(4);
  });
});

test.each([
  ["3", 3000],
  ["Fri, 27 Nov 2026 06:00:10 GMT", 10_000],
  ["Fri, 27 Nov 2026 05:00:00 GMT", 0],
  ["soon", undefined],
  ["-1", undefined],
  [undefined, undefined],
])("Retry-After %s", (value, ms) => {
  expect(retryAfterMs(value, Date.parse("2026-11-27T06:00:00Z"))).toBe(ms);
});
