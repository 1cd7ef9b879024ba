import { runtimeDeprecations, runtimeMoves, runtimeSuccessors } from "../../data/runtimes.ts";
import { dayOf } from "../../model/day.ts";
import type { Evidence, Severity } from "../../model/finding.ts";
import type { PublishedVersion } from "../../model/published-version.ts";
import { anySub, functionRule, type Hit, type Unknown } from "../../model/rule.ts";
import type { FunctionSubject } from "../../model/rule-subject.ts";
import { awsCommand, stackAdvice } from "../../wording/aws-cli.ts";
import { dateText, text } from "../../wording/words.ts";
import { aliasesText, pointAliases, publishingAdvice } from "../behind-alias.ts";

const yearDays = 365;

/** So many aliases are named, and led on by commands. */
const aliasesShown = 5;

/** What callers of aliases get, as one finding of its own beside that of the function itself. */
const behindAliases = "aliases";

/** A function, or a version of it that an alias leads to, on a runtime that AWS no longer patches, or soon will not. */
export const deprecatedRuntime = functionRule({
  id: "lambda/deprecated-runtime",
  subject: "function",
  summary: "the runtime of a function, or of a version behind an alias, gets no security updates any more, or soon will not",
  why: "AWS does not patch deprecated runtimes, gives no support for them, and blocks first new functions and then updates.",
  needs: [],
  gone: ["functions:listed"],
  usageBased: false,
  severities: [
    { severity: "HIGH", when: "deprecated for a year or longer" },
    { severity: "MEDIUM", when: "deprecated" },
    { severity: "LOW", when: "will be deprecated within warnDays" },
  ],
  settings: { warnDays: { default: 180, unit: "days", minimum: 0, meaning: "warns this long before the date" } },
  references: [
    "https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html",
    "https://docs.aws.amazon.com/lambda/latest/dg/configuration-aliases.html",
  ],

  judge({ facts, configuration, published }, { now, settings }) {
    // images have none, every zip has one
    if (facts.runtime === undefined && facts.packageType === "Zip") return { answer: "unknown", why: "AWS did not say its runtime" };
    const graveOf = (runtime: string | undefined) => graveness(runtime, now, settings.warnDays);
    const latest = ofLatest({ facts, configuration, ...(published ? { published } : {}) }, graveOf(facts.runtime));
    const versions = ofVersions(published?.versions ?? [], facts, graveOf);
    const unread: Unknown[] = published?.unread ? [{ answer: "unknown", why: published.unread, sub: anySub }] : [];
    const others = [...versions, ...unread];
    if (others.length === 0) return latest ?? { answer: "clear" };
    return latest ? [latest, ...others] : others;
  },

  word(evidence, resource) {
    const when = dateText(String(evidence.deprecatedOn));
    const stops = evidence.isDeprecated ? "stopped" : "stops";
    const aliases = listOf(evidence.aliases);
    const on = `on ${evidence.runtime}, which AWS ${stops} patching on ${when}`;
    if (aliases.length > 0) {
      const names = aliases.map((one) => one.split(" ")[0] ?? one);
      const { forth, back } = pointAliases(
        resource.name,
        resource.region,
        aliases.map((one) => ({ name: one.split(" ")[0] ?? "", version: one.split(" ")[1] ?? "" })),
      );
      const first = evidence.latestIsDeprecated
        ? `First move the function itself off ${evidence.latestRuntime}. `
        : `The function itself ($LATEST) runs on ${evidence.latestRuntime} already. `;
      return {
        title: `Callers of ${aliasesText(names, Number(evidence.moreAliases ?? 0))} of ${resource.name} get a version that runs ${on}`,
        remediation: {
          text: `${stackOf(evidence, "publish a new version and let the alias lead there")}${first}Publish a version and let the ${names.length > 1 ? "aliases" : "alias"} lead there; the last command leads back. ${publishingAdvice}`,
          commands: [...forth, ...back],
        },
      };
    }
    const successor = text(evidence.successor);
    const { changesWithIt, newHandler, handler } = evidence;
    const set = (runtime: string, handlerThen: unknown) =>
      awsCommand("lambda", "update-function-configuration", {
        "function-name": resource.name,
        runtime,
        ...(typeof handlerThen === "string" ? { handler: handlerThen } : {}),
        region: resource.region,
      });
    const note = typeof changesWithIt === "string" ? ` ${changesWithIt}` : "";
    const handlerInStack = typeof newHandler === "string" ? ` and Handler to ${newHandler}` : "";
    const too = listOf(evidence.aliasesToo);
    const alsoBehind =
      too.length > 0
        ? ` Callers of ${aliasesText(too)} get a published version on ${evidence.runtime}: publish a new one and lead them there.`
        : "";
    return {
      title: `${resource.name} runs ${on}`,
      remediation: {
        text: `${stackOf(evidence, `set Runtime to ${successor}${handlerInStack}`)}Test the code on ${successor}, then change the runtime; the second command changes it back while AWS still allows updates.${note}${alsoBehind}`,
        commands: [set(successor, newHandler), set(String(evidence.runtime), newHandler === undefined ? undefined : handler)],
      },
    };
  },
});

