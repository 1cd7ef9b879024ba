/** `smalltarget acks`: what people decided about findings, with its history; as a file for review, and back. */
import type { Command } from "commander";
import { isInForce } from "../../shared/decisions/book.ts";
import { isOpen } from "../../shared/model/document-finding.ts";
import { type AckRow, acksPage, stateOf } from "../../shared/report/acks-page.ts";
import { toJson } from "../../shared/report/json.ts";
import { decidedParts } from "../decide.ts";
import { type LastScan, type ReadOptions, withLastScan } from "../last-scan.ts";
import { onePageOption, readOptions } from "../options.ts";
import { writeWhole } from "../out-file.ts";
import { outputLook, print } from "../terminal.ts";

interface Options extends ReadOptions {
  readonly all?: boolean;
  readonly out?: string;
  readonly dryRun?: boolean;
  readonly exact?: boolean;
  readonly output: "table" | "json";
}

/** Arguments, options and action. */
export function acksCommand(command: Command): void {
  command.option("--all", "also those that hold nothing any more");
  readOptions(onePageOption(command)).action(list);
  readOptions(command.command("export"))
    .description("those in force as YAML, for review in git")
    .option("--out <file>", "write there instead of to standard output")
    .action(exported);
  readOptions(command.command("import"))
    .description("decide as a YAML file says; what it says already is left as it is")
    .argument("<file>", "as acks export writes it")
    .option("--dry-run", "say what would change, and change nothing")
    .option("--exact", "take back what is not in the file")
    .action(imported);
}

async function exported(options: Options): Promise<void> {
  const { writeDecisionFile } = await import("../../shared/decisions/write-file.ts");
  await withLastScan(
    options,
    async ({ document, kept }) => {
      const { account } = document.scan;
      const now = new Date();
      const text = writeDecisionFile(
        account,
        (await kept.decisions(account)).filter((one) => isInForce(one, now)),
      );
      if (options.out === undefined) print(text);
      else await writeWhole(options.out, text);
    },
    ["scan"],
  );
}

async function imported(file: string, options: Options): Promise<void> {
  const { importDecisions } = await import("../import-decisions.ts");
  await withLastScan(options, async (last) => print((await importDecisions(file, last, options)).join("\n")), decidedParts);
}

async function list(options: Options): Promise<void> {
  await withLastScan(
    options,
    async (last) => {
      const { rows, over } = await rowsOf(last, options);
      print(options.output === "json" ? toJson(rows) : acksPage(rows, over, outputLook()).join("\n"));
    },
    ["findings"],
  );
}

/** Those in force, the one that ends first first; with `all` the others after them, the newest end first. `over`: how many are left out. */
async function rowsOf({ document, kept }: LastScan<"findings">, { all }: Options): Promise<{ rows: AckRow[]; over: number }> {
  const now = new Date();
  const held = Map.groupBy(
    document.findings.filter((one) => !isOpen(one)),
    ({ acknowledged }) => acknowledged?.ack,
  );
  const records = await kept.decisions(document.scan.account);
  const known = records.map((record) => ({
    ...record,
    state: stateOf(record, now),
    holds: (held.get(record.id) ?? []).map(({ id }) => id),
  }));
  const [inForce, over] = [known.filter((row) => isInForce(row, now)), known.filter((row) => !isInForce(row, now))];
  const rows = [...inForce.sort((a, b) => (a.until < b.until ? -1 : 1)), ...(all ? over.reverse() : [])];
  return { rows, over: all ? 0 : over.length };
}
