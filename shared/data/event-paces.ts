/**
 * How often AWS services speak of what they do. A function, queue or topic behind a rule for something seldom is quiet by design.
 * Source: EventBridge user guide, "Events from AWS services", and the services' event references.
 */
export const eventPacesAsOf = "2026-11-27";

/** Their events come with ordinary work. All other sources of AWS speak when something changes, fails, is found or is deployed. */
export const busySources: ReadonlySet<string> = new Set([
  "aws.batch",
  "aws.bedrock",
  "aws.ecs",
  "aws.glue",
  "aws.mediaconvert",
  "aws.s3",
  "aws.sagemaker",
  "aws.states",
  "aws.textract",
  "aws.transcribe",
]);

/** Of those, the ones that say nothing about failures: an event for each object, say. */
export const routineDetailTypes: ReadonlySet<string> = new Set([
  "Object Created",
  "Object Deleted",
  "Object Tags Added",
  "Object Tags Deleted",
]);

/** Words of a pattern that wait for something to go wrong or to be found. */
export const troubleWords =
  /fail|error|time[d_ -]?out|abort|interrupt|stopp|terminat|delet|alarm|finding|alert|unhealthy|denied|expir|degrad|oom|throttl/i;

/** Detail types that only AWS sends, and seldom, where a pattern names no source. */
export const rareDetailTypes =
  /^(AWS (API Call|Console|Service Event|Health|Backup|Cost)|.*\bFindings?\b|CloudWatch Alarm|CloudFormation |Config |Compliance |EC2 |EBS |RDS |ACM |Trusted Advisor|Signer |Parameter Store|Access Analyzer|CodePipeline|CodeBuild|CodeDeploy|CodeCommit)/;
