/** What the calls found in code need. Pure. */
import { servicePrefixOf } from "../data/sdk-services.ts";
import type { CodeSummary, SdkCall } from "../model/code.ts";
import type { Confidence } from "../model/finding.ts";
import type { FunctionNeed, Need } from "../model/permissions.ts";
import { actionsAsked, writesApart } from "./need-actions.ts";
import { conditionOf } from "./need-conditions.ts";
import { withHandles } from "./need-handles.ts";
import { keyNeeds, statesKeys } from "./need-keys.ts";
import type { Look } from "./need-look.ts";
import { requestOf } from "./need-request.ts";
import { resourcesOf } from "./need-resources.ts";

const ranks: readonly Confidence[] = ["high", "medium", "low"];

/** The weaker of two. */
export function weaker(a: Confidence, b: Confidence): Confidence {
  return ranks[Math.max(ranks.indexOf(a), ranks.indexOf(b))] ?? "low";
}

/** What a layer holds may never be called: one step less. */
const asLayer: Readonly<Record<Confidence, Confidence>> = { high: "medium", medium: "low", low: "low" };

/** Needs of everything that the code calls, and why the list may not be whole. */
export function codeNeed(summary: CodeSummary, look: Look): FunctionNeed {
  const keys = statesKeys(summary.calls);
  const lost: SdkCall[] = [];
  const needs = withHandles(summary.calls)
    .flatMap(writesApart)
    .flatMap((call): Need[] => {
      const found = needsOfCall(call, look);
      if (!found) lost.push(call);
      return found ? [...found, ...keyNeeds(call, found, look, keys)] : [];
    });
  const open = openServices(summary, lost);
  return {
    needs: look.source === "layer" ? needs.map((need) => ({ ...need, confidence: asLayer[need.confidence] })) : needs,
    ...(open.length > 0 ? { open } : {}),
    unresolved: [
      ...lost.map((call) => `what ${call.client} ${call.operation} at ${call.at} asks of IAM is not known`),
      ...summary.unresolved.map(({ what, at }) => `${what} at ${at}`),
      ...summary.unread.map(({ file, why }) => `${file} could not be read: ${why}`),
    ],
  };
}

/** A file that could not be read, or a call of an unknown client, may ask anything. */
function openServices({ unresolved, unread, language, files }: CodeSummary, lost: readonly SdkCall[]): readonly string[] {
  const clients = [...unresolved.map(({ client }) => client), ...lost.map(({ client }) => client)];
  const services = clients.map((client) => (client === undefined ? "*" : (servicePrefixOf(client) ?? "*")));
  const all = unread.length > 0 || language === "unknown" || files === 0 || services.includes("*");
  return all ? ["*"] : [...new Set(services)].toSorted();
}

function needsOfCall(call: SdkCall, look: Look): readonly Need[] | undefined {
  const request = requestOf(call, look.environment, look.place);
  return actionsAsked(call, request)?.map(({ facts, on, forwarded, perhaps }) => ({
    action: facts.name,
    resources: resourcesOf(facts, request, on),
    source: forwarded ? "forwarded" : look.source,
    ...conditionOf(facts, request, on),
    confidence: perhaps ? weaker(call.confidence, "medium") : call.confidence,
    why: `${call.operation} at ${call.at}`,
  }));
}
