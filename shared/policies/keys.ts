/**
 * What a request can have under each condition key, by who makes it and on which way: one entry for each value that whoever asks could
 * choose. Concrete values are made after what the policy asks for.
 * Source: IAM user guide, "AWS global condition context keys" (availability). Pure.
 */
import { callersResource, freeKeys, freePrefixes, freeWhenSigned } from "../data/condition-keys.ts";
import { arnsLike, filler, instanceOf } from "./arns.ts";
import { type Owner, ownOrganization } from "./callers.ts";
import { freeChoices, type Mention } from "./choices.ts";
import { endpointsOf } from "./endpoints.ts";
import type { ContextValue } from "./operators.ts";
import type { PolicyRequest } from "./request.ts";

export interface Surroundings {
  readonly account: string;
  readonly now: Date;
  /** Of the resource; undefined where its ARN names none. */
  readonly region: string | undefined;
}

type Choices = (request: PolicyRequest, mentions: readonly Mention[], around: Surroundings) => readonly ContextValue[];

const absent: readonly ContextValue[] = ["absent"];
const unknown: readonly ContextValue[] = ["unknown"];
const one = (value: string): readonly ContextValue[] => [[value]];

const signed =
  (choices: (owner: Owner, mentions: readonly Mention[], around: Surroundings) => readonly ContextValue[]): Choices =>
  ({ caller }, mentions, around) =>
    caller.kind === "signed" ? choices(caller.owner, mentions, around) : absent;
const byService =
  (choices: (owner: Owner, mentions: readonly Mention[]) => readonly ContextValue[]): Choices =>
  ({ caller }, mentions) =>
    caller.kind === "service" ? choices(caller.owner, mentions) : absent;
const throughEndpoint =
  (choices: (owner: Owner, mentions: readonly Mention[]) => readonly ContextValue[]): Choices =>
  ({ path }, mentions) =>
    path.kind === "endpoint" ? choices(path.owner, mentions) : absent;

const isService: Choices = ({ caller }) => (caller.kind === "anonymous" ? absent : one(String(caller.kind === "service")));
const free: Choices = (_, mentions) => freeChoices(mentions);
const organizationOf = ({ organization }: Owner): readonly ContextValue[] => (organization ? one(organization) : absent);

const byKey: Readonly<Record<string, Choices>> = {
  "aws:currenttime": (_, __, { now }) => one(now.toISOString()),
  "aws:epochtime": (_, __, { now }) => one(String(Math.floor(now.getTime() / 1000))),
  "aws:tokenissuetime": signed((_, __, { now }) => [[now.toISOString()], "absent"]),
  "aws:securetransport": ({ caller }) => (caller.kind === "service" ? one("true") : [["true"], ["false"]]),
  "aws:requestedregion": (_, __, { region }) => (region ? one(region) : unknown),
  "aws:viaawsservice": ({ path }) => one(String(path.kind === "service")),
  "aws:calledvia": ({ path }, mentions) => (path.kind === "service" ? freeChoices(mentions) : absent),
  "aws:principaltype": ({ caller }) =>
    caller.kind === "anonymous"
      ? one("Anonymous")
      : caller.kind === "service"
        ? one("AWSService")
        : [["AssumedRole"], ["User"], ["FederatedUser"], ["Account"]],
  "aws:principalisawsservice": isService,
  "aws:principalservicename": ({ caller }) => (caller.kind === "service" ? one(caller.name) : absent),
  "aws:principalaccount": signed(({ id }) => one(id)),
  "aws:principalorgmasteraccount": signed(({ kind, id }) => (kind === "organization" ? unknown : one(id))),
  "aws:principalorgid": signed(organizationOf),
  "aws:principalorgpaths": signed(pathsOf),
  "aws:principalarn": ({ caller }) => (caller.kind === "signed" ? one(caller.arn) : absent),
  "aws:multifactorauthpresent": signed(() => [["true"], ["false"], "absent"]),
  "aws:userid": ({ caller }, mentions) =>
    caller.kind === "anonymous" ? [{ maybe: ["anonymous"] }] : caller.kind === "service" ? unknown : userIds(caller.owner, mentions),
  "kms:calleraccount": signed(({ id }) => one(id)),
  "events:creatoraccount": signed(({ id }) => one(id)),
  "aws:sourcearn": byService((owner, mentions) => arnsOf(owner, mentions, "sns")),
  "aws:sourceaccount": byService(({ id }) => one(id)),
  "aws:sourceowner": ({ caller }) => (caller.kind === "anonymous" ? absent : one(caller.owner.id)),
  "aws:sourceorgid": byService(organizationOf),
  "aws:sourceorgpaths": byService(pathsOf),
  "aws:sourceip": ({ path }) => (path.kind === "direct" ? one(path.address) : absent),
  "aws:vpcsourceip": throughEndpoint((_, mentions) => [
    ...mentions.map(({ value }): ContextValue => [value.split("/")[0] ?? ""]),
    ["10.1.2.3"],
  ]),
  "aws:sourcevpce": throughEndpoint((owner, mentions) => networkIds(owner, mentions, "vpce-")),
  "aws:sourcevpc": throughEndpoint((owner, mentions) => networkIds(owner, mentions, "vpc-")),
  "aws:sourcevpcarn": throughEndpoint((owner, mentions) => arnsOf(owner, mentions, "ec2")),
  "aws:vpceaccount": throughEndpoint(({ id }) => one(id)),
  "aws:vpceorgid": throughEndpoint((owner, mentions) => (owner.kind === "own" ? freeChoices(mentions) : organizationOf(owner))),
  "aws:vpceorgpaths": throughEndpoint((owner, mentions) => (owner.kind === "own" ? freeChoices(mentions) : pathsOf(owner, mentions))),
  // only to be filled in for a policy variable
  "aws:resourceorgid": () => one(ownOrganization),
  "aws:resourceorgpaths": () => one(`${ownOrganization}/r-${filler}/`),
  "aws:resourceaccount": (_, __, { account }) => one(account),
  "s3:resourceaccount": (_, __, { account }) => one(account),
  "s3:tlsversion": ({ secure }) => (secure === false ? absent : [["1.3"], ["1.2"]]),
  // through access points of the own account their policies decide, and these are not read
  "s3:dataaccesspointaccount": throughAccessPoint(({ id }) => one(id)),
  "s3:dataaccesspointarn": throughAccessPoint((owner, mentions) => arnsOf(owner, mentions, "s3")),
  "s3:accesspointnetworkorigin": throughAccessPoint(() => [["Internet"], ["VPC"]]),
  // of the way, not of the caller: who knows it says so
  "lambda:functionurlauthtype": (_, mentions) => freeChoices(mentions),
  "lambda:invokedviafunctionurl": (_, mentions) => freeChoices(mentions),
  "sns:protocol": free,
  "sns:endpoint": ({ caller }, mentions) =>
    caller.kind === "service" ? absent : endpointsOf(caller.kind === "signed" ? caller.owner : undefined, mentions),
  // Alexa's own token: a skill of somebody else has another
  "lambda:eventsourcetoken": byService((owner, mentions) => (owner.kind === "stranger" ? one(filler) : freeChoices(mentions))),
};
const alike: Readonly<Record<string, string>> = {
  "aws:calledviafirst": "aws:calledvia",
  "aws:calledvialast": "aws:calledvia",
  "aws:principalservicenameslist": "aws:principalservicename",
};

