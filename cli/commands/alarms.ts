/** `smalltarget alarms plan|apply|list|remove`: CloudWatch alarms that follow the timeouts. Only what is ours is ever changed, with --yes. */
import { type Command, InvalidArgumentError } from "commander";
import { type AlarmPlan, defaultAlarmSettings } from "../../shared/alarms/alarm-plan.ts";
import { CallCount } from "../../shared/aws/client-options.ts";
import type { Clients } from "../../shared/aws/clients.ts";
import { Pace } from "../../shared/aws/pace.ts";
import { parseArn } from "../../shared/model/arn.ts";
import { alarmListPage, alarmPlanPage, alarmPrice, appliedPage } from "../../shared/report/alarms-page.ts";
import { exitCodes } from "../failure.ts";
import { type LastScan, type ReadOptions, withLastScan } from "../last-scan.ts";
import { onePageOption, readOptions, wholeNumber } from "../options.ts";
import { commandName, outputLook, print, say } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface Options extends ReadOptions {
  readonly topic?: readonly string[];
  readonly max: number;
  readonly yes?: boolean;
  readonly output: "table" | "json";
}

/** Arguments, options and action. */
export function alarmsCommand(command: Command): void {
  const planned = (sub: Command) =>
    readOptions(
      onePageOption(sub)
        .option(
          "--topic <arn>",
          "SNS topic that the alarms publish to, one per Region; repeatable (default: the one of --stack)",
          topicOption,
        )
        .option("--max <functions>", "functions that may have alarms", wholeNumber, defaultAlarmSettings.maxFunctions),
    );
  planned(command.command("plan").description("what they would cost and what would be done; changes nothing")).action(plan);
  planned(command.command("apply").description("carry out the plan; alarms of others are never touched"))
    .option("--yes", "do it: without this, the price is told and nothing is done")
    .action(apply);
  readOptions(onePageOption(command.command("list").description("our alarms as they are"))).action(list);
  readOptions(onePageOption(command.command("remove").description("take away all our alarms; alarms of others are never touched")))
    .option("--yes", "do it: without this, they are counted and nothing is done")
    .action(remove);
}

async function plan(options: Options): Promise<void> {
  await withPlan(options, async (planned) => {
    print(options.output === "json" ? JSON.stringify(planned, null, 2) : alarmPlanPage(planned, outputLook()).join("\n"));
  });
}

async function apply(options: Options): Promise<void> {
  await withPlan(options, async (planned, clients) => {
    say(alarmPrice(planned));
    if (!options.yes) {
      throw new UsageError(
        `nothing was done: put ${planned.put.length} and remove ${planned.remove.length} alarms with ${commandName} alarms apply --yes`,
      );
    }
    await carryOut(clients, planned, options);
  });
}

async function remove(options: Options): Promise<void> {
  await withLastScan(options, async (last) => {
    const clients = await clientsOf(options, last);
    const own = await (await following()).readOwnAlarms(clients, last.document);
    if (!options.yes && own.length > 0) {
      throw new UsageError(`nothing was done: remove ${own.length} alarms with ${commandName} alarms remove --yes`);
    }
    await carryOut(clients, { put: [], remove: own.map(({ alarm }) => ({ alarm, why: "all of ours are taken away" })) }, options);
  });
}

async function carryOut(clients: Clients, changes: Pick<AlarmPlan, "put" | "remove">, { output }: Options): Promise<void> {
  const { applyAlarms } = await import("../../shared/alarm-upkeep/apply.ts");
  const report = await applyAlarms(clients, changes);
  print(output === "json" ? JSON.stringify(report, null, 2) : appliedPage(report, outputLook()).join("\n"));
  if (report.failed.length > 0) process.exitCode = exitCodes.cannotStart;
}

async function list(options: Options): Promise<void> {
  await withLastScan(options, async (last) => {
    const { readOwnAlarms } = await following();
    const own = await readOwnAlarms(await clientsOf(options, last), last.document);
    print(options.output === "json" ? JSON.stringify(own, null, 2) : alarmListPage(own, outputLook()).join("\n"));
  });
}

async function withPlan(options: Options, use: (plan: AlarmPlan, clients: Clients) => Promise<void>): Promise<void> {
  await withLastScan(options, async (last) => {
    const clients = await clientsOf(options, last);
    const { document, kept } = last;
    const topics = options.topic ?? (kept.alarmTopicArn ? [kept.alarmTopicArn] : []);
    const settings = { ...defaultAlarmSettings, maxFunctions: options.max };
    const { planFromScan } = await following();
    await use(await planFromScan({ clients, blobs: kept.blobs, document, topics, settings, now: new Date() }), clients);
  });
}

/** What asks AWS is loaded where AWS is asked: not for help. */
function following() {
  return import("../../shared/alarm-upkeep/follow-timeouts.ts");
}

/** @throws UsageError when the credentials are of another account than the scan: its alarms would be made there */
async function clientsOf({ profile }: Options, { document }: LastScan): Promise<Clients> {
  const { createClients } = await import("../../shared/aws/clients.ts");
  const { identify } = await import("../../shared/collect/account/account.ts");
  const { homeRegion } = await import("../home-region.ts");
  const clients = createClients({ pace: new Pace(), calls: new CallCount(), ...(profile ? { profile } : {}) });
  const { account } = await identify(clients, await homeRegion(profile));
  if (account === document.scan.account) return clients;
  throw new UsageError(
    `the last scan is of account ${document.scan.account}, the credentials are of ${account}: choose with --profile, --account or --store`,
  );
}

function topicOption(value: string, before: readonly string[] = []): readonly string[] {
  const arn = parseArn(value);
  if (arn?.service !== "sns" || arn.region === "") throw new InvalidArgumentError("It is not the ARN of an SNS topic.");
  if (before.some((one) => parseArn(one)?.region === arn.region)) throw new InvalidArgumentError(`There is one for ${arn.region} already.`);
  return [...before, value];
}
