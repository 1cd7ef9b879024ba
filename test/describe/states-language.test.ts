import { describe, expect, test } from "vitest";
import { callsOf } from "../../shared/describe/states-language.ts";

const place = { partition: "aws", region: "eu-west-1", account: "111122223333" };
const at = (service: string, rest: string) => `arn:aws:${service}:eu-west-1:111122223333:${rest}`;
const fn = (name: string) => at("lambda", `function:${name}`);
const task = (Resource: string, Parameters?: object, more: object = {}) => ({
  Type: "Task",
  Resource,
  ...(Parameters ? { Parameters } : {}),
  ...more,
});
const machine = (States: object) => JSON.stringify({ StartAt: "A", States });
const calls = (States: object) => callsOf(machine(States), place).calls.map(({ to, kind }) => `${kind} ${to}`);

describe("what a state machine calls", () => {
  test("a function by ARN, by name, by partial ARN and with a qualifier", () => {
    const invoke = "arn:aws:states:::lambda:invoke";
    expect(
      calls({
        A: task(`${fn("a")}:live`),
        B: task(invoke, { FunctionName: "b:$LATEST" }),
        C: task(`${invoke}.waitForTaskToken`, { FunctionName: fn("c"), Payload: { "token.$": "$$.Task.Token" } }),
        D: task("arn:aws:states:::aws-sdk:lambda:invoke", { FunctionName: "444455556666:function:d" }),
        E: task("arn:aws:states:::aws-sdk:lambda:updateFunctionConfiguration", { FunctionName: "e" }),
      }),
    ).toEqual([
      `invokes ${fn("a")}`,
      `invokes ${fn("b")}`,
      `invokes ${fn("c")}`,
      "invokes arn:aws:lambda:eu-west-1:444455556666:function:d",
    ]);
    expect(callsOf(machine({ C: task(`${invoke}.waitForTaskToken`, { FunctionName: "c" }) }), place).calls[0]).toMatchObject({
      state: "C",
      waitsForToken: true,
    });
  });

  test("an API by its host, method and path, and whatever else is called by http", () => {
    const invoke = "arn:aws:states:::apigateway:invoke";
    const ApiEndpoint = "a1b2c3.execute-api.eu-west-1.amazonaws.com";
    expect(
      calls({
        A: task(invoke, { ApiEndpoint, Method: "GET", Stage: "prod", Path: "/orders/17", AuthType: "IAM_ROLE" }),
        B: task(`${invoke}.waitForTaskToken`, { ApiEndpoint, Method: "POST", "Path.$": "$.path" }),
        C: task(invoke, undefined, { Arguments: { ApiEndpoint, Method: "PUT", Path: "{% $path %}" } }),
        D: task(invoke, { ApiEndpoint, Method: "DELETE" }),
        E: task("arn:aws:states:::http:invoke", { ApiEndpoint: `https://${ApiEndpoint}/prod/orders`, Method: "GET" }),
        F: task("arn:aws:states:::http:invoke", { ApiEndpoint: "https://user:hunter2@API.example.com/x?key=hunter2", Method: "GET" }),
        G: task("arn:aws:states:::aws-sdk:apigateway:getRestApis", {}),
      }),
    ).toEqual([
      `invokes ${at("execute-api", "a1b2c3/prod/GET/orders/17")}`,
      `invokes ${at("execute-api", "a1b2c3/*/POST/*")}`,
      `invokes ${at("execute-api", "a1b2c3/*/PUT/*")}`,
      `invokes ${at("execute-api", "a1b2c3/*/DELETE/")}`,
      `invokes ${at("execute-api", "a1b2c3/prod/GET/orders")}`,
      "invokes https://api.example.com/",
    ]);
    const dynamic = machine({ A: task(invoke, { "ApiEndpoint.$": "$.host", Method: "GET" }) });
    expect(callsOf(dynamic, place)).toEqual({ calls: [], dynamic: [`A ${invoke}`] });
  });

  test("tables of a batch, secrets, and a function in an expression that is nothing but its name", () => {
    expect(
      calls({
        A: task("arn:aws:states:::aws-sdk:dynamodb:batchWriteItem", { RequestItems: { orders: [], "log.$": "$.rows" } }),
        B: task("arn:aws:states:::aws-sdk:secretsmanager:getSecretValue", { SecretId: "db" }),
        C: task("arn:aws:states:::lambda:invoke", undefined, { Arguments: { FunctionName: `{% '${fn("c")}' %}` } }),
      }),
    ).toEqual([
      `may-write ${at("dynamodb", "table/orders")}`,
      `may-write ${at("dynamodb", "table/log")}`,
      `may-read ${at("secretsmanager", "secret:db")}`,
      `invokes ${fn("c")}`,
    ]);
    const dynamic = callsOf(machine({ A: task("arn:aws:states:::aws-sdk:dynamodb:batchWriteItem", { RequestItems: "$.all" }) }), place);
    expect(dynamic.dynamic).toHaveLength(1);
  });

  test("everything in parallel branches, maps, distributed maps with reader and writer, nested", () => {
    const inner = { StartAt: "X", States: { X: task(fn("deep")) } };
    expect(
      calls({
        P: {
          Type: "Parallel",
          Branches: [inner, { StartAt: "Y", States: { Y: { Type: "Map", Iterator: { States: { Z: task(fn("deeper")) } } } } }],
        },
        M: {
          Type: "Map",
          ItemReader: { Resource: "arn:aws:states:::s3:getObject", Parameters: { Bucket: "in", Key: "list.json" } },
          ItemProcessor: { ProcessorConfig: { Mode: "DISTRIBUTED" }, StartAt: "Q", States: { Q: task(fn("each")) } },
          ResultWriter: { Resource: "arn:aws:states:::s3:putObject", Parameters: { Bucket: "out" } },
        },
      }),
    ).toEqual([
      `invokes ${fn("deep")}`,
      `invokes ${fn("deeper")}`,
      "may-read arn:aws:s3:::in",
      `invokes ${fn("each")}`,
      "may-write arn:aws:s3:::out",
    ]);
  });

  test("tables, queues, topics, buses, streams and other machines, optimized or by the SDK, in JSONata too", () => {
    expect(
      calls({
        A: task("arn:aws:states:::dynamodb:getItem", { TableName: "orders" }),
        B: task("arn:aws:states:::aws-sdk:dynamodb:batchWriteItem", { TableName: "log" }),
        C: task("arn:aws:states:::sqs:sendMessage", { QueueUrl: "https://sqs.eu-west-1.amazonaws.com/111122223333/work" }),
        D: { Type: "Task", Resource: "arn:aws:states:::sns:publish", Arguments: { TopicArn: at("sns", "news"), Message: "{% $x %}" } },
        E: task("arn:aws:states:::events:putEvents", { Entries: [{ EventBusName: "shop" }, { Source: "x" }] }),
        F: task("arn:aws:states:::states:startExecution.sync:2", { StateMachineArn: at("states", "stateMachine:child:live") }),
        G: task("arn:aws:states:::aws-sdk:eventbridge:putEvents", { Entries: [{ EventBusName: at("events", "event-bus/other") }] }),
        H: task("arn:aws:states:::aws-sdk:kinesis:putRecord", { StreamName: "clicks" }),
      }),
    ).toEqual([
      `may-read ${at("dynamodb", "table/orders")}`,
      `may-write ${at("dynamodb", "table/log")}`,
      `publishes-to ${at("sqs", "work")}`,
      `publishes-to ${at("sns", "news")}`,
      `publishes-to ${at("events", "event-bus/shop")}`,
      `publishes-to ${at("events", "event-bus/default")}`,
      `invokes ${at("states", "stateMachine:child")}`,
      `publishes-to ${at("events", "event-bus/other")}`,
      `publishes-to ${at("kinesis", "stream/clicks")}`,
    ]);
  });

  test("names that come with the execution are said to be open, not guessed", () => {
    const { calls: known, dynamic } = callsOf(
      machine({
        A: task("arn:aws:states:::lambda:invoke", { "FunctionName.$": "$.name" }),
        B: { Type: "Task", Resource: "arn:aws:states:::lambda:invoke", Arguments: { FunctionName: "{% $states.input.name %}" } },
        C: task("arn:aws:states:::events:putEvents", { "Entries.$": "$.entries" }),
      }),
      place,
    );
    expect(known).toEqual([]);
    expect(dynamic).toEqual([
      "A arn:aws:states:::lambda:invoke",
      "B arn:aws:states:::lambda:invoke",
      "C arn:aws:states:::events:putEvents",
    ]);
  });

  test("what only looks like a task in data that is passed on is none", () => {
    expect(calls({ A: { Type: "Pass", Result: { Resource: fn("data") } }, B: task(fn("b"), { Resource: fn("data") }) })).toEqual([
      `invokes ${fn("b")}`,
    ]);
    expect(() => callsOf("not json", place)).toThrow();
  });
});
