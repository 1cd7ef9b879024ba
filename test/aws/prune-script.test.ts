// The commands of `smalltarget prune`, typed from top to bottom by a person against the emulator: off, back on, off again, looked at, and away.
import { CreateLogGroupCommand } from "@aws-sdk/client-cloudwatch-logs";
import { GetFunctionCommand, ListEventSourceMappingsCommand } from "@aws-sdk/client-lambda";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { CallCount } from "../../shared/aws/client-options.ts";
import { createClients } from "../../shared/aws/clients.ts";
import type { ScanDocument } from "../../shared/model/document.ts";
import { pruneSetOf } from "../../shared/prune/prune.ts";
import { type PruneStep, pruneScript } from "../../shared/prune/prune-script.ts";
import { aFolder, smalltarget } from "../cli/run-command.ts";
import { aShell, type Shell } from "./a-shell.ts";
import { motoForThisFile } from "./moto-for-this-file.ts";
import { unpaced } from "./unpaced.ts";
import { watchdogOnMoto } from "./watchdog-on-moto.ts";

const moto = await motoForThisFile("the commands of prune");
const region = "eu-west-1";
/** Fed by a queue, started by a rule, by a schedule. */
const pruned = ["orders-worker", "tax-year-close", "quarterly-export"];

/** The emulator keeps no code to fetch, and there is no network here. */
const fetchesTheCode = /--query Code\.Location .*\| xargs curl /;

describe.runIf(moto)("what prune prints", () => {
  const folder = aFolder();
  let document: ScanDocument;
  let shell: Shell;
  beforeAll(async () => {
    const { scan } = await watchdogOnMoto();
    // Lambda makes it with the first run
    const logs = createClients({ pace: unpaced(), calls: new CallCount() }).logs(region);
    for (const name of pruned) await logs.send(new CreateLogGroupCommand({ logGroupName: `/aws/lambda/${name}` }));
    document = (await scan()).document;
    shell = aShell(moto?.endpoint ?? "", folder.path);
  });
  afterAll(() => folder.remove());

  function scriptFor(name: string) {
    const subject = document.functions.find((one) => one.name === name);
    if (!subject) throw new Error(`no ${name} in the account`);
    // that all of them were deployed today holds back the page, not the script
    return pruneScript(pruneSetOf(document, subject), 14, document.scan.startedAt.slice(0, 10));
  }

  async function type(commands: readonly string[]): Promise<void> {
    for (const command of commands.filter((one) => !one.startsWith("#") && !fetchesTheCode.test(one))) {
      // the emulator's queues have its own address
      const line = command.replaceAll(`https://sqs.${region}.amazonaws.com`, moto?.endpoint ?? "");
      const { code, said } = await shell.run(line);
      expect(`${command}\n${code} ${said}`).toBe(`${command}\n0 ${said}`);
    }
  }

  const all = (steps: readonly PruneStep[], of: (step: PruneStep) => readonly string[] = ({ commands }) => commands) => steps.flatMap(of);

  test.each(pruned)(
    "runs from top to bottom for %s",
    async (name) => {
      const script = scriptFor(name);
      await type(all(script.now));
      await type(all(script.now.toReversed(), ({ undo = [] }) => undo));
      await type(all(script.now));
      await type(all(script.check));
      expect(script.deletes.length).toBeGreaterThan(0);
      await type(all(script.deletes));
      const { lambda } = createClients({ pace: unpaced(), calls: new CallCount() });
      await expect(lambda(region).send(new GetFunctionCommand({ FunctionName: name }))).rejects.toThrow();
      const { EventSourceMappings = [] } = await lambda(region).send(new ListEventSourceMappingsCommand({ FunctionName: name }));
      expect(EventSourceMappings).toEqual([]);
    },
    240_000,
  );

  test("a finding's own commands of this program are ones that it knows", async () => {
    const own = [
      ...new Set(document.findings.flatMap(({ remediation }) => remediation.commands.filter((one) => one.startsWith("smalltarget ")))),
    ];
    expect(own.length).toBeGreaterThan(0);
    for (const line of own) {
      const { code, err } = await smalltarget([...line.split(" ").slice(1), "--help"], { cwd: folder.path });
      expect(`${line} ${code} ${err}`).toBe(`${line} 0 `);
    }
  });
});
