import { expect, test } from "vitest";
import { collectEventSourceMappings } from "../../../shared/collect/lambda/event-source-mappings.ts";
import { aContext, answering } from "../a-context.ts";

test("a mapping to a Kafka cluster outside AWS names its brokers, without anything that is no host", async () => {
  const endpoints = { KAFKA_BOOTSTRAP_SERVERS: ["b.example.com:9092", "a.example.com:9092", "user:secret@c.example.com"] };
  const tape = answering({
    "lambda:ListEventSourceMappings": () => ({
      EventSourceMappings: [
        {
          UUID: "u1",
          FunctionArn: "arn:aws:lambda:eu-west-1:111122223333:function:orders:live",
          State: "Enabled",
          SelfManagedEventSource: { Endpoints: endpoints },
          SourceAccessConfigurations: [{ Type: "BASIC_AUTH", URI: "arn:aws:secretsmanager:eu-west-1:111122223333:secret:kafka" }],
        },
      ],
    }),
  });
  const { items } = await collectEventSourceMappings(aContext(tape));
  expect(items).toEqual([
    {
      uuid: "u1",
      functionArn: "arn:aws:lambda:eu-west-1:111122223333:function:orders",
      brokers: ["a.example.com:9092", "b.example.com:9092"],
      enabled: true,
      state: "Enabled",
    },
  ]);
});
