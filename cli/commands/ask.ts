/** `smalltarget ask OWNER`: sends an owner the quiet resources, with three answers for each. */
import type { Command } from "commander";
import { type AskPlan, lastAnswer, planQuestions, type QuietResource, quietResources } from "../../shared/decisions/questions.ts";
import { cleanText } from "../../shared/model/plain-text.ts";
import type { QuestionEvent } from "../../shared/model/question.ts";
import { type Channel, DeliveryError, type Message } from "../../shared/notify/channel.ts";
import { mostAsked, questionMessage, unclaimedMessage } from "../../shared/notify/question-message.ts";
import { matches } from "../../shared/notify/routing.ts";
import { toJson } from "../../shared/report/json.ts";
import { count } from "../../shared/report/quantities.ts";
import { dateText } from "../../shared/wording/words.ts";
import { checkTeam } from "../check-names.ts";
import { type Decidable, decidedParts, placeOf, whoDecides } from "../decide.ts";
import { homeRegion } from "../home-region.ts";
import { type ReadOptions, withLastScan } from "../last-scan.ts";
import { openChannels } from "../open-channels.ts";
import { onePageOption, readOptions } from "../options.ts";
import { replyLinks } from "../reply-links.ts";
import { readSettingsFile } from "../settings-file.ts";
import { commandName, print, say } from "../terminal.ts";
import { CannotStartError, UsageError } from "../usage-error.ts";

interface Options extends ReadOptions {
  readonly list?: boolean;
  readonly print?: boolean;
  readonly dryRun?: boolean;
  readonly notify?: string;
  readonly settings?: string;
  readonly output: "table" | "json";
}

/** Arguments, options and action. */
export function askCommand(command: Command): void {
  command
    .argument("[owner]", "team as the scan knows it; unowned: what nobody owns, asked of whoever hears of that")
    .option("--list", "what was asked and answered so far")
    .option("--dry-run", "show what would be asked, and ask nothing")
    .option("--print", "print it, for you to pass on, instead of sending it; counts as asked")
    .option("--notify <channel>", "sns:ARN (default: the topic of --stack)")
    .option("--settings <file>", "settings of the scan: defaultTeam is told what nobody claims");
  readOptions(onePageOption(command)).action(ask);
}

async function ask(owner: string | undefined, options: Options): Promise<void> {
  if ((owner === undefined) === (options.list !== true)) throw new UsageError("name an owner, or --list");
  await withLastScan(options, (last) => (owner === undefined ? list(last, options) : askOwner(last, owner, options)), decidedParts);
}

async function askOwner(last: Decidable, text: string, options: Options): Promise<void> {
  const { document, kept } = last;
  const owner = text === "unowned" ? "" : text;
  await checkTeam(last, text, document.findings);
  const settings = await readSettingsFile(options.settings);
  const { defaultTeam = "" } = settings;
  const place = await placeOf(last);
  const plan = planQuestions(quietResources(document.findings, owner), await place.store.questions.all(place.account), place.now);
  const { accountAlias } = document.scan;
  const words = {
    account: place.account,
    ...(accountAlias === undefined ? {} : { accountAlias }),
    ...(kept.deployment ? { deployment: kept.deployment } : {}),
  };
  // a link does something: what is only shown has none
  const linkOf = options.dryRun ? undefined : await replyLinks(kept, place.now, options.profile);
  const addressed = (to: string) => ({ ...words, to, ...(linkOf ? { linkOf: linkOf(to) } : {}) });
  const asked = plan.ask.slice(0, mostAsked);
  const unclaimed = plan.escalate.slice(0, mostAsked);
  const parts: Part[] = [
    ...(asked.length > 0
      ? [{ kind: "asked" as const, resources: asked, message: questionMessage(asked, addressed(owner || defaultTeam)) }]
      : []),
    ...(unclaimed.length > 0
      ? [
          {
            kind: "escalated" as const,
            resources: unclaimed,
            message: unclaimedMessage(unclaimed, text, addressed(defaultTeam)),
          },
        ]
      : []),
  ];
  const shows = options.dryRun === true || options.print === true;
  if (!options.dryRun) {
    const by = await whoDecides(last, options);
    const surroundings = { homeRegion: await homeRegion(options.profile), now: () => place.now };
    const channels = options.print || parts.length === 0 ? [] : await openChannels(options, settings, surroundings, kept);
    for (const { kind, resources, message } of parts) {
      if (!options.print) await send(message, channels);
      const at = place.now.toISOString();
      // written when it was sent: what did not get out was not asked
      await place.store.questions.add(
        place.account,
        resources.map(({ question, arn }): QuestionEvent => ({ question, arn, kind, at, by, owner })),
      );
    }
  }
  const { waiting, answered } = plan;
  const counts = { asked: asked.length, unclaimed: unclaimed.length, left: plan.ask.length - asked.length, waiting, answered };
  const texts = shows ? parts.map(({ message }) => message.text) : [];
  if (options.output === "json") print(toJson({ ...counts, ...(shows ? { texts } : {}) }));
  else print([...texts, summary(text, plan, asked.length, options.dryRun === true)].join("\n"));
}

