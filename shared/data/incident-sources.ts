/**
 * Event sources that speak only when something goes wrong, is checked or is deployed. A function behind them is quiet by design.
 * Source: EventBridge user guide, "Events from AWS services", and the services' event references.
 */
export const incidentSourcesAsOf = "2026-11-01";

export const incidentSources: ReadonlySet<string> = new Set([
  "aws.access-analyzer",
  "aws.acm",
  "aws.backup",
  "aws.cloudformation",
  "aws.cloudwatch",
  "aws.codebuild",
  "aws.codedeploy",
  "aws.codepipeline",
  "aws.config",
  "aws.guardduty",
  "aws.health",
  "aws.inspector",
  "aws.inspector2",
  "aws.macie",
  "aws.rds",
  "aws.securityhub",
  "aws.trustedadvisor",
]);
