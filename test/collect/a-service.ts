/** Runs one service collector on stubbed answers. */
import type { CachedReads } from "../../shared/collect/contract/cached-reads.ts";
import type { ServiceCollector, ServiceContext } from "../../shared/collect/contract/service-collector.ts";
import { describePart } from "../../shared/describe/services/describe-part.ts";
import type { Part } from "../../shared/model/coverage.ts";
import type { GraphRow } from "../../shared/model/graph.ts";
import type { FunctionConfiguration } from "../../shared/model/snapshot.ts";
import { aSubject } from "../rules/a-subject.ts";
import { type Answers, aContext, answering } from "./a-context.ts";

export { type Answers, aContext, answering, now } from "./a-context.ts";

export function aConfiguration(name: string, more: Partial<FunctionConfiguration> = {}): FunctionConfiguration {
  return { ...aSubject({ name, arn: `arn:aws:lambda:eu-west-1:111122223333:function:${name}` }).configuration, ...more };
}

/** Collects, keeps the answers as a snapshot keeps them, and describes them as they are when they are judged. */
export async function describedBy(collector: ServiceCollector, context: ServiceContext): Promise<Part<GraphRow>> {
  const { account, partition, region, now } = context;
  const kept = JSON.parse(JSON.stringify(await collector.collect(context))) as Part<object>;
  return describePart(collector.name, kept, { account, partition, region, at: now.toISOString() });
}

/** Collects, and says what was asked. */
export async function collectFrom(
  collector: ServiceCollector,
  answers: Answers,
  { functions = [], before = {} }: { readonly functions?: readonly FunctionConfiguration[]; readonly before?: CachedReads } = {},
) {
  const tape = answering(answers);
  const context = aContext(tape, { functions }, before);
  const part = await describedBy(collector, context);
  const rows = new Map(part.items.flatMap((row) => (row.resource ? [[row.resource.arn, row] as const] : [])));
  const { asked } = tape;
  const of = (operation: string) => asked.filter((call) => call.operation === operation);
  return { ...part, rows, kept: context.rotation.kept, operations: asked.map(({ operation }) => operation), asked, of };
}