/** @returns every value that the request could have under the key, at least one */
export function choicesOf(
  key: string,
  request: PolicyRequest,
  mentions: readonly Mention[],
  around: Surroundings,
): readonly ContextValue[] {
  const known = byKey[alike[key] ?? key];
  if (known) return known(request, mentions, around);
  if (freeKeys.has(key) || freePrefixes.some((prefix) => key.startsWith(prefix))) return free(request, mentions, around);
  if (freeWhenSigned.has(key) || key.startsWith("aws:principaltag/")) return signed(() => freeChoices(mentions))(request, mentions, around);
  const service = callersResource[key];
  if (service) return signed((owner) => [...arnsOf(owner, mentions, service), "absent"])(request, mentions, around);
  // keys of web identities (`accounts.google.com:aud`, `saml:iss`): whoever signs with AWS credentials has none
  return /^(saml|www|[^:]*\.[^:]*):/.test(key) ? absent : unknown;
}

function throughAccessPoint(choices: (owner: Owner, mentions: readonly Mention[]) => readonly ContextValue[]): Choices {
  return ({ caller }, mentions, { account }) => {
    if (caller.kind === "service") return absent;
    const delegated = mentions.some(({ value }) => value.includes(account) || value.includes("${"));
    const theirs = caller.kind === "signed" ? choices(caller.owner, mentions) : [];
    return ["absent", ...theirs, ...(delegated ? unknown : [])];
  };
}

function arnsOf(owner: Owner, mentions: readonly Mention[], service: string): ContextValue[] {
  const patterns = [...mentions.map(({ value }) => value), `arn:aws:${service}:us-east-1:*:${filler}`];
  return [...new Set(patterns.flatMap((pattern) => arnsLike(pattern, owner, service)))].map((arn) => [arn]);
}

/** Paths within the owner's organization (`o-abc123/r-ab12/ou-ab12-11111111/`). */
function pathsOf({ organization }: Owner, mentions: readonly Mention[]): readonly ContextValue[] {
  if (!organization) return absent;
  const own = mentions
    .map(({ value }) => instanceOf(value.replace(/^[^/]*\*/, organization)))
    .filter((path) => path.startsWith(`${organization}/`));
  return [...new Set([...own, `${organization}/r-${filler}/ou-${filler}-${filler}/`])].map((path) => [path]);
}

/** Ids of endpoints and VPCs: those that a policy names are taken to be the account's own, a pattern may fit a stranger's. */
function networkIds(owner: Owner, mentions: readonly Mention[], prefix: string): ContextValue[] {
  const named = owner.kind === "own" ? mentions.map(({ value }) => instanceOf(value)) : [];
  return [...new Set([...named, `${prefix}0${filler}0${owner.kind}`])].map((id) => [id]);
}

/** Unique ids are given by AWS, session names chosen: `*:deploy` is anybody's, `AROAEXAMPLE:*` one role's. */
function userIds({ id }: Owner, mentions: readonly Mention[]): ContextValue[] {
  const role = "AROAF1LLF1LLF1LL";
  const sessions = mentions.flatMap(({ value }) => {
    const [principal = "", ...session] = value.split(":");
    return session.length > 0 && /^(A[RI][OD]A)?[*?]+$/.test(principal) ? [`${role}:${instanceOf(session.join(":"))}`] : [];
  });
  return [...new Set([...sessions, `${role}:${filler}`, "AIDAF1LLF1LLF1LL", id])].map((value) => [value]);
}
