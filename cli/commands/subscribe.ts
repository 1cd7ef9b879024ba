/** `smalltarget subscribe`: somebody gets the findings by mail, of some teams or severities only; or who gets them now. */
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Severity } from "../../shared/model/finding.ts";
import { cleanText, hasUnsafeCharacters } from "../../shared/model/plain-text.ts";
import { filterPolicy, policyMistake, policyText, severitiesFrom } from "../../shared/notify/filter-policy.ts";
import { toJson } from "../../shared/report/json.ts";
import { knownTeams } from "../known-teams.ts";
import { nearest } from "../nearest.ts";
import { oneOf } from "../options.ts";
import { type OurTopic, openTopic, type TopicOptions, topicOptions } from "../our-topic.ts";
import { commandName, print, say } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface Options extends TopicOptions {
  readonly team?: readonly string[];
  readonly severity?: readonly Severity[];
  readonly env?: readonly string[];
  readonly list?: boolean;
  readonly output: "table" | "json";
}

/** Arguments, options and action. */
export function subscribeCommand(command: Command): void {
  command
    .argument("[email]", "address that gets the messages", emailArgument)
    .option("--team <name>", "only what concerns this team (repeatable); unowned: what nobody owns", nameOption)
    .option("--severity <severity>", "only this severity, or with a + also graver ones: high+ (repeatable)", severityOption)
    .option("--env <name>", "only what belongs to this environment, by its tag (repeatable)", nameOption)
    .option("--list", "who is subscribed, and whether they have confirmed")
    .addOption(new Option("-o, --output <format>", "table or json, with --list").default("table").argParser(oneOf(["table", "json"])));
  topicOptions(command).action(subscribe);
}

function emailArgument(value: string): string {
  if (!/^[^\s@,;<>"]+@[^\s@,;<>"]+\.[^\s@,;<>"]+$/.test(value) || hasUnsafeCharacters(value) || value.length > 254)
    throw new InvalidArgumentError("It is not an e-mail address; for several people give the address of a list.");
  return value;
}

function nameOption(value: string, before: readonly string[] = []): readonly string[] {
  if (value.trim() === "" || hasUnsafeCharacters(value)) throw new InvalidArgumentError("It must be a name that can be printed.");
  return [...before, value.trim()];
}

function severityOption(value: string, before: readonly Severity[] = []): readonly Severity[] {
  const found = severitiesFrom(value);
  if (!found) throw new InvalidArgumentError("It is critical, high, medium, low or informational; with a + graver ones too: high+.");
  return [...before, ...found];
}

async function subscribe(email: string | undefined, options: Options): Promise<void> {
  const { list, team, severity, env, output } = options;
  if (list && (email !== undefined || team || severity || env)) throw new UsageError("--list goes alone");
  if (!list && email === undefined) throw new UsageError("name an address, or --list");
  const topic = await openTopic(options);
  if (email === undefined) await printSubscribers(topic, output);
  else await add(email, topic, options);
}

async function add(email: string, topic: OurTopic, options: Options): Promise<void> {
  const { team = [], severity = [], env = [] } = options;
  const policy = filterPolicy({ teams: team, severities: severity, envs: env });
  const mistake = policy && policyMistake(policy);
  if (mistake) throw new UsageError(mistake);
  await doubtTeams(team, options);
  const { subscribeEmail } = await import("../../shared/notify/subscriptions.ts");
  await subscribeEmail(topic.client, topic.arn, email, policy);
  const what = policyText(policy && JSON.stringify(policy));
  print(
    [
      `${email} will get ${what === "everything" ? "everything" : `messages with ${cleanText(what, 400)}`}, once it is confirmed.`,
      "",
      'AWS sends a mail, "Subscription Confirmation". Do not click its link: a subscription that is confirmed by a click can be',
      "ended by whoever opens the unsubscribe link below any message, mail scanners among them. Copy the link and run, within two days:",
      "",
      `  ${commandName} confirm 'LINK' ${topic.option}`,
      "",
      `Until then nothing is sent to it. Who is subscribed:  ${commandName} subscribe --list ${topic.option}`,
      ...(env.length > 0 ? ["Messages about resources without an environment tag do not come with --env."] : []),
    ].join("\n"),
  );
}

/** A team that is not there is not refused, for it may come; but a filter with a mistyped name never lets anything through, and nobody notices. */
async function doubtTeams(teams: readonly string[], options: Options): Promise<void> {
  if (teams.length === 0 || options.stack === undefined) return;
  const known = await knownTeams(options);
  for (const team of teams) {
    if (known === undefined || known.length === 0 || team === "unowned" || known.includes(team)) continue;
    say(
      `in the last scan nothing belongs to a team ${team}; did you mean ${nearest(team, known)}? Names are compared exactly, with their case.`,
    );
  }
}

async function printSubscribers({ arn, client }: OurTopic, output: "table" | "json"): Promise<void> {
  const { subscribersOf } = await import("../../shared/notify/subscriptions.ts");
  const all = await subscribersOf(client, arn);
  if (output === "json") return print(toJson(all));
  if (all.length === 0) return print(`Nobody is subscribed to ${arn}: messages reach no one.`);
  print(
    all
      .map(({ endpoint, protocol, confirmed, guarded, filter }) => {
        const state = !confirmed
          ? "waits to be confirmed, gets nothing"
          : protocol !== "email" || guarded
            ? "confirmed"
            : "confirmed by a click: anybody with one of its mails can end it";
        return `${cleanText(endpoint, 200)} (${cleanText(protocol, 40)}): ${state}; ${confirmed ? cleanText(policyText(filter), 400) : ""}`.replace(
          /; $/,
          "",
        );
      })
      .join("\n"),
  );
}
