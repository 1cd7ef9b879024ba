import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished, test } from "vitest";
import { artifactBytes } from "../../shared/artifacts/artifact-bytes.ts";
import { byteRanges } from "../../shared/aws/byte-ranges.ts";
import { CallCount, type ClientOptions, type Tape } from "../../shared/aws/client-options.ts";
import { operationOf } from "../../shared/aws/errors.ts";
import { Pace, presignedRead } from "../../shared/aws/pace.ts";
import { recordTo } from "../../shared/aws/recording.ts";
import { replayFrom } from "../../shared/aws/replay.ts";
import { aRangeServer, end, type RangeServer } from "./a-range-server.ts";

const bytes = Buffer.from(Array.from({ length: 10_000 }, (_, i) => i % 251));

/** A reader of `bytes` on a server; `links` counts how often AWS was asked for one. */
function reading(server: RangeServer, more: Partial<ClientOptions> = {}, timeoutMs = 2_000) {
  const calls = new CallCount();
  let links = 0;
  const ranges = byteRanges({ pace: new Pace(), calls, ...more }, server.url, { timeoutMs, retryMs: 1 });
  const askLink = async () => {
    links += 1;
    server.artifacts.set(`/${links}`, bytes);
    return `${server.url}/${links}`;
  };
  return { read: ranges.open("code abc", "eu-west-1", askLink), calls, links: () => links };
}

const nameOf = (error: Error) => error.name;

describe("bytes of an artifact", () => {
  it("come by GET, a range at a time, from the end or from where they are", async () => {
    const server = await aRangeServer();
    const { read, calls, links } = reading(server);
    expect(await read({ last: 100 })).toEqual({ bytes: bytes.subarray(-100), from: 9_900, total: 10_000 });
    expect(await read({ from: 5, to: 25 })).toEqual({ bytes: bytes.subarray(5, 25), from: 5, total: 10_000 });
    expect(server.asked).toEqual(["GET /1 bytes=-100", "GET /1 bytes=5-24"]);
    expect(links()).toBe(1);
    expect(calls.byOperation).toEqual({ [presignedRead]: 2 });
  });

  it("of a small artifact are all in its end", async () => {
    const server = await aRangeServer();
    const source = artifactBytes(reading(server).read);
    expect((await source.tail(65_557)).total).toBe(10_000);
    expect(await source.range(17, 30)).toEqual(bytes.subarray(17, 30));
    expect(server.asked).toHaveLength(1);
  });

  it("come by a new link where the old one has expired", async () => {
    const server = await aRangeServer();
    const { read, links } = reading(server);
    await read({ last: 10 });
    server.expired.add("/1");
    expect((await read({ from: 0, to: 4 })).bytes).toEqual(bytes.subarray(0, 4));
    expect(links()).toBe(2);
    server.expired.add("/2");
    expect((await read({ from: 4, to: 8 })).bytes).toEqual(bytes.subarray(4, 8));
    expect(links()).toBe(3);
  });

  it("do not come by a link that is refused as soon as it is new", async () => {
    const server = await aRangeServer();
    server.misbehave = (_request, response) => {
      end(response, 403);
      return true;
    };
    const { read, links } = reading(server);
    const error = await read({ last: 10 }).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ name: "LinkExpired" });
    expect(operationOf(error)).toBe(presignedRead);
    expect(links()).toBe(2);
  });

  it("come from a server without ranges where the whole is small, once", async () => {
    const server = await aRangeServer();
    server.misbehave = (_request, response) => {
      response.end(bytes);
      return true;
    };
    const source = artifactBytes(reading(server).read);
    expect((await source.tail(50)).bytes).toEqual(bytes.subarray(-50));
    expect(await source.range(3, 9)).toEqual(bytes.subarray(3, 9));
    expect(server.asked).toHaveLength(1);
  });

  test.each(["says how much it sends", "does not say how much it sends"])(
    "are not taken from a server without ranges that sends too much and %s: the stream is cut",
    async (how) => {
      const server = await aRangeServer();
      const piece = Buffer.alloc(1024 * 1024);
      let sent = 0;
      server.misbehave = (_request, response) => {
        if (how === "says how much it sends") response.setHeader("Content-Length", 250 * piece.length);
        const pump = () => {
          while (sent < 250 && !response.destroyed) {
            sent += 1;
            if (!response.write(piece)) return response.once("drain", pump);
          }
          return response.end();
        };
        pump();
        return true;
      };
      expect(await reading(server).read({ last: 10 }).catch(nameOf)).toBe("NoRanges");
      expect(sent).toBeLessThan(40);
    },
  );

  test.each<[string, Record<string, string>, Buffer, string]>([
    ["another range than asked for", { "Content-Range": "bytes 0-9/10000" }, bytes.subarray(0, 10), "RangeMismatch"],
    ["no range at all", {}, bytes.subarray(0, 10), "RangeMismatch"],
    ["more than the range", { "Content-Range": "bytes 9990-9999/10000" }, bytes.subarray(0, 5_000), "RangeMismatch"],
    ["less than the range", { "Content-Range": "bytes 9990-9999/10000" }, bytes.subarray(0, 5), "RangeMismatch"],
    ["a range of negative length", { "Content-Range": "bytes 9990-9980/10000" }, bytes, "RangeMismatch"],
    ["packed bytes", { "Content-Range": "bytes 9990-9999/10000", "Content-Encoding": "gzip" }, bytes.subarray(0, 10), "RangeMismatch"],
  ])("are not taken from a server that answers %s", async (_how, headers, body, name) => {
    const server = await aRangeServer();
    server.misbehave = (_request, response) => {
      response.writeHead(206, headers);
      response.end(body);
      return true;
    };
    expect(await reading(server).read({ last: 10 }).catch(nameOf)).toBe(name);
  });

  test.each([
    [302, "Redirected"],
    [404, "Http404"],
    [416, "EmptyArtifact"],
  ])("are not there where the server answers %d", async (status, name) => {
    const server = await aRangeServer();
    server.misbehave = (_request, response) => {
      end(response, status, { Location: "http://169.254.169.254/latest/meta-data/" });
      return true;
    };
    expect(await reading(server).read({ last: 10 }).catch(nameOf)).toBe(name);
    expect(server.asked).toHaveLength(1);
  });

  test.each([
    ["500", (_: unknown, response: Parameters<RangeServer["misbehave"]>[1]) => end(response, 500), "Http500"],
    ["503", (_: unknown, response: Parameters<RangeServer["misbehave"]>[1]) => end(response, 503), "SlowDown"],
    ["a lost connection", (request: Parameters<RangeServer["misbehave"]>[0]) => request.socket.destroy(), "ECONNRESET"],
  ])("are asked for again after %s, three times in all", async (_how, fail, name) => {
    const server = await aRangeServer();
    let failures = 2;
    server.misbehave = (request, response) => {
      if (failures === 0) return false;
      failures -= 1;
      fail(request, response);
      return true;
    };
    const { read, calls } = reading(server);
    expect((await read({ last: 10 })).bytes).toEqual(bytes.subarray(-10));
    expect(calls.total).toBe(3);
    failures = 3;
    expect(await read({ last: 10 }).catch(nameOf)).toBe(name);
  });

  it("that do not come in time are not waited for", async () => {
    const server = await aRangeServer();
    server.misbehave = () => true;
    expect(await reading(server, {}, 30).read({ last: 10 }).catch(nameOf)).toBe("TimedOut");
    expect(server.asked).toHaveLength(3);
  });

  it("are not those of code that was replaced in between", async () => {
    const server = await aRangeServer();
    const source = artifactBytes(reading(server).read);
    await source.tail(10);
    server.artifacts.set("/1", Buffer.alloc(9_000));
    expect(await source.range(0, 10).catch(nameOf)).toBe("CodeChanged");
  });
});

