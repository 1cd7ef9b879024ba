/** `smalltarget ack`: a finding, or all of its like, is accepted for a time and a reason. */
import { type Command, InvalidArgumentError, Option } from "commander";
import { newDecision } from "../../shared/decisions/new-decision.ts";
import { type AckLimit, type AckReason, type AckScopeKind, ackLimits, ackReasons, ackScopes } from "../../shared/model/ack-words.ts";
import type { Acknowledgement, AckScope } from "../../shared/model/acknowledgement.ts";
import { type StoredFinding, severityRank } from "../../shared/model/finding.ts";
import { materialDigest } from "../../shared/model/outbox.ts";
import { cleanText } from "../../shared/model/plain-text.ts";
import { scopeText } from "../../shared/report/acks-page.ts";
import { toJson } from "../../shared/report/json.ts";
import { acknowledge } from "../../shared/scan/acknowledge.ts";
import { dateText } from "../../shared/wording/words.ts";
import { type Decidable, decidedParts, findingOf, placeOf, untilOption, whoDecides } from "../decide.ts";
import { type ReadOptions, withLastScan } from "../last-scan.ts";
import { oneOf, onePageOption, readOptions } from "../options.ts";
import { print } from "../terminal.ts";
import { UsageError } from "../usage-error.ts";

interface Tag {
  readonly key: string;
  readonly value: string;
}

interface Options extends ReadOptions {
  readonly reason: AckReason;
  readonly comment: string;
  readonly until: string;
  readonly alsoUntil: AckLimit;
  readonly ticket?: string;
  readonly scope: AckScopeKind;
  readonly tag?: Tag;
  readonly output: "table" | "json";
}

/** Arguments, options and action. */
export function ackCommand(command: Command): void {
  command
    .argument("<id>", "id of a finding (F-...)")
    .addOption(new Option("--reason <reason>", ackReasons.join(", ")).argParser(oneOf(ackReasons)).makeOptionMandatory())
    .requiredOption("--comment <text>", "why: for whoever reads it in a year")
    .requiredOption("--until <time>", "90d, or a day; 365 days at most, for a CRITICAL finding 90", untilOption)
    .addOption(
      new Option("--also-until <change>", "what ends it before: worse (a graver severity), or evidence-changed (that, or any other change)")
        .argParser(oneOf(ackLimits))
        .default("worse"),
    )
    .option("--ticket <key>", "where it is being dealt with")
    .addOption(
      new Option("--scope <scope>", `what it holds, always exactly: ${ackScopes.join(", ")}; of the named finding`)
        .argParser(oneOf(ackScopes))
        .default("finding"),
    )
    .option("--tag <key=value>", "with --scope rule+tag: a tag that the finding's resource has", tagOption);
  readOptions(onePageOption(command)).action(ack);
}

function tagOption(value: string): Tag {
  const at = value.indexOf("=");
  if (at < 1) throw new InvalidArgumentError("It is a key and a value, such as stage=test.");
  return { key: value.slice(0, at), value: value.slice(at + 1) };
}

async function ack(id: string, options: Options): Promise<void> {
  await withLastScan(
    options,
    async (last) => {
      const place = await placeOf(last);
      const finding = await findingOf(last, place, id);
      if (finding.status === "RESOLVED") {
        throw new UsageError(
          `${finding.id} was resolved ${dateText(finding.resolvedAt ?? finding.changedAt)}: there is nothing to accept. Should it come back, it is told again`,
        );
      }
      const decision = await decisionFor(last, place, finding, options);
      const settled = await acknowledge(place, decision);
      const graver = settled.refused.length === 0 ? await graverOnes(place, decision) : 0;
      print(
        options.output === "json"
          ? toJson({ ...decision, held: settled.held.map((one) => one.id) })
          : doneText(decision, settled.held, graver),
      );
      if (settled.refused.length > 0) print(`A scan is writing ${settled.refused.length} of them: its next look leaves them as decided.`);
    },
    decidedParts,
  );
}

type Place = Awaited<ReturnType<typeof placeOf>>;

async function decisionFor(
  last: Decidable,
  { store, account, now }: Place,
  finding: StoredFinding,
  options: Options,
): Promise<Acknowledgement> {
  const { reason, comment, until, alsoUntil, ticket } = options;
  const { id, severity, materialKey } = finding;
  const scope = scopeOf(last, finding, options);
  const by = await whoDecides(last, options);
  const named = { id, severity, evidenceDigest: materialDigest(materialKey) };
  const wanted = { scope, reason, comment, until, alsoUntil, by, finding: named, ...(ticket === undefined ? {} : { ticket }) };
  return newDecision(wanted, await store.decisions.all(account), now);
}

function scopeOf({ document }: Decidable, { id, rule, resource, owner }: StoredFinding, { scope, tag }: Options): AckScope {
  if ((scope === "rule+tag") !== (tag !== undefined)) throw new UsageError("--scope rule+tag and --tag KEY=VALUE go together");
  if (scope === "finding") return { kind: scope, finding: id };
  if (scope === "rule+resource") return { kind: scope, rule, arn: resource.arn };
  if (scope === "rule+owner") return { kind: scope, rule, team: owner.team ?? "" };
  const tags = document.resources.find(({ arn }) => arn === resource.arn)?.tags ?? {};
  if (tag && Object.hasOwn(tags, tag.key) && tags[tag.key] === tag.value) return { kind: scope, rule, ...tag };
  const own = Object.entries(tags).map(([key, value]) => `${key}=${value}`);
  throw new UsageError(
    cleanText(`${resource.name} has no tag ${tag?.key}=${tag?.value}; ${own.length > 0 ? `it has ${own.join(", ")}` : "it has none"}`, 600),
  );
}

/** Findings of the scope that stay open because they are graver than the named one. */
async function graverOnes({ store, account }: Place, { scope, severity }: Acknowledgement): Promise<number> {
  if (scope.kind === "finding" || scope.kind === "rule+tag") return 0;
  const open = await store.openFindings(account);
  return open.filter(
    (one) =>
      one.status !== "SUPPRESSED" &&
      one.rule === scope.rule &&
      (scope.kind === "rule+owner" ? (one.owner.team ?? "") === scope.team : one.resource.arn === scope.arn) &&
      severityRank(one.severity) < severityRank(severity),
  ).length;
}

function doneText({ id, scope, reason, until, by, severity }: Acknowledgement, held: readonly StoredFinding[], graver: number): string {
  const lines = [
    `${id}: ${scopeText(scope)} is accepted (${reason}) until ${dateText(until)}, says ${cleanText(by, 200)}.`,
    held.length === 0
      ? "Nothing changed: it was held already."
      : `It holds ${held.length === 1 ? "1 finding" : `${held.length} findings`}: told again when it ends or is outgrown.`,
    ...(graver > 0
      ? [`${graver} graver than ${severity} ${graver === 1 ? "stays" : "stay"} open: accept one of those by its own id.`]
      : []),
  ];
  return lines.join("\n");
}
