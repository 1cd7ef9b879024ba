import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import type { Tape } from "../../shared/aws/client-options.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { Pace } from "../../shared/aws/pace.ts";
import { catalogue } from "../../shared/rules/catalogue.ts";
import { durableRunner } from "../../shared/run/durable-runner.ts";
import { readSettings } from "../../shared/settings.ts";
import { FolderBlobs } from "../../shared/store/folder-blobs.ts";
import { watch } from "../../shared/watch.ts";
import { aStore } from "../store/remembered.ts";
import { Checkpoints } from "./checkpoints.ts";

const stepsAllowed = 500;
const bytesOfACheckpoint = 2_000;

const regions = Array.from({ length: 20 }, (_, i) => `eu-test-${i + 1}`);

/** An account that says who it is and which Regions it has, and refuses everything else. */
const tape: Tape = {
  offline: true,
  async answer({ operation }) {
    if (operation === "sts:GetCallerIdentity") return { Account: "111122223333", Arn: "arn:aws:sts::111122223333:assumed-role/scan/scan" };
    if (operation === "account:ListRegions") return { Regions: regions.map((RegionName) => ({ RegionName, RegionOptStatus: "ENABLED" })) };
    throw Object.assign(new Error("not for you"), { name: "AccessDeniedException" });
  },
};

it("a scan of 20 Regions takes a small part of the steps that a durable execution may have, and keeps each checkpoint small", async () => {
  const folder = await mkdtemp(join(tmpdir(), "smalltarget-steps-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const { store } = await aStore();
  const pace = new Pace();
  const checkpoints = new Checkpoints();

  const answer = await checkpoints.invoke((context) =>
    watch({
      runner: durableRunner(context),
      clientsFor: (calls) => createClients({ pace, calls, tape }),
      store,
      blobs: new FolderBlobs(folder),
      channels: [],
      settings: readSettings({}, catalogue),
      homeRegion: "eu-test-1",
      regions: [],
      now: () => new Date(),
      leaseSeconds: 60,
    }),
  );

  expect(answer).toMatchObject({ Status: "SUCCEEDED" });
  const { operations } = checkpoints;
  expect(operations.map(({ Name }) => Name)).toEqual(
    expect.arrayContaining(["begin", "finish", ...regions.map((name) => `collect ${name}`)]),
  );
  expect(new Set(operations.map(({ Name }) => Name)).size).toBe(operations.length);
  expect(operations.length).toBeLessThan(stepsAllowed / 10);
  const collected = operations.filter(({ Name }) => Name?.startsWith("collect eu-"));
  for (const { StepDetails } of collected) expect(StepDetails?.Result?.length).toBeLessThan(bytesOfACheckpoint);
});
