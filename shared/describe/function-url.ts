/**
 * Who gets through a function URL. With auth NONE the URL still answers only where the policy of the same qualifier lets
 * everybody in. Since October 2025 that takes two permissions: `lambda:InvokeFunctionUrl`, and `lambda:InvokeFunction` (for calls
 * by the URL at least); accounts that had URLs before were excepted until 1 November 2026. With AWS_IAM it answers signed calls
 * from anywhere: by whomever the policy names, and by everybody in the account whose own permissions say so.
 * Source: Lambda developer guide, "Control access to Lambda function URLs", and AWS's notice about it. Pure.
 */

import { functionArnOf, lambdaNameOf } from "../model/arn.ts";
import { type GraphRow, type HopAuth, outside, type Relation } from "../model/graph.ts";
import { matches } from "../policies/match.ts";
import { type Grant, grantsOf } from "../policies/policy.ts";
import type { Place } from "./function-policy.ts";
import { statementText } from "./statement-ref.ts";

export interface FunctionUrl {
  /** `https://ID.lambda-url.REGION.on.aws/` */
  readonly url: string;
  /** Of the function or of the alias that it belongs to. */
  readonly functionArn: string;
  readonly authType: string;
  readonly createdAt?: string;
  /** Whether any website may call it from a browser. */
  readonly anyOrigin: boolean;
}

const bothNeededFrom = "2025-10-01";
const exceptionsEnd = Date.parse("2026-11-01T00:00:00Z");

export interface UrlDescription {
  readonly row: GraphRow;
  /** Statements that let everybody through without any authentication. */
  readonly openStatements: readonly string[];
  /** Statements that let through whoever signs with any AWS account. */
  readonly anyAccountStatements: readonly string[];
  readonly crossAccountStatements: readonly string[];
}

/**
 * The URL as a resource, with its doors.
 * @param policy of the URL's qualifier; undefined when it has none or was not read
 * @param isRead whether it was
 */
export function describeUrl(url: FunctionUrl, policy: string | undefined, place: Place, isRead = policy !== undefined): UrlDescription {
  const functionArn = functionArnOf(url.functionArn) ?? url.functionArn;
  const { name, qualifier } = lambdaNameOf(url.functionArn);
  // what an alias answers is about that alias
  const asked = (action: string) => ({
    action,
    facts: { "lambda:functionurlauthtype": url.authType, "lambda:invokedviafunctionurl": "true" },
  });
  const signedOnly = url.authType !== "NONE";
  const allowed = (action: string) => (policy === undefined ? [] : grantsOf(policy, { ...place, signedOnly }, asked(action)));
  const first = allowed("lambda:InvokeFunctionUrl");
  const second = allowed("lambda:InvokeFunction");
  const oneIsEnough = (url.createdAt ?? "") < bothNeededFrom && place.now.getTime() < exceptionsEnd;
  const servesCloudfront = inBoth(distributionsIn(first), distributionsIn(oneIsEnough ? first : second));
  const callers = doorsOf(url, first, oneIsEnough ? first : second);
  const anyAccount = callers.get(`${outside.internet} iam`)?.sids ?? [];
  // the account's own people need no permission of the function
  if (url.authType === "AWS_IAM") callers.set(`${outside.internet} iam`, { who: outside.internet, auth: "iam", sids: anyAccount });
  const doors = [...callers.values()].map(({ who, auth, sids }): Relation => {
    const by = sids.length > 0 ? `, lambda:GetPolicy, statements ${sids.join(" and ")}` : "";
    const evidence = `lambda:ListFunctionUrlConfigs, AuthType ${url.authType}${by}`;
    return { from: who, to: url.url, kind: "routes-to", auth, enabled: true, evidence };
  });
  const leads: Relation = {
    from: url.url,
    to: functionArn,
    kind: "routes-to",
    auth: "service",
    enabled: true,
    evidence: `lambda:ListFunctionUrlConfigs${qualifier ? `, alias ${qualifier}` : ""}`,
  };
  const open = [...callers.values()].filter(({ who, auth }) => who === outside.internet && auth === "none");
  const others = [...callers.values()].filter(({ auth }) => auth === "cross-account");
  const at = qualifier ? { qualifier } : {};
  return {
    row: {
      resource: {
        arn: url.url,
        type: "AWS::Lambda::Url",
        name: name + (qualifier ? `:${qualifier}` : ""),
        region: place.region,
        ...(url.createdAt ? { createdAt: url.createdAt } : {}),
        encryption: { atRest: "unknown", inTransit: "enforced" },
        details: {
          authType: url.authType,
          functionArn,
          qualifier: qualifier ?? null,
          anyOrigin: url.anyOrigin,
          open: open.length > 0,
          ...(isRead ? { servesCloudfront } : {}),
        },
      },
      relations: [...doors, leads],
    },
    openStatements: open.flatMap(({ sids }) => sids.map((sid) => statementText({ sid, ...at }))),
    anyAccountStatements: anyAccount.map((sid) => statementText({ sid, ...at })),
    crossAccountStatements: others.flatMap(({ who, sids }) => sids.map((sid) => statementText({ sid, ...at, who }))),
  };
}

interface Caller {
  readonly who: string;
  readonly auth: HopAuth;
  readonly sids: readonly string[];
}

/** Patterns of the ARNs of distributions that the statements let in. */
function distributionsIn(grants: readonly Grant[]): string[] {
  const ofCloudfront = grants.filter(({ who }) => who.startsWith("service:cloudfront."));
  return ofCloudfront.flatMap(({ sourceArns }) => (sourceArns.length === 0 ? ["*"] : sourceArns));
}

/** What both patterns mean, as the narrower of them. CloudFront needs both permissions, as everybody does. */
function inBoth(first: readonly string[], second: readonly string[]): string[] {
  const both = first.flatMap((one) => second.flatMap((other) => (matches(other, one) ? one : matches(one, other) ? other : [])));
  return [...new Set(both)].toSorted();
}

/** Everybody who has both permissions. */
function doorsOf({ authType }: FunctionUrl, first: readonly Grant[], second: readonly Grant[]): Map<string, Caller> {
  const callers = new Map<string, Caller>();
  for (const one of first) {
    if (one.who.startsWith("service:")) continue;
    const other = second.find(({ who }) => who === one.who) ?? second.find(({ who }) => who === outside.internet);
    if (!other) continue;
    // nobody is known where nothing is signed, so only what everybody may is open
    if (authType === "NONE" && (one.who !== outside.internet || [one, other].some((grant) => grant.auth === "cross-account"))) continue;
    const network = one.auth === "network" || other.auth === "network";
    const auth = network ? "network" : one.who !== outside.internet ? "cross-account" : authType === "NONE" ? "none" : "iam";
    callers.set(`${one.who} ${auth}`, { who: one.who, auth, sids: [...new Set([one.sid, other.sid])] });
  }
  return callers;
}
