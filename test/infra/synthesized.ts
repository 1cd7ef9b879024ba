/** The stack as CloudFormation would get it. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { afterAll } from "vitest";
import { readConfiguration } from "../../infra/configuration.ts";
import { SmallTargetStack } from "../../infra/small-target-stack.ts";

const flags = JSON.parse(readFileSync(new URL("../../cdk.json", import.meta.url), "utf8")).context;
export const now = new Date("2026-11-24T03:00:00Z");

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** An app with the flags of cdk.json whose assets go when the test file ends; bundles the function only when asked. */
export function anApp({ bundling = false } = {}): App {
  const outdir = mkdtempSync(join(tmpdir(), "smalltarget-synth-"));
  folders.push(outdir);
  return new App({ outdir, analyticsReporting: false, context: { ...flags, ...(bundling ? {} : { "aws:cdk:bundling-stacks": [] }) } });
}

/** The stack for what a person writes into smalltarget.json. */
export function aStack(app: App, options: Readonly<Record<string, unknown>> = {}): SmallTargetStack {
  const noFile = (path: string) => {
    throw new Error(`the options name ${path}`);
  };
  return new SmallTargetStack(app, "SmallTarget", readConfiguration(options, noFile, now));
}

export function template(options: Readonly<Record<string, unknown>> = {}): Template {
  return Template.fromStack(aStack(anApp(), options));
}

export interface Resource {
  readonly Type: string;
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  readonly Metadata?: Readonly<Record<string, string>>;
  // the shape differs by type: tests look at what they know
  // biome-ignore lint/suspicious/noExplicitAny: CloudFormation's JSON
  readonly Properties: any;
}

/** Resources by logical id, optionally of one type. */
export function resources(of: Template, type?: string): [string, Resource][] {
  const all = Object.entries(of.toJSON().Resources as Record<string, Resource>);
  return all.filter(([, resource]) => type === undefined || resource.Type === type);
}
