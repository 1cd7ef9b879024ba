/** What `npm run new -- collector` writes. Pure text. */
import { constantOf, folderOf, memberOf, typeOf } from "./frame-name.ts";
import type { ListEntry } from "./list-entry.ts";

/** Keeps trimmed answers. Cloud Control lists resources of most types, so that the frame runs before the service has a client here. */
export function collectorFrame(name: string, type: string): string {
  return `/** Say of which service, what is read and what is never asked for. */
import { ListResourcesCommand } from "@aws-sdk/client-cloudcontrol";
import { pages } from "../../aws/paginate.ts";
import type { ${typeOf(name)}Answer } from "../../describe/services/${name}.ts";
import { collectPart } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";

const type = "${type}";

export const ${constantOf(name)}Collector: ServiceCollector<"${name}"> = {
  name: "${name}",
  scope: "region",
  readerVersion: 1,
  // Cloud Control asks the service in our name: name that operation too, or take a client of the service instead (CONTRIBUTING.md)
  actions: ["cloudformation:ListResources"],
  reads: "say in a line for docs/permissions.md what is read",
  collect(context) {
    const { clients, region } = context;
    return collectPart<${typeOf(name)}Answer>("${name}", region, async (sink) => {
      const list = pages(
        (NextToken) => clients.cloudControl(region).send(new ListResourcesCommand({ TypeName: type, ...(NextToken ? { NextToken } : {}) })),
        (page) => page.NextToken,
      );
      for await (const page of list) {
        for (const { Identifier } of page.ResourceDescriptions ?? []) if (Identifier) sink.push({ name: Identifier });
      }
    });
  },
};
`;
}

/** Says what the answers mean. */
export function describerFrame(name: string, type: string): string {
  return `/** Say what an answer means: the resource, and what it leads to. */
import type { Describe } from "./describe-answer.ts";

/** Plain and trimmed: no secret, nothing that no rule reads. */
export interface ${typeOf(name)}Answer {
  readonly name: string;
}

export const describe: Describe<${typeOf(name)}Answer> = ({ name }, { account, partition, region }) => {
  const arn = \`arn:\${partition}:${folderOf(type)}:\${region}:\${account}:\${name}\`;
  return [{ resource: { arn, type: "${type}", name, region, details: {} }, relations: [] }];
};
`;
}

/** Its test: every page is read, and what cannot be listed is coverage. */
export function collectorTestFrame(name: string, type: string): string {
  const collector = `${constantOf(name)}Collector`;
  return `import { describe, expect, test } from "vitest";
import { ${collector} } from "../../../shared/collect/${folderOf(type)}/${name}.ts";
import { awsError } from "../../stub-account.ts";
import { collectFrom } from "../a-service.ts";

describe("${name}", () => {
  test("are read from every page", async () => {
    const { items, coverage } = await collectFrom(${collector}, {
      "cloudformation:ListResources": ({ NextToken }) =>
        NextToken ? { ResourceDescriptions: [{ Identifier: "b" }] } : { ResourceDescriptions: [{ Identifier: "a" }], NextToken: "more" },
    });
    expect(items.map(({ resource }) => [resource?.type, resource?.name])).toEqual([
      ["${type}", "a"],
      ["${type}", "b"],
    ]);
    expect(coverage).toMatchObject({ status: "complete", resources: 2 });
  });

  test("that may not be listed are not known, which is not the same as none", async () => {
    const { coverage } = await collectFrom(${collector}, {
      "cloudformation:ListResources": () => {
        throw awsError("AccessDeniedException");
      },
    });
    expect(coverage.status).toBe("denied");
  });
});
`;
}

/** Everything that has to know of the collector. */
export function collectorEntries(name: string, type: string): ListEntry[] {
  const constant = constantOf(name);
  const importLine = { before: "\n", from: "import " };
  return [
    {
      path: "shared/data/resource-types.ts",
      from: "export const resourceTypes:",
      before: "};",
      line: `  "${type}": {},`,
      unless: `\n  "${type}": {`,
    },
    { path: "shared/model/graph.ts", from: "export const serviceNames = [", before: "] as const;", line: `  "${name}",` },
    { path: "shared/collect/services.ts", ...importLine, line: `import { ${constant}Collector } from "./${folderOf(type)}/${name}.ts";` },
    { path: "shared/collect/services.ts", from: "export const services", before: "];", line: `  ${constant}Collector,` },
    { path: "shared/describe/services/services.ts", ...importLine, line: `import { describe as ${constant} } from "./${name}.ts";` },
    {
      path: "shared/describe/services/services.ts",
      from: "export const describers",
      before: "}",
      line: constant === name ? `  ${name},` : `  ${memberOf(name)}: ${constant},`,
    },
    {
      path: "shared/wording/collector-names.ts",
      from: "export const collectorNames",
      before: "};",
      line: `  ${memberOf(name)}: "${name.replaceAll("-", " ")}",`,
    },
  ];
}
