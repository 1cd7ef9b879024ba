/** Everything doctor looks at, in the order in which one thing builds on another. */
import { CallCount, type Tape } from "../../shared/aws/client-options.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { createOwnClients } from "../../shared/aws/own-clients.ts";
import { Pace } from "../../shared/aws/pace.ts";
import { identify, listRegions } from "../../shared/collect/account/account.ts";
import { collectors } from "../../shared/collect/collectors.ts";
import { outdatedTables, staleAfterDays } from "../../shared/data/freshness.ts";
import { parseArn } from "../../shared/model/arn.ts";
import { listeners } from "../../shared/notify/sns.ts";
import { daysText } from "../../shared/wording/words.ts";
import { failureOf } from "../failure.ts";
import { homeRegion } from "../home-region.ts";
import type { StoreOptions } from "../kept.ts";
import { scansIn } from "../last-scan.ts";
import { openStore } from "../open-store.ts";
import { readSettingsFile } from "../settings-file.ts";
import { bad, type Check, note, ok } from "./check.ts";
import { scansCheck } from "./last-scans.ts";
import { probeAll, probeRegions } from "./probes.ts";
import { stacksCheck } from "./stacks.ts";

export interface Examination extends StoreOptions {
  readonly region?: string;
  readonly notify?: string;
  readonly settings?: string;
}

/** The checks, each as soon as it is done. */
export async function* examine(options: Examination, now: Date): AsyncGenerator<Check> {
  yield* examineAws(options, now);
  yield* examineStoreAndTopic(options, now);
  yield freshness(now);
}

/** Somebody waits: what does not answer twice is said. */
const maxAttempts = 2;

async function* examineAws(options: Examination, now: Date): AsyncGenerator<Check> {
  const { profile } = options;
  const home = await homeRegion(profile, options.region ? [options.region] : []);
  const asking = { pace: new Pace(), calls: new CallCount(), maxAttempts, ...(profile ? { profile } : {}) };
  const clients = createClients(asking);
  let account: string;
  let enabled: readonly string[] = [];
  try {
    const identity = await identify(clients, home);
    account = identity.account;
    yield ok("credentials", `${identity.arn}, account ${account}`);
  } catch (error) {
    yield bad("credentials", failureOf(error).line ?? "");
    return;
  }
  try {
    yield ok("settings", options.settings ? `${options.settings} is in order` : "the defaults");
    const settings = await readSettingsFile(options.settings);
    const { regions, source, coverage } = await listRegions(clients, home, settings.regions);
    enabled = regions;
    const names = `${regions.length} enabled (${regions.join(", ")})`;
    if (source === "account") yield ok("regions", `${names}, by account:ListRegions`);
    else if (source === "ec2") yield note("regions", `${names}, by ec2:DescribeRegions, since account:ListRegions did not answer`);
    else
      yield bad(
        "regions",
        `cannot be listed (${coverage[0]?.operation}: ${coverage[0]?.code}); only ${regions.join(", ")} would be looked at`,
      );
  } catch (error) {
    yield bad("settings", failureOf(error).line ?? "");
  }
  yield* await probeRegions(enabled, clients);
  yield await stacksCheck(enabled, clients);
  const others = collectors.filter(({ name }) => name !== "regions");
  const clientsWith = (tape: Tape) => createClients({ ...asking, tape });
  yield* await probeAll(others, { clients, clientsWith, now, region: options.region ?? home, account });
}

async function* examineStoreAndTopic(options: Examination, now: Date): AsyncGenerator<Check> {
  let topicArn = options.notify?.startsWith("sns:") ? options.notify.slice("sns:".length) : undefined;
  try {
    const kept = await openStore(options, "read");
    await kept?.table();
    yield kept ? ok("store", kept.where) : note("store", "nothing was scanned into it yet");
    topicArn ??= kept?.topicArn;
    if (kept) yield scansCheck(await scansIn(kept, options), kept.schedule, now);
    await kept?.close();
  } catch (error) {
    yield bad("store", failureOf(error).line ?? "");
  }
  yield await examineTopic(topicArn, options.profile);
}

async function examineTopic(topicArn: string | undefined, profile?: string): Promise<Check> {
  if (topicArn === undefined) return note("topic", "none given: nobody is told (--notify sns:ARN or --stack NAME)");
  try {
    const region = parseArn(topicArn)?.region || (await homeRegion(profile));
    const { confirmed, pending } = await listeners(createOwnClients(region, profile).sns, topicArn);
    const waiting = pending > 0 ? `, ${pending} not confirmed yet (a click in the mail that AWS sent)` : "";
    if (confirmed === 0) return bad("topic", `${topicArn}: nobody is subscribed${waiting}: messages reach no one`);
    return ok("topic", `${topicArn}: ${confirmed} subscribed${waiting}`);
  } catch (error) {
    return bad("topic", failureOf(error).line ?? "");
  }
}

function freshness(now: Date): Check {
  const old = outdatedTables(now);
  if (old.length === 0) return ok("facts of AWS", `all dated tables are younger than ${daysText(staleAfterDays)}`);
  const names = old.map(([name, asOf]) => `${name} (${asOf})`).join(", ");
  return note("facts of AWS", `may be outdated: ${names}; install a newer smalltarget`);
}
