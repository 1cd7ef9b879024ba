/** `smalltarget unack`: takes a decision about findings back. It stays in the history. */
import type { Command } from "commander";
import { isInForce } from "../../shared/decisions/book.ts";
import type { AckRecord } from "../../shared/model/acknowledgement.ts";
import { cleanText } from "../../shared/model/plain-text.ts";
import { scopeText } from "../../shared/report/acks-page.ts";
import { toJson } from "../../shared/report/json.ts";
import { withdraw } from "../../shared/scan/acknowledge.ts";
import { type Decidable, decidedParts, findingOf, placeOf, whoDecides } from "../decide.ts";
import { type ReadOptions, withLastScan } from "../last-scan.ts";
import { nearest } from "../nearest.ts";
import { onePageOption, readOptions } from "../options.ts";
import { commandName, print } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface Options extends ReadOptions {
  readonly comment?: string;
  readonly output: "table" | "json";
}

/** Arguments, options and action. */
export function unackCommand(command: Command): void {
  command
    .argument("<id>", "id of a decision (A-...), or of the finding (F-...) that it was made for")
    .option("--comment <text>", "why, for its history");
  readOptions(onePageOption(command)).action(unack);
}

async function unack(id: string, options: Options): Promise<void> {
  await withLastScan(
    options,
    async (last) => {
      const place = await placeOf(last);
      const record = await recordOf(last, place, id);
      const note = options.comment === undefined ? undefined : cleanText(options.comment, 1000);
      const { released } = await withdraw(place, record, await whoDecides(last, options), note);
      if (options.output === "json") print(toJson({ ack: record.id, released: released.map((one) => one.id) }));
      else {
        const many = released.length === 1 ? "1 finding is" : `${released.length} findings are`;
        print(`${record.id} no longer holds ${scopeText(record.scope)}: ${many} open again, said in the next digest.`);
      }
    },
    decidedParts,
  );
}

async function recordOf(last: Decidable, place: Awaited<ReturnType<typeof placeOf>>, text: string): Promise<AckRecord> {
  const { store, account, now } = place;
  const records = await store.decisions.all(account);
  const id = text.toUpperCase();
  if (id.startsWith("F-")) {
    const finding = await findingOf(last, place, text);
    const record = records.find((one) => one.id === finding.acknowledged?.ack);
    if (!record || finding.status !== "SUPPRESSED") throw new UsageError(`${finding.id} is not accepted: no decision holds it`);
    if (record.scope.kind === "finding") return record;
    throw new UsageError(
      `${finding.id} is held by ${record.id}, which speaks of ${scopeText(record.scope)}: ${commandName} unack ${record.id} takes that back for all of them`,
    );
  }
  const record = records.find((one) => one.id === id);
  const inForce = records.filter((one) => isInForce(one, now));
  if (record && inForce.includes(record)) return record;
  if (record) throw new UsageError(`${record.id} holds nothing any more: ${commandName} acks --all says since when`);
  const hint =
    inForce.length > 0
      ? `; did you mean ${nearest(
          id,
          inForce.map((one) => one.id),
        )}?`
      : ": there is none in force";
  throw new UsageError(`account ${account} has no decision ${cleanText(text, 60)}${hint}`);
}