interface Grave {
  readonly runtime: string;
  readonly date: string;
  readonly ageDays: number;
  readonly severity: Severity;
}

/** How old a runtime is; undefined where it is not deprecated, or not soon. */
function graveness(runtime: string | undefined, now: Date, warnDays: number): Grave | undefined {
  // image functions have no runtime; one that the table does not know is newer than the table
  const date = runtime === undefined ? undefined : runtimeDeprecations[runtime];
  if (runtime === undefined || date === undefined) return undefined;
  const ageDays = dayOf(now) - dayOf(date);
  if (ageDays < -warnDays) return undefined;
  return { runtime, date, ageDays, severity: ageDays >= yearDays ? "HIGH" : ageDays >= 0 ? "MEDIUM" : "LOW" };
}

type Judged = Pick<FunctionSubject, "facts" | "configuration" | "published">;

/** The function itself; versions on the same runtime are mended with it. */
function ofLatest({ facts, configuration, published }: Judged, grave: Grave | undefined): Hit | undefined {
  if (!grave) return undefined;
  const { runtime, date, ageDays, severity } = grave;
  const move = runtimeMoves.find(([prefix]) => runtime.startsWith(prefix))?.[1];
  const successor = runtimeSuccessors.find(([prefix]) => runtime.startsWith(prefix))?.[1] ?? null;
  const same = (published?.versions ?? []).filter((version) => version.runtime === runtime);
  const aliasesToo = [...new Set(same.flatMap(({ aliases }) => aliases))].toSorted();
  return {
    answer: "hit",
    severity,
    confidence: "high",
    materialKey: `${runtime}|${severity}`,
    evidence: {
      runtime,
      deprecatedOn: date,
      isDeprecated: ageDays >= 0,
      successor,
      ...(aliasesToo.length > 0 ? { aliasesToo: aliasesToo.slice(0, aliasesShown) } : {}),
      ...(move ? { changesWithIt: move.note } : {}),
      ...(move?.handler ? { newHandler: move.handler, handler: configuration.handler ?? null } : {}),
      ...stackEvidenceOf(facts),
    },
  };
}

/** Versions behind aliases, on an older runtime than the function itself: one finding, of the gravest of them. */
function ofVersions(
  versions: readonly PublishedVersion[],
  facts: Judged["facts"],
  graveOf: (runtime: string | undefined) => Grave | undefined,
): Hit[] {
  const old = versions.flatMap((version) => {
    const grave = version.runtime === facts.runtime ? undefined : graveOf(version.runtime);
    return grave ? [{ version, grave }] : [];
  });
  const worst = old.toSorted((a, b) => b.grave.ageDays - a.grave.ageDays)[0]?.grave;
  if (!worst) return [];
  const aliases = old.flatMap(({ version }) => version.aliases.map((name) => ({ name, version })));
  const latest = graveOf(facts.runtime);
  const runtimes = [...new Set(old.map(({ grave }) => grave.runtime))].toSorted();
  return [
    {
      answer: "hit",
      sub: behindAliases,
      severity: worst.severity,
      // where every build gets an alias of its own, most are history that nobody calls
      confidence: aliases.length > aliasesShown ? "medium" : "high",
      // neither versions nor aliases: a deployment makes another one, a build may
      materialKey: `${runtimes.join(",")}|${worst.severity}`,
      evidence: {
        runtime: worst.runtime,
        deprecatedOn: worst.date,
        isDeprecated: worst.ageDays >= 0,
        aliases: aliases
          .map(({ name, version }) => `${name} ${version.version}`)
          .toSorted()
          .slice(0, aliasesShown),
        ...(aliases.length > aliasesShown ? { moreAliases: aliases.length - aliasesShown } : {}),
        latestRuntime: facts.runtime ?? "an image",
        latestIsDeprecated: latest !== undefined,
        ...stackEvidenceOf(facts),
      },
    },
  ];
}

function stackEvidenceOf({ stack }: Judged["facts"]): Evidence {
  return stack ? { stack: stack.name, logicalId: stack.logicalId ?? null } : {};
}

function stackOf(evidence: Evidence, change: string): string {
  return stackAdvice(text(evidence.stack) || undefined, text(evidence.logicalId) || undefined, change);
}

function listOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
