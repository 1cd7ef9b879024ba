/** Who may call the planned functions: policies and function URLs. The emulator turns conditions into something else, and lists no URLs. */
import type { Call } from "../../shared/aws/client-options.ts";
import { dayOf, startOfDay } from "../../shared/model/day.ts";
import { type AccountPlan, mainRegion, type PlannedFunction, plannedFunction, regionOf } from "./account-plan.ts";
import { apiId, functionArn, urlOf } from "./planned-names.ts";
import { idOf } from "./steady-id.ts";

type Statement = Record<string, unknown>;

/** `lambda:GetPolicy`. @throws where the function has none, as Lambda does */
export function getPolicy(plan: AccountPlan, account: string, { input }: Call): Record<string, unknown> {
  const f = plannedFunction(plan, String(input.FunctionName));
  const statements = [...urlStatements(account, f), ...triggerStatements(plan, account, f)];
  if (statements.length === 0) {
    throw Object.assign(new Error("The resource you requested does not exist."), { name: "ResourceNotFoundException" });
  }
  return {
    Policy: JSON.stringify({ Version: "2012-10-17", Id: "default", Statement: statements }),
    RevisionId: idOf(`policy ${functionArn(account, f)}`),
  };
}

/** `lambda:ListFunctionUrlConfigs`. */
export function listUrls(plan: AccountPlan, account: string, { input }: Call, now: Date): Record<string, unknown> {
  const f = plannedFunction(plan, String(input.FunctionName));
  if (!f.openUrl) return { FunctionUrlConfigs: [] };
  const at = new Date(startOfDay(dayOf(now) - f.deployedDaysAgo).getTime() + 12 * 3_600_000).toISOString();
  const url = { FunctionUrl: urlOf(f), FunctionArn: functionArn(account, f), AuthType: "NONE", InvokeMode: "BUFFERED" };
  return { FunctionUrlConfigs: [{ ...url, CreationTime: at, LastModifiedTime: at }] };
}

/** The two permissions that a URL for everybody takes, as the console gives them. */
function urlStatements(account: string, f: PlannedFunction): Statement[] {
  if (!f.openUrl) return [];
  const everybody = { Effect: "Allow", Principal: "*", Resource: functionArn(account, f) };
  return [
    {
      Sid: "FunctionURLAllowPublicAccess",
      ...everybody,
      Action: "lambda:InvokeFunctionUrl",
      Condition: { StringEquals: { "lambda:FunctionUrlAuthType": "NONE" } },
    },
    {
      Sid: "FunctionURLInvokeAllowPublicAccess",
      ...everybody,
      Action: "lambda:InvokeFunction",
      Condition: { Bool: { "lambda:InvokedViaFunctionUrl": "true" } },
    },
  ];
}

/** What lets rules, APIs, buckets, topics and alarms start the function. Queues and schedules need no such statement. */
function triggerStatements(plan: AccountPlan, account: string, f: PlannedFunction): Statement[] {
  const at = `${regionOf(f)}:${account}`;
  const statement = (Sid: string, Service: string, SourceArn: string, more: object = {}): Statement => ({
    Sid,
    Effect: "Allow",
    Principal: { Service },
    Action: "lambda:InvokeFunction",
    Resource: functionArn(account, f),
    Condition: { ...more, ArnLike: { "AWS:SourceArn": SourceArn } },
  });
  const own = <T extends { readonly starts?: string }>(all: readonly T[] = []) => all.filter(({ starts }) => starts === f.name);
  const owner = { StringEquals: { "AWS:SourceAccount": account } };
  return [
    ...own(plan.rules).map(({ name }) => statement(`rule-${name}`, "events.amazonaws.com", `arn:aws:events:${at}:rule/${name}`)),
    ...(plan.apis ?? []).flatMap((api) =>
      own(api.routes).map(({ verb, path }) => {
        const source = `arn:aws:execute-api:${mainRegion}:${account}:${apiId(api.name)}/*/${verb}${path}`;
        return statement(`${api.name}-${verb}${path.replaceAll("/", "-")}`, "apigateway.amazonaws.com", source);
      }),
    ),
    ...own(plan.topics).map(({ name }) => statement(`topic-${name}`, "sns.amazonaws.com", `arn:aws:sns:${at}:${name}`)),
    ...own(plan.alarms).map(({ name }) =>
      statement(`alarm-${name}`, "lambda.alarms.cloudwatch.amazonaws.com", `arn:aws:cloudwatch:${at}:alarm:${name}`, owner),
    ),
    ...(plan.buckets ?? [])
      .filter(({ notifies }) => notifies === f.name)
      .map(({ name }) => statement(`bucket-${name}`, "s3.amazonaws.com", `arn:aws:s3:::${name}`, owner)),
  ];
}
