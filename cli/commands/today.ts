/** `smalltarget today`: the five things most worth doing now, and which of those it named before are done. */
import { type Command, Option } from "commander";
import { unclaimedResources } from "../../shared/decisions/questions.ts";
import { toJson } from "../../shared/report/json.ts";
import { todayPage } from "../../shared/report/today-page.ts";
import { recall, remember } from "../../shared/today/memory.ts";
import { type Task, tasks } from "../../shared/today/work.ts";
import { worthDoing } from "../../shared/today/worth-doing.ts";
import { checkTeam } from "../check-names.ts";
import { type LastScan, type ReadOptions, withLastScan } from "../last-scan.ts";
import { oneOf, onePageOption, readOptions } from "../options.ts";
import { outputLook, print, say } from "../terminal.ts";
import { keepToday, readToday } from "../today-memory.ts";

interface Options extends ReadOptions {
  readonly task?: Task;
  readonly owner?: string;
  readonly output: "table" | "json";
}

/** As many as a person does in a day or two. */
const mostShown = 5;

const parts = ["findings", "functions", "resources"] as const;

/** Arguments, options and action. */
export function todayCommand(command: Command): void {
  command
    .addOption(
      new Option(
        "--task <task>",
        "only one of the three: unknowns (unused, stale, unread), target (roles, doors, timeouts, libraries), talk (no owner, no ear)",
      ).argParser(oneOf(tasks)),
    )
    .option("--owner <name>", "only this team's; unowned: nobody's");
  readOptions(onePageOption(command)).action((options: Options) => withLastScan(options, (last) => today(last, options), parts));
}

async function today(last: LastScan<(typeof parts)[number]>, { task, owner, output }: Options): Promise<void> {
  const { document, kept } = last;
  const now = new Date();
  await checkTeam(last, owner, document.findings);
  const unclaimed = unclaimedResources(document.findings, await kept.questions(document.scan.account), now);
  const all = worthDoing(document, { now, task, owner, unclaimed });
  const shown = all.slice(0, mostShown);
  const memory = recall(await readToday(kept.blobs, document.scan.account), document, now);
  const failure = await keepToday(kept.blobs, document.scan.account, remember(memory, shown, now));
  if (failure !== undefined) say(`what was shown could not be kept, so that the next scan cannot tell what of it was done: ${failure}`);
  if (output === "json") {
    print(toJson({ scan: document.scan.id, of: all.length, shown, done: memory.done }));
    return;
  }
  const whose = `${task ? `   task ${task}` : ""}${owner ? `   owner ${owner}` : ""}`;
  print(todayPage({ shown, of: all.length, done: memory.done, whose }, outputLook()).join("\n"));
}
