/**
 * What SDK v3 and its libraries call the operations. Read from their code: @aws-sdk/lib-dynamodb 3.1169, the waiters of the
 * clients of 3.11xx (27 November 2026).
 */
import { clientName, commonMethods, type Operation, upperFirst, type Value } from "./values.ts";

/** Commands and methods of lib-dynamodb that are called otherwise than their operation. */
export const documentNames: Readonly<Record<string, string>> = {
  BatchGet: "BatchGetItem",
  BatchWrite: "BatchWriteItem",
  Delete: "DeleteItem",
  Get: "GetItem",
  Put: "PutItem",
  TransactGet: "TransactGetItems",
  TransactWrite: "TransactWriteItems",
  Update: "UpdateItem",
  PaginatedBatchGet: "BatchGetItem",
};

/** What a waiter asks for again and again, by client. A waiter that is not here: `Describe` and its subject. */
const waiterOperations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  s3: { bucket: "HeadBucket", object: "HeadObject" },
  lambda: {
    functionactive: "GetFunctionConfiguration",
    functionactivev2: "GetFunction",
    functionexists: "GetFunction",
    functionupdated: "GetFunctionConfiguration",
    functionupdatedv2: "GetFunction",
    publishedversionactive: "GetFunctionConfiguration",
  },
  autoscaling: { group: "DescribeAutoScalingGroups" },
  cloudcontrol: { resourcerequest: "GetResourceRequestStatus" },
  cloudwatch: {
    alarm: "DescribeAlarms",
    alarmmuterule: "GetAlarmMuteRule",
    compositealarm: "DescribeAlarms",
    logalarm: "DescribeAlarms",
  },
  dynamodb: {
    bulkoperation: "DescribeBulkOperation",
    table: "DescribeTable",
    contributorinsights: "DescribeContributorInsights",
    export: "DescribeExport",
    import: "DescribeImport",
    kinesisstreamingdestination: "DescribeKinesisStreamingDestination",
  },
  kinesis: { stream: "DescribeStream", channel: "DescribeChannel" },
  ssm: { commandexecuted: "GetCommandInvocation" },
  ec2: {
    instancestatusok: "DescribeInstanceStatus",
    systemstatusok: "DescribeInstanceStatus",
    instance: "DescribeInstances",
    volume: "DescribeVolumes",
    image: "DescribeImages",
    imageusagereport: "DescribeImageUsageReports",
    snapshot: "DescribeSnapshots",
    snapshotimported: "DescribeImportSnapshotTasks",
    bundletask: "DescribeBundleTasks",
    conversiontask: "DescribeConversionTasks",
    customergateway: "DescribeCustomerGateways",
    exporttask: "DescribeExportTasks",
    internetgateway: "DescribeInternetGateways",
    keypair: "DescribeKeyPairs",
    natgateway: "DescribeNatGateways",
    networkinterface: "DescribeNetworkInterfaces",
    passworddata: "GetPasswordData",
    securitygroup: "DescribeSecurityGroups",
    securitygroupvpcassociation: "DescribeSecurityGroupVpcAssociations",
    spotinstancerequest: "DescribeSpotInstanceRequests",
    storeimagetask: "DescribeStoreImageTasks",
    subnet: "DescribeSubnets",
    vpc: "DescribeVpcs",
    vpcpeeringconnection: "DescribeVpcPeeringConnections",
    vpnconnection: "DescribeVpnConnections",
  },
  ecs: { services: "DescribeServices", tasks: "DescribeTasks" },
  cloudformation: {
    changeset: "DescribeChangeSet",
    stack: "DescribeStacks",
    stackrefactor: "DescribeStackRefactor",
    typeregistration: "DescribeTypeRegistration",
  },
  cloudfront: {
    distribution: "GetDistribution",
    invalidation: "GetInvalidation",
    invalidationfordistributiontenant: "GetInvalidationForDistributionTenant",
    streamingdistribution: "GetStreamingDistribution",
  },
  rds: {
    dbinstance: "DescribeDBInstances",
    dbcluster: "DescribeDBClusters",
    dbsnapshot: "DescribeDBSnapshots",
    tenantdatabase: "DescribeTenantDatabases",
    dbclustersnapshot: "DescribeDBClusterSnapshots",
  },
  redshift: { cluster: "DescribeClusters", snapshot: "DescribeClusterSnapshots" },
  elasticloadbalancingv2: { loadbalancer: "DescribeLoadBalancers", target: "DescribeTargetHealth" },
  iam: { instanceprofile: "GetInstanceProfile", policy: "GetPolicy", role: "GetRole", user: "GetUser" },
  acm: { certificate: "DescribeCertificate" },
  route53: { resourcerecordsets: "GetChange" },
  ses: { identity: "GetIdentityVerificationAttributes" },
  ecr: { imagescan: "DescribeImageScanFindings", lifecyclepolicypreview: "GetLifecyclePolicyPreview" },
  mediaconvert: { job: "GetJob" },
  rekognition: { projectversion: "DescribeProjectVersions" },
};

/** The operation of `waitUntilTableExists`, `waitForTableExists`, and of `tableExists` of v2. */
export function waiterOperation(client: string, name: string): Operation | undefined {
  const subject = name.replace(/^waitUntil|^waitFor/, "").toLowerCase();
  const known = Object.entries(waiterOperations[client] ?? {}).filter(([start]) => subject.startsWith(start));
  const best = known.toSorted(([one], [other]) => other.length - one.length)[0];
  if (best) return { client, operation: best[1] };
  return undefined;
}

/** What a member of `@aws-sdk/client-*` or lib-dynamodb is. */
export function memberOfClientPackage(client: string, key: string, document: boolean): Value | undefined {
  const of = (name: string): Operation => ({ client, operation: document ? (documentNames[name] ?? name) : name });
  const command = /^([A-Z]\w*)Command$/.exec(key)?.[1];
  if (command) return { kind: "command", ...of(command) };
  if (document && (key === "DynamoDBDocument" || key === "DynamoDBDocumentClient"))
    return { kind: "clientClass", client, api: key === "DynamoDBDocument" ? "document" : "plain" };
  if (/^[A-Z]\w*Client$/.test(key)) return { kind: "clientClass", client, api: "plain" };
  const paged = /^paginated?(\w+)$/.exec(key)?.[1];
  if (paged) return { kind: "asks", operations: [of(paged)], request: 1 };
  if (/^wait(Until|For)[A-Z]/.test(key)) {
    const operation = waiterOperation(client, key);
    return { kind: "asks", operations: operation ? [operation] : [], request: 1, ...(!operation && { unknown: `${key} of ${client}` }) };
  }
  if (/^[A-Z]/.test(key) && clientName(key) === client) return { kind: "clientClass", client, api: "whole" };
  return undefined;
}

/** What calling a method of a client asks for; undefined: nothing. */
export function operationOfMethod(client: string, api: "whole" | "document", name: string): Operation | undefined {
  if (
    ["send", "destroy", "config", "middlewareStack", "constructor"].includes(name) ||
    commonMethods.test(name) ||
    !/^[a-z]\w*$/.test(name)
  )
    return undefined;
  if (/^wait(Until|For)[A-Z]/.test(name)) return waiterOperation(client, name);
  const bare = upperFirst(/^paginate[A-Z]/.test(name) ? name.slice("paginate".length) : name);
  return { client, operation: api === "document" ? (documentNames[bare] ?? bare) : bare };
}
