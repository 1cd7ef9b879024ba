/** Links by which an owner answers a question, where the stack takes answers. */
import { createOwnClients } from "../shared/aws/own-clients.ts";
import { signReply } from "../shared/replies/token.ts";
import type { Kept } from "./kept.ts";

/** Undefined where the stack takes none. @throws what Secrets Manager answers: who asks has to be allowed to read the key */
export async function replyLinks(
  { replies, deployment }: Pick<Kept, "replies" | "deployment">,
  now: Date,
  profile?: string,
): Promise<((to: string) => (question: string) => string) | undefined> {
  if (!replies || !deployment) return undefined;
  const { GetSecretValueCommand } = await import("@aws-sdk/client-secrets-manager");
  const client = await createOwnClients(deployment.region, profile).secretsmanager();
  const { SecretString = "" } = await client.send(new GetSecretValueCommand({ SecretId: replies.keyArn }));
  return (to) => (question) => `${replies.url.replace(/\/$/, "")}/?t=${signReply(question, to, SecretString, now)}`;
}
