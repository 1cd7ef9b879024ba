/** What takes environments away that are kept ready, and gives them back. Not to be undone where the deployment sets them. */
import type { ProvisionedConcurrency } from "../model/usage.ts";
import { awsCommand } from "./aws-cli.ts";

interface Place {
  readonly name: string;
  readonly region: string;
}

export function takeAwayProvisioned({ name, region }: Place, { qualifier }: ProvisionedConcurrency): string {
  return awsCommand("lambda", "delete-provisioned-concurrency-config", { "function-name": name, qualifier, region });
}

export function giveBackProvisioned({ name, region }: Place, { qualifier, environments }: ProvisionedConcurrency): string {
  return awsCommand("lambda", "put-provisioned-concurrency-config", {
    "function-name": name,
    qualifier,
    "provisioned-concurrent-executions": environments,
    region,
  });
}
