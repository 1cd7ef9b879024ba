import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { ListFunctionEventInvokeConfigsCommand } from "@aws-sdk/client-lambda";
import { expect, onTestFinished, test, vi } from "vitest";
import { CallCount } from "../../shared/aws/client-options.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { unpaced } from "./unpaced.ts";

test("an answer whose date is text, as emulators write it, is read without the date; an error stays what it is", async () => {
  const configuration = { FunctionArn: "arn:x", DestinationConfig: { OnFailure: { Destination: 'arn:"a,} b' } } };
  const server = createServer(({ url = "" }, response) => {
    const missing = url.includes("missing");
    response.writeHead(missing ? 404 : 200, {
      "content-type": "application/json",
      ...(missing ? { "x-amzn-errortype": "ResourceNotFoundException" } : {}),
    });
    response.end(
      missing ? "{}" : JSON.stringify({ FunctionEventInvokeConfigs: [{ LastModified: "2026-11-24T03:00:00Z", ...configuration }] }),
    );
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  onTestFinished(() => void server.close());
  vi.stubEnv("AWS_ENDPOINT_URL", `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  vi.stubEnv("AWS_ACCESS_KEY_ID", "x");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "x");
  onTestFinished(() => void vi.unstubAllEnvs());
  const lambda = createClients({ pace: unpaced(), calls: new CallCount() }).lambda("eu-west-1");
  const ask = (FunctionName: string) => lambda.send(new ListFunctionEventInvokeConfigsCommand({ FunctionName }));
  expect((await ask("orders")).FunctionEventInvokeConfigs).toEqual([configuration]);
  await expect(ask("missing")).rejects.toThrow(expect.objectContaining({ name: "ResourceNotFoundException" }));
});
