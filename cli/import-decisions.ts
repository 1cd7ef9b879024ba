/** `smalltarget acks import FILE`: decides as the file says. */
import { readFile } from "node:fs/promises";
import { type ImportPlan, planImport } from "../shared/decisions/plan-import.ts";
import { type FileMistake, readDecisionFile } from "../shared/decisions/read-file.ts";
import type { StoredFinding } from "../shared/model/finding.ts";
import { cleanText } from "../shared/model/plain-text.ts";
import { scopeText } from "../shared/report/acks-page.ts";
import { count } from "../shared/report/quantities.ts";
import { acknowledge, withdraw } from "../shared/scan/acknowledge.ts";
import { dateText } from "../shared/wording/words.ts";
import { type Decidable, placeOf, whoDecides } from "./decide.ts";
import type { ReadOptions } from "./last-scan.ts";
import { nearest } from "./nearest.ts";
import { say } from "./terminal.ts";
import { CannotStartError, UsageError } from "./usage-error.ts";

export interface ImportOptions extends ReadOptions {
  readonly dryRun?: boolean;
  readonly exact?: boolean;
}

/** What was done, or would be, as lines. @throws UsageError when anything in the file is wrong: then nothing was changed */
export async function importDecisions(file: string, last: Decidable, options: ImportOptions): Promise<string[]> {
  const { account } = last.document.scan;
  const { decisions, mistakes } = readDecisionFile(await textOf(file), account, nearest);
  if (mistakes.length > 0) throw refusal(file, mistakes);
  const place = await placeOf(last);
  const findings = new Map<string, StoredFinding>();
  for (const { scope } of decisions) {
    const found = scope.kind === "finding" ? await place.store.findingById(scope.finding) : undefined;
    if (found && found.resource.account === account) findings.set(found.id, found);
  }
  const by = await whoDecides(last, options);
  const records = await place.store.decisions.all(account);
  const plan = planImport(decisions, { records, findingOf: (id) => findings.get(id), by, now: place.now });
  if (plan.mistakes.length > 0) throw refusal(file, plan.mistakes);
  const lines = linesOf(file, plan, options);
  if (options.dryRun) return [...lines, "Nothing was changed (--dry-run)."];
  for (const { ack } of plan.decide) await acknowledge(place, ack);
  if (options.exact) for (const record of plan.missing) await withdraw(place, record, by, `not in ${cleanText(file, 200)}`);
  return lines;
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (cause) {
    throw new CannotStartError(`cannot read ${file} (${(cause as Error).message})`, { cause });
  }
}

/** Mistakes that are said one by one before a file is called wrong. */
const mostMistakes = 20;

function refusal(file: string, mistakes: readonly FileMistake[]): UsageError {
  for (const { line, what } of mistakes.slice(0, mostMistakes)) say(`${file}:${line}: ${what}`);
  return new UsageError(`${file} has ${count(mistakes.length, "mistake")}: nothing was changed`);
}

function linesOf(file: string, { decide, missing, same, idle }: ImportPlan, { exact }: ImportOptions): string[] {
  return [
    ...decide.map(({ ack, instead }) => {
      const what = `${scopeText(ack.scope)}: ${ack.reason} until ${dateText(ack.until)}`;
      return instead ? `~ ${ack.id}  ${what}, in place of ${instead.id}` : `+ ${ack.id}  ${what}`;
    }),
    ...missing.map((record) =>
      exact
        ? `- ${record.id}  ${scopeText(record.scope)}: taken back`
        : `? ${record.id}  ${scopeText(record.scope)}: not in the file, left as it is (--exact takes it back)`,
    ),
    ...idle.map(({ line, what }) => `! ${file}:${line}: ${what}`),
    `${count(decide.length, "decision")} to make, ${count(same, "decision")} as the file says already.`,
  ];
}
