/** `smalltarget prune`: what a function takes with it when it goes, and how. Prints; never runs anything. */
import type { Command } from "commander";
import { lastAnswer } from "../../shared/decisions/questions.ts";
import { networkOf } from "../../shared/graph/network.ts";
import { functionArnOf } from "../../shared/model/arn.ts";
import { type PruneDocument, pruneSetOf } from "../../shared/prune/prune.ts";
import { pruneScript } from "../../shared/prune/prune-script.ts";
import { toJson } from "../../shared/report/json.ts";
import { prunePage } from "../../shared/report/prune-page.ts";
import { findResource } from "../find-resource.ts";
import { type LastScan, type ReadOptions, withLastScan } from "../last-scan.ts";
import { onePageOption, readOptions, wholeNumber } from "../options.ts";
import { outputLook, print } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface Options extends ReadOptions {
  readonly quietDays: number;
  readonly output: "table" | "json";
}

/** Two rounds of whatever happens weekly. */
const defaultQuietDays = 14;

/** Arguments, options and action. */
export function pruneCommand(command: Command): void {
  command
    .argument("<function>", "ARN, or name where only one function has it")
    .option("--quiet-days <days>", "days between switching off and deleting", wholeNumber, defaultQuietDays);
  readOptions(onePageOption(command)).action(prune);
}

async function prune(text: string, options: Options): Promise<void> {
  const show = async ({ document, kept }: LastScan<keyof PruneDocument>) => {
    const arn = functionArnOf(text) ?? findResource(networkOf(document), text, "AWS::Lambda::Function").id;
    const subject = document.functions.find((one) => one.arn === arn);
    if (!subject) throw new UsageError(`the last scan did not list the function ${arn}`);
    const set = pruneSetOf(document, subject);
    const script = set.blockers.length === 0 ? pruneScript(set, options.quietDays, document.scan.startedAt) : undefined;
    const { items, stays, blockers, unseen } = set;
    const asked = (await kept.questions(document.scan.account)).find((one) => one.arn === arn);
    const said = asked && lastAnswer(asked.events);
    if (options.output === "json")
      print(toJson({ function: arn, items, stays, blockers, unseen, script: script ?? null, ...(said ? { said } : {}) }));
    else print(prunePage(set, script, outputLook(), said).join("\n"));
  };
  await withLastScan(options, show, ["coverage", "functions", "resources", "relations", "findings"]);
}
