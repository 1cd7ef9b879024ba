/**
 * Reads made only for functions about to be called unused: whether somebody switched them off, whether they run at
 * CloudFront's edge or on Managed Instances (whose metrics sit elsewhere).
 */
import { GetRoleCommand } from "@aws-sdk/client-iam";
import { GetFunctionConcurrencyCommand } from "@aws-sdk/client-lambda";
import { isComplete, type Part } from "../model/coverage.ts";
import { dayOf } from "../model/day.ts";
import type { CandidateRead, FunctionConfiguration, FunctionUsage, ResourceTags } from "../model/snapshot.ts";
import { readDeployTime } from "./cloudformation/deploy-time.ts";
import { type ElsewhereContext, readElsewhere } from "./cloudwatch/elsewhere.ts";
import { readRefusals, type Starters } from "./cloudwatch/refusals.ts";
import { type CollectContext, type CollectorMeta, collectPart, type Sink, unavailableFor } from "./contract/collector.ts";
import { readWaiting } from "./lambda/durable-executions.ts";
import { mayRunAtEdge, type RoleRead } from "./lambda/edge.ts";
import { readProvisioned } from "./lambda/provisioned-concurrency.ts";

export const candidatesCollector: CollectorMeta = {
  name: "candidates",
  readerVersion: 1,
  actions: [
    "lambda:GetFunctionConcurrency",
    "lambda:ListVersionsByFunction",
    "lambda:ListDurableExecutionsByFunction",
    "lambda:ListProvisionedConcurrencyConfigs",
    "iam:GetRole",
    "cloudwatch:GetMetricData",
    "cloudformation:GetTemplate",
    "cloudformation:DescribeStacks",
  ],
  reads:
    "only of functions quiet for a month, or for as long as a rule is set to where that is less (reserved concurrency from three days on): reserved concurrency and refused calls, whether executions of durable functions wait, provisioned concurrency where there is an alias, how often rules started them, usage at the edge or of aliases, and of the templates of stacks which functions a deployment calls",
};

/** Quiet this long, the functions table says why, even where no rule calls it unused yet. */
const shownQuietDays = 30;

export interface CandidatesContext extends ElsewhereContext {
  /** The fewest days of silence that a rule is set to. */
  readonly candidateDays: number;
  /** The fewest after which a rule asks whether a function is switched off. */
  readonly concurrencyDays: number;
}

interface Candidate {
  readonly configuration: FunctionConfiguration;
  readonly usage: FunctionUsage;
}

export async function collectCandidates(
  context: CandidatesContext,
  functions: readonly FunctionConfiguration[],
  usage: Part<FunctionUsage>,
  tags: Part<ResourceTags>,
  starters: Starters,
): Promise<Part<CandidateRead>> {
  if (usage.items.length === 0 && !isComplete(usage)) return unavailableFor("candidates", usage);
  return collectPart<CandidateRead>("candidates", context.region, async (sink) => {
    const fromDays = Math.min(shownQuietDays, context.candidateDays);
    const byArn = new Map(functions.map((f) => [f.arn, f]));
    const quietFor = (days: number) =>
      usage.items.flatMap((one): Candidate[] => {
        const configuration = byArn.get(one.arn);
        return configuration && isQuiet(one, days, context.now) ? [{ configuration, usage: one }] : [];
      });
    const candidates = quietFor(fromDays);
    const quiet = quietFor(Math.min(fromDays, context.concurrencyDays));
    const configurations = candidates.map((c) => c.configuration);
    const [concurrency, roles, deployTime, waiting, provisioned] = await Promise.all([
      readConcurrency(context, quiet, sink),
      readRoles(context, candidates, sink),
      readDeployTime(context, configurations, tags, sink.miss),
      readWaiting(context, configurations, sink.miss),
      readProvisioned(context, configurations, sink.miss),
    ]);
    const elsewhere = await readElsewhere(context, configurations, roles, sink.miss);
    const questions = candidates.map((one) => ({ ...one, reservedConcurrency: concurrency.get(one.configuration.arn)?.value }));
    const refusals = await readRefusals(context, questions, starters, sink.miss);
    for (const { configuration } of candidates) {
      const { arn, roleArn } = configuration;
      const reserved = concurrency.get(arn);
      const role = roles.get(roleArn);
      const { lastDay, unknown } = elsewhere(configuration);
      const { reason, unread } = deployTime(configuration);
      sink.push({
        arn,
        readAt: reserved?.readAt ?? context.now.toISOString(),
        ...(reserved ? { reservedConcurrency: reserved.value } : {}),
        ...(role ? { roleLastUsedAt: role.value.lastUsedAt, edge: role.value.edge } : {}),
        ...(lastDay === undefined ? {} : { elsewhereLastDay: lastDay }),
        ...(unknown ? { elsewhereUnknown: unknown } : {}),
        ...(reason ? { deployTime: reason } : {}),
        ...(unread ? { deployTimeUnread: unread } : {}),
        ...waiting(configuration),
        ...provisioned(configuration),
        ...refusals(arn),
      });
    }
    const told = new Set(candidates.map(({ configuration }) => configuration.arn));
    for (const { arn } of quiet.map(({ configuration }) => configuration)) {
      const reserved = concurrency.get(arn);
      if (!told.has(arn) && reserved) sink.push({ arn, readAt: reserved.readAt, reservedConcurrency: reserved.value });
    }
  });
}

function isQuiet({ ledger, failure }: FunctionUsage, fromDays: number, now: Date): boolean {
  if (failure || ledger.readFromDay === undefined) return false;
  return ledger.lastActiveDay === undefined || dayOf(now) - ledger.lastActiveDay >= fromDays;
}

function readConcurrency({ rotation, clients, region }: CollectContext, quiet: readonly Candidate[], sink: Sink<CandidateRead>) {
  const asked = quiet.map(({ configuration }) => ({ key: configuration.arn, fingerprint: "" }));
  const read = async (FunctionName: string) => {
    const answer = await clients.lambda(region).send(new GetFunctionConcurrencyCommand({ FunctionName }));
    return answer.ReservedConcurrentExecutions ?? null;
  };
  return rotation.read<number | null>("concurrency", asked, read, sink.miss);
}

function readRoles({ rotation, clients, region }: CollectContext, candidates: readonly Candidate[], sink: Sink<CandidateRead>) {
  const arns = new Set(
    candidates.filter(({ configuration }) => mayRunAtEdge(configuration)).map(({ configuration }) => configuration.roleArn),
  );
  const asked = [...arns].filter((arn) => arn.includes(":role/")).map((key) => ({ key, fingerprint: "" }));
  const read = async (arn: string): Promise<RoleRead> => {
    const answer = await clients.iam(region).send(new GetRoleCommand({ RoleName: arn.split("/").at(-1) }));
    // a role without a trust policy does not exist: this is an answer that was not understood
    if (!answer.Role?.AssumeRolePolicyDocument) throw new Error(`iam:GetRole gave no trust policy of ${arn}`);
    const trust = decodeURIComponent(answer.Role.AssumeRolePolicyDocument);
    return { edge: trust.includes("edgelambda.amazonaws.com"), lastUsedAt: answer.Role?.RoleLastUsed?.LastUsedDate?.toISOString() ?? null };
  };
  return rotation.read<RoleRead>("roles", asked, read, sink.miss);
}
