/**
 * Packages that others publish and that ask AWS on behalf of the code, without the code naming an operation: mappers of tables, readers of
 * queues, stores of sessions and logs, clients of models. What they ask for depends on what is done with them, and is not followed: where one is
 * loaded from outside of the code, the list of calls is not whole. From what they say they do (28 November 2026); those of which it can be
 * told what they ask for are in libraries.ts.
 */
import { isKnownPackage } from "../../data/node-packages.ts";
import type { UnresolvedCall } from "../../model/code.ts";
import { packageOf } from "./libraries.ts";
import type { Module } from "./scopes.ts";

const asking = new Set([
  ...[
    "dynamoose",
    "electrodb",
    "dynamodb-toolbox",
    "dynamodb-onetable",
    "@typedorm/core",
    "@shiftcoders/dynamo-easy",
    "dyngoose",
    "vogels",
  ],
  ...["dynamodb", "@aws/dynamodb-data-mapper", "@aws/dynamodb-batch-iterator", "@aws/dynamodb-query-iterator", "dynamodb-lock-client"],
  ...["sqs-consumer", "sqs-producer", "@ssut/nestjs-sqs", "multer-s3", "s3-streamlogger", "s3-upload-stream", "s3-zip", "s3fs"],
  ...["winston-cloudwatch", "connect-dynamodb", "aws-param-store", "nodemailer-ses-transport"],
  ...["@aws-lite/client", "aws4-axios", "@aws-crypto/client-node", "@aws-crypto/decrypt-node", "@aws-crypto/encrypt-node"],
  ...["@langchain/aws", "@ai-sdk/amazon-bedrock", "@anthropic-ai/bedrock-sdk"],
]);
/** Clients of SDK v2 with a trace around them. */
const askingFamily = /^@dazn\/lambda-powertools-[\w-]+-client$/;

/** How nodemailer is told to send through a client of SES: `createTransport({ SES: { ses } })`. */
const sendsBySes = /\bSES["']?\s*[:,}]/;

/** Whether a package is one of these, by its name. */
export function asksAws(name: string): boolean {
  return asking.has(name) || askingFamily.test(name);
}

/** Whether nobody here knows what a package asks for: it is no well-known one without questions, and none of these. */
export function isUnknownPackage(name: string): boolean {
  return !isKnownPackage(name) && !asksAws(name);
}

/** Whether a text may load such a package. */
export function mentionsAsking(text: string): boolean {
  for (const [, specifier = ""] of text.matchAll(/["'`](@?[a-z][\w./-]{1,100})["'`]/g)) if (asksAws(packageOf(specifier))) return true;
  return false;
}

/**
 * What is open because a file that counts loads such a package, or one that may ask AWS and could not be read: once for each package.
 * @param closed whether a package is one of the latter
 */
export function callsOfPackages(modules: Iterable<Module>, closed: (name: string) => boolean): UnresolvedCall[] {
  const open = new Map<string, UnresolvedCall>();
  for (const { path, sources, text } of modules) {
    for (const source of sources) {
      const name = packageOf(source);
      if ((asksAws(name) || closed(name) || (name === "nodemailer" && sendsBySes.test(text))) && !open.has(name))
        open.set(name, { what: `what the package ${name} asks for`, at: `${path}:1` });
    }
  }
  return [...open.values()];
}