describe("a link", () => {
  const follow = (link: string, endpointUrl?: string) =>
    byteRanges({ pace: new Pace(), calls: new CallCount() }, endpointUrl, { timeoutMs: 50, retryMs: 1 })
      .open(
        "code abc",
        "eu-west-1",
        async () => link,
      )({ last: 10 })
      .catch((error: Error) => `${error.name}: ${error.message}`);

  test.each([
    ["without encryption", "http://awslambda-eu-west-1-tasks.s3.amazonaws.com/x?X-Amz-Signature=secret", undefined],
    ["to this machine, without an emulator", "http://127.0.0.1:1/x?X-Amz-Signature=secret", undefined],
    [
      "to AWS that an emulator gives",
      "https://awslambda-eu-west-1-tasks.s3.amazonaws.com/x?X-Amz-Signature=secret",
      "http://127.0.0.1:5000",
    ],
    ["to another machine that an emulator gives", "http://10.0.0.7/x?X-Amz-Signature=secret", "http://127.0.0.1:5000"],
    ["to a file", "file:///etc/passwd?X-Amz-Signature=secret", undefined],
    ["that is none", "s3://bucket/secret", undefined],
    ["with a user", "https://user:secret@example.com/x", undefined],
  ])("%s is not followed, and not shown", async (_what, link, endpointUrl) => {
    const said = await follow(link, endpointUrl);
    expect(said).toMatch(/^LinkRefused/);
    expect(said).not.toContain("secret");
  });

  it("that leads nowhere is not shown either", async () => {
    expect(await follow("http://127.0.0.1:1/x?X-Amz-Signature=secret", "http://127.0.0.1:1")).toMatch(
      /^ECONNREFUSED: the connection was lost$/,
    );
  });
});

describe("a recording", () => {
  async function recorded(options?: { readonly code: boolean }) {
    const folder = mkdtempSync(join(tmpdir(), "smalltarget-ranges-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, "recording.ndjson");
    const server = await aRangeServer();
    const tape = recordTo(path, new Date(0), options);
    const { read } = reading(server, { tape });
    await read({ last: 10 });
    server.expired.add("/1");
    await read({ from: 0, to: 5 });
    tape.close();
    const replay = (artifact: string, range: { last: number } | { from: number; to: number }) => {
      const ranges = byteRanges({ pace: new Pace(), calls: new CallCount(), tape: replayFrom(path) as Tape }, undefined);
      return ranges.open(artifact, "eu-west-1", () => expect.unreachable("a replay asks for no link"))(range);
    };
    return { text: readFileSync(path, "utf8"), replay, server };
  }

  it("holds the bytes where it is told to, and never a link", async () => {
    const { text, replay, server } = await recorded({ code: true });
    expect(text).not.toContain(server.url);
    expect(await replay("code abc", { last: 10 })).toEqual({ bytes: bytes.subarray(-10), from: 9_990, total: 10_000 });
    expect(await replay("code abc", { from: 0, to: 5 })).toEqual({ bytes: bytes.subarray(0, 5), from: 0, total: 10_000 });
    expect(await replay("code other", { last: 10 }).catch(nameOf)).toBe("NotRecorded");
  });

  it("of somebody's account holds no code", async () => {
    const { text, replay } = await recorded();
    expect(
      text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).kind),
    ).toEqual(["smalltarget-recording", "end"]);
    expect(await replay("code abc", { last: 10 }).catch(nameOf)).toBe("NotRecorded");
  });
});
