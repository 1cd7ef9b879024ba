/** Runs one service collector on stubbed answers. */
import type { CachedReads } from "../../../shared/collect/rotation.ts";
import type { ServiceCollector } from "../../../shared/collect/services/service-collector.ts";
import type { FunctionConfiguration } from "../../../shared/model/snapshot.ts";
import { aSubject } from "../../rules/a-subject.ts";
import { type Answers, aContext, answering } from "../a-context.ts";

export { type Answers, aContext, answering, now } from "../a-context.ts";

export function aConfiguration(name: string, more: Partial<FunctionConfiguration> = {}): FunctionConfiguration {
  return { ...aSubject({ name, arn: `arn:aws:lambda:eu-west-1:111122223333:function:${name}` }).configuration, ...more };
}

/** Collects, and says what was asked. */
export async function collectFrom(
  collector: ServiceCollector,
  answers: Answers,
  { functions = [], before = {} }: { readonly functions?: readonly FunctionConfiguration[]; readonly before?: CachedReads } = {},
) {
  const tape = answering(answers);
  const context = aContext(tape, { functions }, before);
  const part = await collector.collect(context);
  const rows = new Map(part.items.flatMap((row) => (row.resource ? [[row.resource.arn, row] as const] : [])));
  const { asked } = tape;
  const of = (operation: string) => asked.filter((call) => call.operation === operation);
  return { ...part, rows, kept: context.rotation.kept, operations: asked.map(({ operation }) => operation), asked, of };
}
