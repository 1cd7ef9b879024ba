import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { GenerateServiceLastAccessedDetailsCommand, GetRoleCommand } from "@aws-sdk/client-iam";
import { ListFunctionEventInvokeConfigsCommand } from "@aws-sdk/client-lambda";
import { expect, onTestFinished, test, vi } from "vitest";
import { CallCount } from "../../shared/aws/client-options.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { unpaced } from "./unpaced.ts";

/** Clients that ask `handler` on this machine, counting attempts. */
async function emulated(handler: RequestListener) {
  let attempts = 0;
  const server = createServer((request, response) => {
    attempts += 1;
    handler(request, response);
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  vi.stubEnv("AWS_ENDPOINT_URL", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "x");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "x");
  onTestFinished(() => void vi.unstubAllEnvs());
  return { clients: createClients({ pace: unpaced(), calls: new CallCount(), maxAttempts: 2 }), attempts: () => attempts };
}

test("an operation that the emulator does not know is asked for once; another one's page of HTML stays a failure that may pass", async () => {
  const { clients, attempts } = await emulated((_, response) => {
    response.writeHead(500, { "content-type": "text/html; charset=utf-8" });
    response.end("<!doctype html><title>500</title>");
  });
  const iam = clients.iam("us-east-1");
  const unknown = iam.send(new GenerateServiceLastAccessedDetailsCommand({ Arn: "arn:aws:iam::111122223333:role/orders" }));
  await expect(unknown).rejects.toThrow(expect.objectContaining({ name: "UnsupportedOperation" }));
  expect(attempts()).toBe(1);
  await expect(iam.send(new GetRoleCommand({ RoleName: "orders" }))).rejects.not.toThrow(
    expect.objectContaining({ name: "UnsupportedOperation" }),
  );
  expect(attempts()).toBe(3);
});

test("an answer whose date is text, as emulators write it, is read without the date; an error stays what it is", async () => {
  const configuration = { FunctionArn: "arn:x", DestinationConfig: { OnFailure: { Destination: 'arn:"a,} b' } } };
  const { clients } = await emulated(({ url = "" }, response) => {
    const missing = url.includes("missing");
    response.writeHead(missing ? 404 : 200, {
      "content-type": "application/json",
      ...(missing ? { "x-amzn-errortype": "ResourceNotFoundException" } : {}),
    });
    response.end(
      missing ? "{}" : JSON.stringify({ FunctionEventInvokeConfigs: [{ LastModified: "2026-11-24T03:00:00Z", ...configuration }] }),
    );
  });
  const lambda = clients.lambda("eu-west-1");
  const ask = (FunctionName: string) => lambda.send(new ListFunctionEventInvokeConfigsCommand({ FunctionName }));
  expect((await ask("orders")).FunctionEventInvokeConfigs).toEqual([configuration]);
  await expect(ask("missing")).rejects.toThrow(expect.objectContaining({ name: "ResourceNotFoundException" }));
});
