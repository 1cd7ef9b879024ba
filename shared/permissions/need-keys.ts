/**
 * Keys of KMS that a service uses on behalf of the caller: only where the data are encrypted with a key of the customer, which is an answer of the
 * account, or, before deployment, what the program itself says (docs/decisions/0024-need.md). Pure.
 */
import { forwardedKeyActions, keyMember, keyVariable } from "../data/forwarded-keys.ts";
import { servicePrefixOf } from "../data/sdk-services.ts";
import type { SdkCall } from "../model/code.ts";
import type { Confidence } from "../model/finding.ts";
import type { Need } from "../model/permissions.ts";
import type { Look } from "./need-look.ts";
import { asWritten, isArnVariable, type Place, requestOf, valuesOf } from "./need-request.ts";

/** What is done to data with a key says that these data are encrypted by the program itself, and nothing of what lies in other services. */
const onData = /^(encrypt|decrypt|reencrypt|generate\w+|sign|verify|verifymac|getpublickey|derivesharedsecret)$/i;

/**
 * Services by prefix that the program uses with keys of the customer: those whose requests name a key; every one (`*`) where it manages keys of KMS or
 * reads a key from a variable called so.
 */
export function statesKeys(calls: readonly SdkCall[]): ReadonlySet<string> {
  return new Set(
    calls.flatMap((call) => {
      const prefix = servicePrefixOf(call.client) ?? "";
      if (prefix === "kms") return onData.test(call.operation) ? [] : ["*"];
      const ofAll = call.parameters.some(({ value }) => value.some((part) => "environment" in part && keyVariable.test(part.environment)));
      return [...(ofAll ? ["*"] : []), ...(call.parameters.some(({ name }) => keyMember.test(name)) ? [prefix] : [])];
    }),
  );
}

/** GetParameter with WithDecryption: the parameter is a SecureString. */
function asksForDecryption({ client, parameters }: SdkCall): boolean {
  return client === "ssm" && parameters.some(({ name }) => name.toLowerCase() === "withdecryption");
}

/** What KMS is asked for a call, given what the call itself needs. */
export function keyNeeds(call: SdkCall, needs: readonly Need[], look: Look, keysStated: ReadonlySet<string>): readonly Need[] {
  return needs.flatMap((need) => {
    const actions = forwardedKeyActions(need.action, call.operation);
    if (actions.length === 0) return [];
    const named = keysNamed(call, look);
    const stated = keysStated.has("*") || keysStated.has(servicePrefixOf(call.client) ?? "") || asksForDecryption(call);
    // a key that the call names is used whatever the default of the resource is
    const ofCall = named.length > 0 ? ({ confidence: "medium", resources: [anyKey(look.place)] } as const) : undefined;
    const key = keyOf(need.resources, look, stated) ?? (look.encryption ? ofCall : undefined);
    if (!key) return [];
    const arns = named.filter((one) => /^arn:.*:key\//.test(one) || isArnVariable(one));
    return actions.map(
      (action): Need => ({
        action,
        resources: arns.length > 0 ? arns.map(asWritten) : key.resources,
        source: "forwarded",
        confidence: key.confidence,
        condition: throughService(need.action.split(":")[0] ?? "", look.place),
        why: `key of what ${call.operation} at ${call.at} is about`,
      }),
    );
  });
}

/** Keys of the customer that the request names; `alias/aws/` are those of AWS. */
function keysNamed(call: SdkCall, { environment, place }: Look): readonly string[] {
  const named = valuesOf(requestOf(call, environment, place), ["SSEKMSKeyId", "KmsMasterKeyId", "KmsKeyId"]);
  return named.filter((one) => !/(^|:)alias\/aws\//.test(one));
}

/** A bucket may lie in another Region, whose S3 then asks. */
export function throughService(service: string, { partition, region }: Place): string {
  const domain = partition === "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com";
  const anyRegion = service === "s3" || region === "*";
  return JSON.stringify({
    [anyRegion ? "StringLike" : "StringEquals"]: { "kms:ViaService": `${service}.${anyRegion ? "*" : region}.${domain}` },
  });
}

export const anyKey = ({ partition, region, account }: Place): string => `arn:${partition}:kms:${region}:${account}:key/*`;

/** The strongest of what the account says of the resources; of what it does not know, the program says it. Undefined: no key of the customer. */
function keyOf(
  resources: readonly string[],
  { encryption, place }: Look,
  keysStated: boolean,
): { readonly confidence: Confidence; readonly resources: readonly string[] } | undefined {
  const known = resources.map((arn) => encryption?.(arn));
  const customer = known.filter((one) => one?.atRest === "customer-key");
  const unsure = known.filter((one) => (one === undefined ? keysStated : one.atRest === "unknown"));
  const concerned = customer.length > 0 ? customer : unsure;
  if (concerned.length === 0) return undefined;
  const arns = concerned.map((one) => one?.keyArn ?? anyKey(place));
  return { confidence: customer.length > 0 ? "high" : "low", resources: [...new Set(arns)].toSorted() };
}
