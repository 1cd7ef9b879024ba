/** The rest of the bench's account, in proportion to its functions: queues, tables, APIs, buckets, roles and log groups. */
import type { Call } from "../../shared/aws/client-options.ts";
import { account, functionArn } from "../stub-account.ts";

type Answers = Readonly<Record<string, (call: Call) => Record<string, unknown>>>;

/** Per function: 0.2 tables, 0.15 APIs with 10 routes, 0.3 buckets, 1.1 roles and log groups; queues as they feed. */
export function benchInventory(functions: number, now: Date): Answers {
  const tables = names("table", functions * 0.2);
  const apis = names("api", functions * 0.15);
  const buckets = names("bucket", functions * 0.3);
  // one role a function, and one in ten that something else uses
  const roles = Array.from({ length: Math.round(functions * 1.1) }, (_, i) => (i < functions ? `function-${i}-role` : `other-${i}-role`));
  const groups = names("group", functions * 1.1);
  const queues = Array.from({ length: functions }, (_, i) => i).filter((i) => i % 10 === 1 || i % 10 === 2);
  // younger than the threshold: nothing here is to be called unused
  const recently = new Date(now.getTime() - 40 * 86_400_000);
  const created = new Date(now.getTime() - 500 * 86_400_000);
  return {
    "sqs:ListQueues": ({ input }) =>
      paged(queues, input.NextToken, 1000, "QueueUrls", "NextToken", (i) => `https://sqs.eu-west-1.amazonaws.com/${account}/queue-${i}`),
    "dynamodb:ListTables": ({ input }) => ({
      ...paged(tables, tables.indexOf(String(input.ExclusiveStartTableName)) + 1, 100, "TableNames", "next", (name) => name),
      ...lastName(tables, String(input.ExclusiveStartTableName), 100),
    }),
    "dynamodb:DescribeTable": ({ input }) => ({
      Table: {
        TableName: input.TableName,
        TableArn: `arn:aws:dynamodb:eu-west-1:${account}:table/${input.TableName}`,
        CreationDateTime: recently,
      },
    }),
    "apigateway:GetRestApis": ({ input }) =>
      paged(apis, input.position, 500, "items", "position", (id) => ({ id, name: id, createdDate: recently })),
    "apigateway:GetResources": ({ input }) => ({
      items: Array.from({ length: 10 }, (_, n) => aRoute(Number(String(input.restApiId).split("-")[1]), n, functions)),
    }),
    "apigateway:GetStages": () => ({ item: [{ stageName: "prod" }] }),
    "s3:ListBuckets": ({ input }) =>
      paged(buckets, input.ContinuationToken, 1000, "Buckets", "ContinuationToken", (Name) => ({
        Name,
        CreationDate: created,
        BucketRegion: "eu-west-1",
      })),
    "s3:GetPublicAccessBlock": () => ({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        IgnorePublicAcls: true,
        BlockPublicPolicy: true,
        RestrictPublicBuckets: true,
      },
    }),
    "iam:GetAccountAuthorizationDetails": ({ input }) => {
      const page = paged(roles, input.Marker, 1000, "RoleDetailList", "Marker", (RoleName) => aRole(RoleName, created));
      return { ...page, IsTruncated: page.Marker !== undefined };
    },
    "logs:DescribeLogGroups": ({ input }) =>
      input.logGroupNamePrefix
        ? {}
        : paged(groups, input.nextToken, 50, "logGroups", "nextToken", (name) => ({
            logGroupName: `/aws/lambda/${name.replace("group", "function")}`,
            arn: `arn:aws:logs:eu-west-1:${account}:log-group:/aws/lambda/${name.replace("group", "function")}:*`,
            creationTime: created.getTime(),
            storedBytes: 1024,
          })),
  };
}

function names(kind: string, count: number): string[] {
  return Array.from({ length: Math.round(count) }, (_, i) => `${kind}-${i}`);
}

function paged<T, R>(
  all: readonly T[],
  token: unknown,
  size: number,
  items: string,
  next: string,
  map: (one: T) => R,
): Record<string, unknown> {
  const start = Number(token ?? 0);
  const end = start + size;
  return { [items]: all.slice(start, end).map(map), ...(end < all.length ? { [next]: String(end) } : {}) };
}

/** DynamoDB pages by the last name. */
function lastName(all: readonly string[], after: string, size: number): Record<string, unknown> {
  const end = all.indexOf(after) + 1 + size;
  return end < all.length ? { LastEvaluatedTableName: all[end - 1] } : {};
}

function aRoute(api: number, n: number, functions: number): Record<string, unknown> {
  const uri = `arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${functionArn(`function-${(api * 10 + n) % functions}`)}/invocations`;
  return {
    id: `r${n}`,
    path: `/route-${n}`,
    resourceMethods: {
      GET: {
        httpMethod: "GET",
        authorizationType: api % 20 === 0 && n === 0 ? "NONE" : "AWS_IAM",
        methodIntegration: { type: "AWS_PROXY", uri, timeoutInMillis: 29_000 },
      },
    },
  };
}

function aRole(RoleName: string, CreateDate: Date): Record<string, unknown> {
  const allow = (statement: Record<string, unknown>) =>
    encodeURIComponent(JSON.stringify({ Statement: [{ Effect: "Allow", ...statement }] }));
  const table = `arn:aws:dynamodb:eu-west-1:${account}:table/${RoleName.replace(/^\w+-(\d+)-role$/, "table-$1")}`;
  return {
    RoleName,
    Arn: `arn:aws:iam::${account}:role/${RoleName}`,
    CreateDate,
    AssumeRolePolicyDocument: allow({
      Principal: { Service: RoleName.startsWith("other") ? "ecs-tasks.amazonaws.com" : "lambda.amazonaws.com" },
      Action: "sts:AssumeRole",
    }),
    RolePolicyList: [
      { PolicyName: "inline", PolicyDocument: allow({ Action: ["dynamodb:GetItem", "dynamodb:PutItem"], Resource: table }) },
    ],
    AttachedManagedPolicies: [],
  };
}
