import { existsSync, readdirSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openStore } from "../../cli/open-store.ts";
import { account } from "../stub-account.ts";
import { aFolder, smalltarget } from "./run-command.ts";

/** An AWS that says who we are and which Regions there are, and then never answers again. */
async function stuckAws<T>(use: (url: string, stuck: Promise<void>) => Promise<T>): Promise<T> {
  let tell: () => void = () => {};
  const stuck = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const server = createServer((request, response) => answer(request, response, tell));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    return await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, stuck);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

function answer(request: IncomingMessage, response: ServerResponse, stuck: () => void): void {
  let body = "";
  request.setEncoding("utf8").on("data", (text: string) => {
    body += text;
  });
  request.on("end", () => {
    if (body.includes("GetCallerIdentity")) {
      response.end(
        `<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::${account}:user/x</Arn><Account>${account}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`,
      );
    } else if (/listRegions/i.test(request.url ?? "")) {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ Regions: [{ RegionName: "eu-west-1" }] }));
    } else stuck();
  });
}

test("an interrupted scan exits 130, frees the lock, is written down as failed and leaves no half recording; meanwhile no other scans", async () => {
  const folder = aFolder();
  const options = (url: string) => ({
    cwd: folder.path,
    env: { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: "x", AWS_SECRET_ACCESS_KEY: "x", AWS_REGION: "eu-west-1" },
  });
  await stuckAws(async (url, stuck) => {
    let interrupt: () => void = () => {};
    const first = smalltarget(["scan", "--record", "account.ndjson"], {
      ...options(url),
      meanwhile: (child) => {
        interrupt = () => child.kill("SIGINT");
      },
    });
    await stuck;
    const second = await smalltarget(["scan"], options(url));
    expect(second).toMatchObject({ code: 3, out: "", err: expect.stringMatching(/another scan of this account has been running since/) });
    interrupt();
    expect(await first).toMatchObject({ code: 130, out: "", err: expect.stringMatching(/interrupted/) });
  });
  expect(readdirSync(folder.path)).toEqual([".smalltarget"]);
  const kept = await openStore({ store: `dir:${join(folder.path, ".smalltarget")}` }, "scan");
  expect(await (await kept.table()).scans(account, 5)).toMatchObject([{ outcome: "failed", error: "interrupted (SIGINT)" }]);
  expect(await (await kept.table()).acquireLock(account, "next", 1)).toBe("acquired");
  await kept.close();
  expect(existsSync(join(folder.path, ".smalltarget", "table.json"))).toBe(false);
  folder.remove();
});
