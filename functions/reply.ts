/** Answers to questions, by the links of messages (function URL), and the button in chat (`{"id":"F-..."}`). */
import { Logger } from "@aws-lambda-powertools/logger";

import { createOwnClients } from "../shared/aws/own-clients.ts";
import { type ReplyEvent, replyTo, snooze } from "../shared/replies/reply.ts";
import { DynamodbStore } from "../shared/store/dynamodb-store.ts";
import { readReplyVariables } from "./environment.ts";

const logger = new Logger();
let key: Promise<string> | undefined;

/** Needs TABLE_NAME and REPLY_KEY_ARN. What it throws stands in the log; who calls the URL is told nothing of it. */
export const handler = async (event: ReplyEvent, context: { readonly invokedFunctionArn: string }) => {
  try {
    const { tableName, keyArn, region } = readReplyVariables(process.env);
    const own = createOwnClients(region);
    const account = context.invokedFunctionArn.split(":")[4] ?? "";
    const place = { store: new DynamodbStore(own.dynamodb, tableName), account, regions: [], resources: [], now: new Date() };
    const http = event.requestContext?.http;
    if (!http) return { text: await snooze(String(event.id ?? ""), place) };
    const { GetSecretValueCommand } = await import("@aws-sdk/client-secrets-manager");
    key ??= own
      .secretsmanager()
      .then(async (client) => (await client.send(new GetSecretValueCommand({ SecretId: keyArn }))).SecretString ?? "");
    const body = event.isBase64Encoded ? Buffer.from(event.body ?? "", "base64").toString("utf8") : (event.body ?? "");
    return await replyTo({ method: http.method, query: event.queryStringParameters ?? {}, body }, place, await key);
  } catch (error) {
    key = undefined;
    logger.error("an answer could not be taken", { error: error as Error });
    throw new Error("the answer could not be taken: try again later", { cause: error });
  }
};
