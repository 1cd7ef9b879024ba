import { describe, expect, it } from "vitest";
import { durableRunner } from "../../shared/run/durable-runner.ts";
import { Checkpoints } from "./checkpoints.ts";

const regions = ["eu-central-1", "eu-west-1", "us-east-1", "us-west-2"];
const options = { concurrency: 2, nameOf: (region: string) => `collect ${region}` };
const never = () => new Promise<never>(() => {});

describe("an execution whose invocation is killed", () => {
  it("goes on with the pieces that are not finished, and runs no finished one again", async () => {
    const checkpoints = new Checkpoints();
    const runs: string[] = [];
    const invoke = (killIn?: string) =>
      checkpoints.invoke(async (context, kill) => {
        const runner = durableRunner(context);
        const piece = async (name: string) => {
          runs.push(name);
          if (name === killIn) {
            kill();
            await never();
          }
          return name;
        };
        await runner.step("begin", () => piece("begin"));
        const collected = await runner.map("collect", regions, piece, options);
        const told = await runner.step("notify", () => piece("notify"));
        return { collected, told };
      });

    expect(await invoke("us-east-1")).toBe("killed");
    expect(runs.slice(0, 3)).toEqual(["begin", "eu-central-1", "eu-west-1"]);
    const doneBefore = runs.slice(0, 3);
    runs.length = 0;

    expect(await invoke("notify")).toBe("killed");
    expect(runs).toEqual(expect.arrayContaining(["us-east-1", "us-west-2", "notify"]));
    for (const done of doneBefore) expect(runs).not.toContain(done);
    runs.length = 0;

    const answer = await invoke();
    expect(answer).toMatchObject({ Status: "SUCCEEDED", Result: JSON.stringify({ collected: regions, told: "notify" }) });
    expect(runs).toEqual(["notify"]);
  });

  it("keeps the failure of an item, by its name, for the invocation after", async () => {
    const checkpoints = new Checkpoints();
    const runs: string[] = [];
    const invoke = (killed: boolean) =>
      checkpoints.invoke(async (context, kill) => {
        const runner = durableRunner(context);
        const collect = async (region: string) => {
          runs.push(region);
          if (region === "eu-west-1") throw Object.assign(new Error("not ours"), { name: "ForeignTableError" });
          return region;
        };
        const error = await runner.map("collect", regions, collect, options).catch((reason: Error) => reason);
        await runner.step("give up", async () => {
          if (!killed) return;
          kill();
          await never();
        });
        throw error;
      });

    expect(await invoke(true)).toBe("killed");
    runs.length = 0;
    expect(await invoke(false)).toMatchObject({ Status: "FAILED", Error: { ErrorType: "ForeignTableError", ErrorMessage: "not ours" } });
    expect(runs).toEqual([]);
  });
});