interface Part {
  readonly kind: "asked" | "escalated";
  readonly resources: readonly QuietResource[];
  readonly message: Message;
}

/** Through every channel for people that leads to the team. @throws when none took it */
async function send(message: Message, channels: readonly Channel[]): Promise<void> {
  const [team] = message.teams;
  const finding = { rule: "", severity: "CRITICAL", owner: team === undefined ? {} : { team } } as const;
  const leading = channels.filter(
    ({ mirrors, routes }) => !mirrors && (routes === undefined || routes.some(({ teams }) => matches(teams ? { teams } : {}, finding))),
  );
  if (leading.length === 0) {
    throw new UsageError(
      `no channel leads to ${team ?? "whoever hears of what nobody owns"}: give --stack or --notify sns:ARN, or --print and pass it on`,
    );
  }
  let taken = 0;
  for (const channel of leading) {
    try {
      await channel.send(message, []);
      taken += 1;
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      say(`channel ${channel.name}: ${error.message}`);
    }
  }
  if (taken === 0) throw new CannotStartError("no channel took the question: nothing was asked");
}

function summary(owner: string, { ask, escalate, waiting, answered }: AskPlan, asked: number, dry: boolean): string {
  const left = ask.length - asked;
  if (ask.length + escalate.length + waiting + answered === 0)
    return `Nothing of ${cleanText(owner, 80)} is quiet: there is nothing to ask.`;
  const pieces = [
    `${dry ? "Would ask" : "Asked"} ${cleanText(owner, 80)} about ${count(asked, "resource")}`,
    ...(left > 0 ? [`${left} more next time`] : []),
    ...(escalate.length > 0
      ? [`${count(escalate.length, "resource")} that nobody claims ${dry ? "would be" : "was"} said to the account's owner`]
      : []),
    ...(waiting > 0 ? [`${waiting} asked within a week or said already`] : []),
    ...(answered > 0 ? [`${answered} answered`] : []),
  ];
  return `${pieces.join("; ")}.`;
}

async function list({ document, kept }: Decidable, { output }: Options): Promise<void> {
  const questions = await kept.questions(document.scan.account);
  if (output === "json") {
    print(toJson(questions));
    return;
  }
  if (questions.length === 0) print(`Nothing was asked yet: ${commandName} ask OWNER`);
  for (const { id, arn, events } of questions) {
    const last = lastAnswer(events);
    const newest = events.at(-1);
    const state = last && newest === last ? answerText(last) : `${newest?.kind ?? ""} ${dateText(newest?.at ?? "")}`;
    print(`${id}  ${cleanText(arn, 300)}\n    ${cleanText(state, 300)}`);
  }
}

function answerText({ kind, at, by, until, note }: QuestionEvent): string {
  const what = kind === "needed" ? `needed until ${dateText(until ?? "")}` : kind === "can-go" ? "can go" : "not mine";
  return `${what}, said ${dateText(at)} by ${by}${note ? `: ${note}` : ""}`;
}
