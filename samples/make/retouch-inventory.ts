/** The emulator's answers about what lies around the functions, with the plan's dates and steady ids in them. */
import type { Call } from "../../shared/aws/client-options.ts";
import { dayOf, startOfDay } from "../../shared/model/day.ts";
import type { AccountPlan } from "./account-plan.ts";
import { idTag } from "./create-inventory.ts";
import { apiId, shortId } from "./planned-names.ts";
import { idOf } from "./steady-id.ts";

type Answer = Record<string, unknown>;

interface Around {
  readonly plan: AccountPlan;
  readonly now: Date;
}

/** Undefined for operations that this file says nothing about. */
export function retouchedInventory(around: Around, call: Call, answer: Answer): Answer | undefined {
  const { plan } = around;
  const list = (name: string, change: (item: Answer) => Answer) => ({ ...answer, [name]: ((answer[name] as Answer[]) ?? []).map(change) });
  switch (call.operation) {
    case "s3:ListBuckets":
      return list("Buckets", (item) => ({ ...item, CreationDate: createdAt(around, plan.buckets, item.Name) }));
    case "dynamodb:DescribeTable":
      return { Table: tableOf(around, answer.Table as Answer) };
    case "sns:ListSubscriptions":
      return list("Subscriptions", (item) => ({
        ...item,
        SubscriptionArn: `${item.TopicArn}:${idOf(`${item.TopicArn} ${item.Endpoint}`)}`,
      }));
    case "sqs:ListQueues":
      return { ...answer, QueueUrls: ((answer.QueueUrls as string[]) ?? []).map((url) => queueUrlOf(call.region, url)) };
    case "sqs:GetQueueAttributes":
      return { ...answer, Attributes: queueOf(around, answer.Attributes as Record<string, string>) };
    case "apigateway:GetRestApis":
      return list("items", (item) => ({
        ...item,
        createdDate: createdAt(around, plan.apis, item.name),
        rootResourceId: shortId(`${item.id} /`),
        tags: Object.fromEntries(Object.entries(item.tags ?? {}).filter(([key]) => key !== idTag)),
      }));
    case "apigateway:GetResources":
      return list("items", (item) => withoutLots(call, item));
    case "apigateway:GetStages":
      return list("item", (item) => {
        const at = createdAt(around, plan.apis, plan.apis?.find(({ name }) => apiId(name) === call.input.restApiId)?.name);
        return { ...item, deploymentId: shortId(`${call.input.restApiId} ${item.stageName}`), createdDate: at, lastUpdatedDate: at };
      });
    default:
      return undefined;
  }
}

/** Ids of resources are drawn by lot; the integration of a method carries them too. */
function withoutLots({ input }: Call, item: Answer): Answer {
  const idAt = (path: string) => shortId(`${input.restApiId} ${path}`);
  const path = String(item.path);
  const parent = path === "/" ? {} : { parentId: idAt(path.slice(0, path.lastIndexOf("/")) || "/") };
  const { id, parentId, resourceMethods, ...rest } = item;
  const methods = Object.entries((resourceMethods ?? {}) as Record<string, Answer>).map(([verb, method]) => {
    const integration = method.methodIntegration as Answer | undefined;
    return [verb, { ...method, ...(integration ? { methodIntegration: { ...integration, cacheNamespace: idAt(path) } } : {}) }];
  });
  return { ...rest, id: idAt(path), ...parent, ...(resourceMethods ? { resourceMethods: Object.fromEntries(methods) } : {}) };
}

function tableOf(around: Around, table: Answer): Answer {
  const created = createdAt(around, around.plan.tables, table.TableName);
  return {
    ...table,
    TableId: idOf(String(table.TableArn)),
    CreationDateTime: created,
    ...(table.BillingModeSummary
      ? { BillingModeSummary: { ...(table.BillingModeSummary as Answer), LastUpdateToPayPerRequestDateTime: created } }
      : {}),
  };
}

/** The emulator gives out its own address. */
function queueUrlOf(region: string, url: string): string {
  return `https://sqs.${region}.amazonaws.com${new URL(url).pathname}`;
}

/** A queue is as old as the function that it feeds, or as its use. */
function queueOf({ plan, now }: Around, attributes: Record<string, string>): Record<string, string> {
  const name = attributes.QueueArn?.split(":").at(-1);
  const feeds = plan.queues?.find((queue) => queue.name === name)?.feeds;
  const f = plan.functions.find((one) => one.name === feeds);
  const daysAgo = Math.max(f?.deployedDaysAgo ?? 0, f?.use?.[0]?.daysAgo ?? 0);
  const at = String(startOfDay(dayOf(now) - daysAgo).getTime() / 1000 + 36_000);
  return { ...attributes, CreatedTimestamp: at, LastModifiedTimestamp: at };
}

/** Ten in the morning of the planned day. @throws when the plan has none of that name */
export function createdAt(
  { now }: Around,
  planned: readonly { readonly name: string; readonly createdDaysAgo: number }[] = [],
  name: unknown,
): Date {
  const found = planned.find((one) => one.name === name);
  if (!found) throw new Error(`the emulator has something that is not in the plan: ${name}`);
  return new Date(startOfDay(dayOf(now) - found.createdDaysAgo).getTime() + 10 * 3_600_000);
}
