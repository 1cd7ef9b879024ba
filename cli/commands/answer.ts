/** `smalltarget answer`: what an owner says of a quiet resource. */
import { Argument, type Command } from "commander";
import { cleanText } from "../../shared/model/plain-text.ts";
import { type AnswerWord, answers } from "../../shared/model/question.ts";
import { toJson } from "../../shared/report/json.ts";
import { count } from "../../shared/report/quantities.ts";
import { type Answered, answerQuestion } from "../../shared/scan/answer.ts";
import { dateText } from "../../shared/wording/words.ts";
import { decidedParts, placeOf, untilOption, whoDecides } from "../decide.ts";
import { type ReadOptions, withLastScan } from "../last-scan.ts";
import { nearest } from "../nearest.ts";
import { oneOf, onePageOption, readOptions } from "../options.ts";
import { commandName, print } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface Options extends ReadOptions {
  readonly until?: string;
  readonly comment?: string;
  readonly output: "table" | "json";
}

/** Arguments, options and action. */
export function answerCommand(command: Command): void {
  command
    .argument("<id>", "id of the question (Q-...)")
    .addArgument(new Argument("<answer>", answers.join(", ")).argParser(oneOf(answers)))
    .option("--until <time>", "with needed: 90d, or a day; 365 days at most", untilOption)
    .option("--comment <text>", "what it is needed for, or whose it is");
  readOptions(onePageOption(command)).action(answer);
}

async function answer(text: string, word: AnswerWord, options: Options): Promise<void> {
  const { until, comment } = options;
  if ((word === "needed") !== (until !== undefined)) throw new UsageError("needed goes with --until DAY, the other answers without");
  await withLastScan(
    options,
    async (last) => {
      const place = await placeOf(last);
      const questions = await place.store.questions.all(place.account);
      const id = text.toUpperCase();
      const question = questions.find((one) => one.id === id);
      if (!question) {
        const hint =
          questions.length > 0
            ? `; did you mean ${nearest(
                id,
                questions.map((one) => one.id),
              )}?`
            : `: nothing was asked yet, ${commandName} ask OWNER does`;
        throw new UsageError(`there is no question ${cleanText(text, 60)}${hint}`);
      }
      const note = comment === undefined ? undefined : cleanText(comment, 500);
      const given = { answer: word, by: await whoDecides(last, options), ...(until ? { until } : {}), ...(note ? { note } : {}) };
      const done = await answerQuestion(place, question, given);
      print(options.output === "json" ? toJson({ question: id, arn: question.arn, ...done }) : doneText(question.arn, word, until, done));
    },
    decidedParts,
  );
}

function doneText(arn: string, word: AnswerWord, until: string | undefined, { held, disowned }: Answered): string {
  const what = cleanText(arn, 300);
  if (word === "needed")
    return `${what} is needed until ${dateText(until ?? "")}: ${count(held.length, "finding")} accepted until then, and asked again after it.`;
  if (word === "can-go") return `${what} can go: ${commandName} prune says so, and how.`;
  const whose = disowned === undefined ? "" : ` ${cleanText(disowned, 80)} is no longer its owner by hand.`;
  return `${what} is somebody else's.${whose} Next it is said to the account's owner, unless ${commandName} own RESOURCE TEAM names one.`;
}
