/** The part of today's grant that is about one action and some resources. Pure. */
import { actionOf } from "../data/action-table.ts";
import { listArn } from "../data/lists-on-arns.ts";
import type { Allowed, RoleGrant } from "../model/permissions.ts";
import type { PolicyCondition } from "../model/proposal.ts";
import { covers, mayBeAbout, overlap } from "./arn-patterns.ts";
import { commonPatterns } from "./pattern-meet.ts";
import { loosened, speaksOf, type WrittenStatement } from "./written-statements.ts";

/** One action where it is allowed. */
export interface Piece {
  readonly action: string;
  readonly resource: string;
  /** Everywhere but in these; `resource` is then `*`. */
  readonly notResources?: readonly string[];
  readonly condition?: PolicyCondition;
}

/** What is left of today's grant, with why. */
export interface Kept extends Piece {
  readonly why: string;
  readonly evidence: "needed" | "undecided";
}

/**
 * @param resource a pattern of ARNs: what of it is allowed
 * @param narrower a condition beside those of the statements
 */
export function piecesOf(
  today: readonly WrittenStatement[],
  action: string,
  resource: string,
  narrower?: PolicyCondition,
): readonly Piece[] {
  const exact = actionOf(action)?.resources.length === 0;
  const pieces = today
    .filter((statement) => statement.allow && speaksOf(statement, action))
    .flatMap((statement) =>
      ofStatement(statement, action, resource, exact).map((piece) => withCondition(piece, statement.condition, narrower)),
    );
  return pieces.filter((piece, n) => !pieces.some((other, m) => m !== n && isWithin(piece, other) && (!isWithin(other, piece) || m < n)));
}

function ofStatement({ resources, elsewhere }: WrittenStatement, action: string, resource: string, exact: boolean): readonly Piece[] {
  if (exact) {
    if (resources.some((pattern) => /^\*+$/.test(pattern)) !== elsewhere) return [{ action, resource: "*" }];
    const listed = elsewhere ? undefined : listArn(action);
    return listed ? resources.filter((pattern) => overlap(loosened(pattern), listed)).map((one) => ({ action, resource: one })) : [];
  }
  if (elsewhere) return typesOf(action, resource).flatMap((one) => outside(resources, action, one));
  return resources.flatMap((pattern) => {
    const loose = loosened(pattern);
    if (loose !== pattern) return overlap(loose, resource) && fits(action, loose) ? [{ action, resource: pattern }] : [];
    const common = overlap(pattern, resource) ? (commonPatterns(pattern, resource) ?? [pattern]) : [];
    return common.filter((one) => fits(action, one)).map((one) => ({ action, resource: one }));
  });
}

/** What is left of `resource` outside of `others`, as one piece. */
function outside(others: readonly string[], action: string, resource: string): readonly Piece[] {
  if (others.some((pattern) => !pattern.includes("${") && covers(pattern, resource))) return [];
  const open = others.some((pattern) => overlap(loosened(pattern), resource));
  return [open ? { action, resource: "*", notResources: others } : { action, resource }];
}

/** Of a pattern what the action can be about: `*` is everything that it knows. */
function typesOf(action: string, resource: string): readonly string[] {
  const types = (actionOf(action)?.resources ?? []).flatMap(({ arnPattern }) => arnPattern.split(", "));
  if (types.length === 0 || types.some((type) => resource !== "*" && covers(type, resource))) return [resource];
  const within = types.flatMap((type) => commonPatterns(type, resource) ?? [resource]);
  return within.length > 0 ? within : [resource];
}

/** Whether a pattern may stand for a resource that the action knows. */
function fits(action: string, pattern: string): boolean {
  if (pattern === "*") return true;
  const facts = actionOf(action);
  return !facts || facts.resources.length === 0 || mayBeAbout(facts, pattern);
}

function withCondition(piece: Piece, written: PolicyCondition | undefined, narrower: PolicyCondition | undefined): Piece {
  const condition = narrower && written ? both(written, narrower) : (written ?? narrower);
  return condition ? { ...piece, condition } : piece;
}

/** Both conditions; of a key that both speak of, what is written today stays. */
function both(written: PolicyCondition, narrower: PolicyCondition): PolicyCondition {
  const joined: Record<string, Record<string, unknown>> = Object.fromEntries(
    Object.entries(written).map(([operator, keys]) => [operator, { ...keys }]),
  );
  for (const [operator, keys] of Object.entries(narrower)) joined[operator] = { ...keys, ...joined[operator] };
  return joined;
}

function isWithin(piece: Piece, other: Piece): boolean {
  if (piece.action !== other.action || (other.condition && JSON.stringify(other.condition) !== JSON.stringify(piece.condition)))
    return false;
  if (other.notResources) return JSON.stringify(other.notResources) === JSON.stringify(piece.notResources);
  if (piece.notResources || piece.resource.includes("${"))
    return other.resource === "*" || (!piece.notResources && piece.resource === other.resource);
  return !other.resource.includes("${") && covers(other.resource, piece.resource);
}

/** How much of `resource` today's role allows; of `*`, of all that the action knows. */
export function allowedOf(grant: RoleGrant, action: string, resource: string): Allowed {
  const answers = typesOf(action, resource).map((pattern) => grant.allows(action, pattern));
  if (answers.every((answer) => answer === answers[0])) return answers[0] ?? "none";
  return answers.some((answer) => answer === "all" || answer === "some") ? "some" : "conditional";
}
