/** Versions of layers that functions use and no list of the account shows: other accounts' and older ones. Pure. */
import { parseArn } from "../model/arn.ts";
import type { Relation, Resource } from "../model/graph.ts";

interface Account {
  readonly resources: ReadonlyMap<string, Resource>;
  readonly relations: readonly Relation[];
}

/** As resources, so that what is in them has something to hang on. They are in no document of their own: AWS tells nothing but their ARNs. */
export function layersInUse({ resources, relations }: Account): readonly Resource[] {
  const found = new Map<string, Resource>();
  for (const { to: arn, kind } of relations) {
    if (kind !== "uses-layer" || resources.has(arn) || found.has(arn)) continue;
    const { region = "", resource = "" } = parseArn(arn) ?? {};
    const [, name, version] = /^layer:([^:]+):(\d+)$/.exec(resource) ?? [];
    if (name !== undefined) found.set(arn, { arn, type: "AWS::Lambda::LayerVersion", name, region, details: { version: Number(version) } });
  }
  return [...found.values()];
}
