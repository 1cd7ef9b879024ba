/**
 * Which service of IAM a client of an SDK belongs to. Most clients are called as the service is; this lists the others, by the
 * name that the SDK for JavaScript (v2 class, v3 class or package) or boto3 gives them.
 */
import { servicePrefixes } from "./action-table.ts";

/** Day of the service models that the rows were made from: botocore 1.44, its service ids, folder names and full names. */
export const sdkServicesAsOf = "2026-11-27";

/** IAM prefix -> names of clients in lower case letters and digits, separated by blanks. */
const otherNames: Readonly<Record<string, string>> = {
  a4b: "alexaforbusiness",
  "aco-automation": "computeoptimizerautomation",
  "agent-registry": "agentregistrycontrol",
  aidevops: "devopsagent devopsagentservice",
  airflow: "mwaa",
  "airflow-serverless": "mwaaserverless",
  aoss: "opensearchserverless opensearchserviceserverless",
  apigateway: "apigatewayv2",
  "app-integrations": "appintegrationsservice",
  appconfig: "appconfigdata",
  "application-signals": "cloudwatchapplicationsignals",
  aps: "amp prometheusservice",
  "aws-marketplace":
    "agreementservice marketplaceagreement marketplacecatalog marketplacedeployment marketplacedeploymentservice marketplacediscovery marketplaceentitlement marketplaceentitlementservice marketplacemetering marketplacereporting marketplacereportingservice meteringmarketplace",
  "bcm-dashboards": "billingandcostmanagementdashboards",
  "bcm-data-exports": "billingandcostmanagementdataexports",
  "bcm-pricing-calculator": "billingandcostmanagementpricingcalculator",
  "bcm-recommended-actions": "billingandcostmanagementrecommendedactions",
  bedrock:
    "agentsforamazonbedrock agentsforamazonbedrockruntime bedrockagent bedrockagentruntime bedrockdataautomation bedrockdataautomationruntime bedrockruntime dataautomationforamazonbedrock runtimeforamazonbedrockdataautomation",
  "bedrock-agentcore": "bedrockagentcorecontrol",
  cases: "connectcases",
  cassandra: "keyspaces keyspacesstreams",
  ce: "costexplorer",
  chime: "chimesdkidentity chimesdkmediapipelines chimesdkmeetings chimesdkmessaging chimesdkvoice",
  cleanrooms: "cleanroomsservice",
  cloudformation: "cloudcontrol cloudcontrolapi",
  cloudhsm: "cloudhsmv2",
  cloudsearch: "cloudsearchdomain",
  "cloudtrail-data": "cloudtraildataservice",
  cloudwatch: "cloudwatchomni",
  "cognito-idp": "cognitoidentityprovider cognitoidentityserviceprovider cognitouserpools",
  config: "configservice",
  connect: "connectcontactlens connectscheduling",
  "connect-campaigns": "connectcampaignservice connectcampaignservicev2 connectcampaignsv2",
  cur: "costandusagereportservice",
  databrew: "gluedatabrew",
  deadline: "deadlinecloud",
  discovery: "applicationdiscoveryservice",
  dms: "databasemigrationservice",
  ds: "directoryservice",
  "ds-data": "directoryservicedata",
  dsql: "auroradsql",
  dynamodb: "documentclient dynamodbdocument dynamodbdocumentclient dynamodbstreams",
  elasticfilesystem: "efs",
  elasticloadbalancing: "elasticloadbalancingv2 elb elbv2",
  elasticmapreduce: "emr",
  es: "elasticsearchservice opensearch opensearchservice",
  events: "cloudwatchevents eventbridge eventbridgev2",
  "execute-api": "apigatewaymanagement apigatewaymanagementapi connectparticipant",
  "finspace-api": "finspacedata",
  forecast: "forecastquery forecastqueryservice forecastservice",
  geo: "location locationservice",
  "geo-maps": "locationservicemapsv2",
  "geo-places": "locationserviceplacesv2",
  "geo-routes": "locationserviceroutesv2",
  grafana: "managedgrafana",
  greengrass: "greengrassv2",
  "health-agent": "connecthealth",
  iam: "iamtoolbox iamtoolboxpreview",
  internetmonitor: "cloudwatchinternetmonitor",
  iot: "iotdata iotdataplane iotsecuretunneling",
  iotevents: "ioteventsdata",
  iotjobsdata: "iotjobsdataplane",
  iotmanagedintegrations: "managedintegrationsforawsiotdevicemanagement",
  ivs: "ivsrealtime",
  kinesisanalytics: "kinesisanalyticsv2",
  kinesisvideo: "kinesisvideoarchivedmedia kinesisvideomedia kinesisvideosignaling kinesisvideosignalingchannels kinesisvideowebrtcstorage",
  lambda: "lambdacore lambdamicrovms lambdaweb",
  lex: "lexmodelbuildingservice lexmodels lexmodelsv2 lexruntime lexruntimeservice lexruntimev2 lexv2models lexv2runtime",
  logs: "cloudwatchlogs",
  m2: "mainframemodernization",
  mechanicalturk: "mturk",
  mediastore: "mediastoredata",
  "medical-imaging": "healthimaging",
  mgh: "migrationhub migrationhubconfig",
  "migrationhub-strategy": "migrationhubstrategyrecommendations",
  mobiletargeting: "pinpoint",
  mpa: "multipartyapproval",
  "neptune-db": "neptunedata",
  "network-security-manager": "networksecuritymanagercustomerapi",
  networkmonitor: "cloudwatchnetworkmonitor",
  notifications: "usernotifications",
  "notifications-contacts": "usernotificationscontacts",
  "nova-act": "novaactservice",
  oam: "cloudwatchobservabilityaccessmanager",
  observabilityadmin: "cloudwatchobservabilityadminservice",
  osis: "opensearchingestion",
  partnercentral:
    "partnercentralaccount partnercentralaccountapi partnercentralbenefits partnercentralchannel partnercentralchannelapi partnercentralrevenuemeasurement partnercentralrevenuemeasurementapi partnercentralselling partnercentralsellingapi",
  "payment-cryptography": "paymentcryptographycontrolplane paymentcryptographydata paymentcryptographydataplane",
  "pca-connector-scep": "privatecaconnectorforscep",
  pcs: "parallelcomputingservice",
  personalize: "personalizeevents personalizeruntime",
  pipes: "eventbridgepipes",
  profile: "customerprofiles",
  qldb: "qldbsession",
  rbin: "recyclebin",
  rds: "docdb documentdb neptune",
  "rds-data": "rdsdataservice",
  "redshift-data": "redshiftdataapiservice",
  "refactor-spaces": "migrationhubrefactorspaces",
  rekognition: "rekognitionstreaming",
  repostspace: "repostprivate",
  resiliencehub: "resiliencehubv2",
  "resource-explorer-2": "resourceexplorer",
  rolesanywhere: "iamrolesanywhere",
  rum: "cloudwatchrum",
  s3: "s3control",
  sagemaker:
    "augmentedairuntime sagemakera2iruntime sagemakeredge sagemakeredgemanager sagemakerfeaturestoreruntime sagemakergatewayruntime sagemakerinferencerouterruntime sagemakerjobruntime sagemakerjobruntimeservice sagemakermetrics sagemakerruntime sagemakerruntimehttp2 sagemakertrainingsessionruntime",
  "sagemaker-geospatial": "sagemakergeospatialcapabilities",
  scheduler: "eventbridgescheduler",
  scn: "supplychain",
  sdb: "simpledb simpledbv2",
  "security-ir": "securityincidentresponse",
  serverlessrepo: "serverlessapplicationrepository",
  servicecatalog: "appregistry servicecatalogappregistry",
  ses: "mailmanager pinpointemail sesv2",
  signer: "signerdata signerdataplane",
  signin: "signinservice",
  "sms-voice": "pinpointsmsvoice pinpointsmsvoicev2",
  "social-messaging": "endusermessagingsocial",
  "ssm-quicksetup": "systemsmanagerquicksetup",
  sso: "ssoadmin",
  "sso-oauth": "ssooidc",
  states: "sfn stepfunctions",
  tag: "resourcegroupstaggingapi",
  tax: "taxsettings",
  thinclient: "workspacesthinclient",
  timestream: "timestreamquery timestreamwrite",
  transcribe: "transcribeservice transcribestreaming transcribestreamingservice",
  trustedadvisor: "trustedadvisorpublicapi",
  uxc: "userexperiencecustomization",
  wickr: "wickradminapi",
  wisdom: "connectwisdomservice qconnect",
};

/** `cognito-idp` is `cognitoidp` here. */
function normalised(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, "");
}

let prefixes: ReadonlyMap<string, string> | undefined;

/**
 * The prefix of the client's actions: `states` for `sfn`, `stepfunctions` or `SFN`. Undefined for a client that no SDK of that day had.
 * @param client in any spelling
 */
export function servicePrefixOf(client: string): string | undefined {
  prefixes ??= new Map([
    ...servicePrefixes.map((prefix): [string, string] => [normalised(prefix), prefix]),
    ...Object.entries(otherNames).flatMap(([prefix, names]) => names.split(" ").map((name): [string, string] => [name, prefix])),
  ]);
  return prefixes.get(normalised(client));
}
