/** Which ARNs an action of a call is about, as far as the request says. Pure. */

import type { ActionFacts, ResourceType } from "../data/action-table.ts";
import { asInArn, membersOfVariable } from "../data/request-members.ts";
import { resourcePartOf } from "../model/arn.ts";
import { matches } from "../policies/match.ts";
import { mayBeAbout } from "./arn-patterns.ts";
import { asWritten, isArn, isArnVariable, type Place, type Request, valuesOf } from "./need-request.ts";
import { namedByService } from "./need-service-arns.ts";

/** More combinations than this say nothing any more. */
const most = 50;

/**
 * ARNs, with `*` for what is not stated; `["*"]` where the action knows no resources.
 * @param on the members that name the resource, where it is not those of the action's own resource types
 */
export function resourcesOf(facts: ActionFacts, request: Request, on?: readonly string[]): readonly string[] {
  if (facts.resources.length === 0) return ["*"];
  const found = namedByService(facts, request, on) ?? byFormat(facts, request, on);
  const named = found.map((one) => (isOther(one, facts) ? "*" : one));
  return [...new Set(named)].slice(0, most).map(asWritten).toSorted();
}

/** The ARN of something that the action cannot be about, as where a variable was given that of a topic for a key: what is meant is not known. */
function isOther(given: string, facts: ActionFacts): boolean {
  return given.startsWith("arn:") && !given.includes("${") && !mayBeAbout(facts, given);
}

function byFormat(facts: ActionFacts, request: Request, on: readonly string[] | undefined): readonly string[] {
  const filled = facts.resources.map((type) => ({ type, ...fill(type, facts.service, request, on) }));
  const whole = filled.filter(({ type, named }) => named === "whole" || type.required);
  const chosen = whole.length > 0 ? whole : filled.filter(({ named }) => named === "begun");
  // all of its types are optional, and none is named: perhaps it is about none
  return chosen.length > 0 ? chosen.flatMap(({ arns }) => arns) : ["*"];
}

interface Filled {
  readonly arns: readonly string[];
  /** Whether the request names all variables of the ARN, the first of them, or none. */
  readonly named: "whole" | "begun" | "not";
}

function fill(type: ResourceType, service: string, request: Request, on: readonly string[] | undefined): Filled {
  const [format = ""] = type.arnFormat.split(", ");
  const variables = variablesOf(format);
  const values = variables.map((variable, at) => {
    const own = at === variables.length - 1 ? bareMembers(type, variable, request.operation) : [];
    return valuesOf(request, on ?? [...membersFor(variable, service, at === 0 ? type.name : undefined), ...own]).map((value) =>
      asInArn(service, variable, value),
    );
  });
  // an ARN given whole names the type by itself, in whatever member it stands
  const given = [...values.flat(), ...(on ? [] : [...request.members.values()].flat().filter((value) => value.startsWith("arn:")))];
  const whole = given.filter((arn) => isArnVariable(arn) || (isArn(arn) && matches(type.arnPattern, arn) && depth(arn) === depth(format)));
  if (whole.length > 0) return { arns: whole, named: "whole" };
  const names = values.map((some) => some.filter((value) => !isArn(value) && !value.includes("://")));
  let arns = [place(format, request.place)];
  for (const [at, variable] of variables.entries()) {
    const some = names[at]?.length ? names[at] : ["*"];
    arns = arns.flatMap((arn) => some.map((name) => arn.replace(`\${${variable}}`, () => name))).slice(0, most);
  }
  const found = names.filter((some) => some.length > 0).length;
  return { arns, named: found === variables.length ? "whole" : names[0]?.length ? "begun" : "not" };
}

/** A table and an index of it differ in how deep they stand. A variable that nobody knows yet (`${env:NAME}`) is one word, colon or not. */
function depth(arn: string): number {
  return resourcePartOf(arn.replace(/\$\{[^}]*\}/g, "x")).split(/[:/]/).length;
}

function variablesOf(format: string): string[] {
  return [...format.matchAll(/\$\{(\w+)\}/g)].flatMap(([, name = ""]) => (["Partition", "Region", "Account"].includes(name) ? [] : [name]));
}

/** `${TableName}`: TableName, Table, TableArn, TableIds; and what the type is called. */
function membersFor(variable: string, service: string, type: string | undefined): readonly string[] {
  const stems = [variable.replace(/(Name|Id|Arn|Identifier|FamilyName)$/, ""), type?.replace(/[^A-Za-z]/g, "") ?? ""].filter(
    (stem) => stem !== "",
  );
  const derived = stems.flatMap((stem) => endings.map((end) => stem + end));
  return [...(membersOfVariable[`${service} ${variable}`] ?? []), variable, ...derived, ...(type ? ["ResourceArn", "Arn"] : [])];
}
const endings = ["Name", "Id", "Arn", "Identifier", "", "Names", "Ids", "Arns", "s"];

/** What an operation may ask of a thing: `GetDistributionConfig`, `GetPipelineState`. */
const aspects = /^(config|configuration|details|metadata|policy|state|status)?$/;

/**
 * `Id` and `Name` alone are those of what the operation is called after: `GetDistribution` of a distribution. A name that is no part of the
 * ARN may be what the thing shall be called from now on.
 */
function bareMembers({ name }: ResourceType, variable: string, operation: string): readonly string[] {
  const of = name.replace(/[^A-Za-z0-9]/g, "").toLowerCase();
  const [verb = ""] = /^[A-Z][a-z]+/.exec(operation) ?? [];
  const named = operation.slice(verb.length).toLowerCase();
  if (of === "" || !named.startsWith(of) || !aspects.test(named.slice(of.length))) return [];
  const isNamed = variable.endsWith("Name") || (variable === "ResourceId" && verb !== "Create" && verb !== "Update");
  return ["Id", "Identifier", ...(isNamed ? ["Name"] : [])];
}

/** The format with partition, Region and account filled in. */
function place(format: string, where: Place): string {
  return format.replace(/\$\{(Partition|Region|Account)\}/g, (_, name: string) => where[name.toLowerCase() as keyof Place]);
}
