/**
 * Lambda Web Functions: a service of its own (`lambda-web`), which ListFunctions does not show and for which there is no
 * JavaScript client yet. Cloud Control lists them where the Region has them; they are named, not judged.
 */
import { ListResourcesCommand } from "@aws-sdk/client-cloudcontrol";
import { codeOf, isThrottle, operationOf, statusOf } from "../../aws/errors.ts";
import { pages } from "../../aws/paginate.ts";
import type { WebFunctionAnswer } from "../../describe/services/web-functions.ts";
import { type CollectContext, collectPart } from "../contract/collector.ts";
import type { ServiceCollector } from "../contract/service-collector.ts";

const type = "AWS::Lambda::WebFunction";

export const webFunctionsCollector: ServiceCollector<"web-functions"> = {
  name: "web-functions",
  scope: "region",
  readerVersion: 1,
  // Cloud Control asks the service in our name
  actions: ["cloudformation:ListResources", "lambda:ListWebFunctions"],
  reads: "names of Lambda Web Functions, which are not looked at further",
  async collect(context) {
    const { clients, region } = context;
    let failure: unknown;
    const part = await collectPart<WebFunctionAnswer>("web-functions", region, async (sink) => {
      try {
        const list = pages(
          (NextToken) =>
            clients.cloudControl(region).send(new ListResourcesCommand({ TypeName: type, ...(NextToken ? { NextToken } : {}) })),
          (page) => page.NextToken,
        );
        for await (const page of list) {
          for (const { Identifier, Properties } of page.ResourceDescriptions ?? [])
            if (Identifier) sink.push(toAnswer(Identifier, Properties, context));
        }
      } catch (error) {
        // refused or throttled is coverage; anything else means that this Region, or this account, does not offer to list them
        if (isThrottle(error) || statusOf(error) === "denied") throw error;
        failure = error;
      }
    });
    if (failure === undefined) return part;
    const operation = operationOf(failure) ?? "cloudformation:ListResources";
    const message = "Lambda Web Functions could not be listed here: if there are any, they were not looked at";
    return {
      items: part.items,
      coverage: {
        collector: "web-functions",
        region,
        status: "unsupported",
        operation,
        code: codeOf(failure),
        message,
        resources: part.items.length,
      },
    };
  },
};

function toAnswer(identifier: string, properties: string | undefined, { partition, region, account }: CollectContext): WebFunctionAnswer {
  const { FunctionArn, FunctionName } = read(properties);
  const arn =
    FunctionArn ?? (identifier.startsWith("arn:") ? identifier : `arn:${partition}:lambda:${region}:${account}:web-function:${identifier}`);
  return { arn, name: FunctionName ?? identifier };
}

function read(properties: string | undefined): { readonly FunctionArn?: string; readonly FunctionName?: string } {
  try {
    const { FunctionArn, FunctionName } = JSON.parse(properties ?? "{}") as Record<string, unknown>;
    return {
      ...(typeof FunctionArn === "string" ? { FunctionArn } : {}),
      ...(typeof FunctionName === "string" ? { FunctionName } : {}),
    };
  } catch {
    // its identifier is enough to name it
    return {};
  }
}
