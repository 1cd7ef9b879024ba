/** What a policy can name of a call by a condition, where a resource cannot say it. Pure. */
import type { ActionFacts } from "../data/action-table.ts";
import type { Need } from "../model/permissions.ts";
import type { Request } from "./need-request.ts";

/** The condition of a call's need; nothing where its resources say all that can be said. */
export function conditionOf(facts: ActionFacts, request: Request, on?: readonly string[]): Pick<Need, "condition"> {
  if (facts.name === "cloudwatch:PutMetricData") return among("cloudwatch:namespace", stated(request, ["Namespace"]));
  if (byAlias.test(facts.name)) return among("kms:RequestAlias", aliasesOnly(stated(request, on ?? ["KeyId"])));
  return {};
}

/** Every value that the code states; none where it also states one that cannot be told, which the condition would shut out. */
function stated({ members }: Request, names: readonly string[]): readonly string[] {
  const values = names.flatMap((name) => members.get(name.toLowerCase()) ?? []);
  return values.every((value) => /[^*]/.test(value)) ? values : [];
}

/** The actions of KMS whose call may name the key by an alias, which the Service Authorization Reference lists with kms:RequestAlias. */
const byAlias =
  /^kms:(Encrypt|Decrypt|ReEncrypt(From|To)|GenerateDataKey\w*|GenerateMac|VerifyMac|Sign|Verify|GetPublicKey|DescribeKey|DeriveSharedSecret)$/;

/** The aliases, if nothing but aliases is named: a key named beside them would be shut out by the condition. */
function aliasesOnly(keys: readonly string[]): readonly string[] {
  const aliases = keys.map((key) => /(?:^|:)(alias\/.+)$/.exec(key)?.[1]);
  return aliases.every((alias) => alias !== undefined) ? aliases : [];
}

function among(key: string, values: readonly string[]): Pick<Need, "condition"> {
  if (values.length === 0) return {};
  return {
    condition: JSON.stringify({ [values.some((value) => value.includes("*")) ? "StringLike" : "StringEquals"]: { [key]: values } }),
  };
}
