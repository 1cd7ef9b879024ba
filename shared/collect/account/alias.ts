/** By what name people know the account. */
import { ListAccountAliasesCommand } from "@aws-sdk/client-iam";
import type { Clients } from "../../aws/clients.ts";
import { coverageOf } from "../../aws/errors.ts";
import { aliasCoverage, type Coverage } from "../../model/coverage.ts";
import type { CollectorMeta } from "../contract/collector.ts";

export const aliasCollector: CollectorMeta = {
  name: aliasCoverage,
  readerVersion: 1,
  actions: ["iam:ListAccountAliases"],
  reads: "the alias of the account, which messages name beside its number; without it they name the number",
};

/** Pattern of an alias, from the IAM API reference (CreateAccountAlias, 2026-11-28): nothing in it can break out of a text. */
const aliasPattern = /^[a-z0-9]([a-z0-9]|-(?!-)){1,61}[a-z0-9]$/;

/** A scan is not held up by a name. */
const patienceMs = 10_000;

export interface AccountAlias {
  /** Absent: it has none, or AWS did not say. */
  readonly alias?: string;
  readonly coverage: Coverage;
}

/** An account has one alias at most. Never throws: nothing is concluded from it, so that a refusal stands in the coverage and nowhere else. */
export async function readAlias(clients: Clients, homeRegion: string): Promise<AccountAlias> {
  try {
    const { AccountAliases = [] } = await clients
      .iam(homeRegion)
      .send(new ListAccountAliasesCommand({}), { abortSignal: AbortSignal.timeout(patienceMs) });
    const alias = AccountAliases.find((one) => aliasPattern.test(one ?? ""));
    return { ...(alias === undefined ? {} : { alias }), coverage: { collector: aliasCoverage, region: "global", status: "complete" } };
  } catch (error) {
    return { coverage: coverageOf(aliasCoverage, "global", error, 0) };
  }
}
