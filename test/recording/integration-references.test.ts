import { describe, expect, test } from "vitest";
import { integrationReferences, withoutSecrets } from "../../shared/aws/integration-references.ts";

const inTemplate = (template: string) => integrationReferences({}, { "application/json": template }).names;

describe("what an integration says of its target", () => {
  test("stands in its template, as JSON, escaped, or as a form", () => {
    expect(inTemplate('{ "TableName": "orders", "Item": {"TableNameOf": "x"} }')).toEqual({ TableName: "orders" });
    expect(inTemplate('{\\"EventBusName\\": \\"shop\\"}')).toEqual({ EventBusName: "shop" });
    expect(inTemplate("Action=Publish&TopicArn=arn%3Aaws%3Asns%3Aeu-west-1%3A111122223333%3Anews&Message=x")).toEqual({
      TopicArn: "arn:aws:sns:eu-west-1:111122223333:news",
    });
    expect(inTemplate("Action=Publish&TopicArn=$util.urlEncode('arn:aws:sns:eu-west-1:111122223333:news')")).toEqual({
      TopicArn: "arn:aws:sns:eu-west-1:111122223333:news",
    });
  });

  const machine = "arn:aws:states:eu-west-1:111122223333:stateMachine:pay";
  test.each([
    ["a variable", `#set($machine = "${machine}")\n{"input": "x", "stateMachineArn": "$machine"}`],
    ["a variable in braces", `#set( $m = '${machine}' )\n{"stateMachineArn": "\${m}"}`],
    ["a quiet variable", `#set($m = "${machine}"){"stateMachineArn": "$!{m}"}`],
    [
      "a variable of a variable",
      `#set($name = "pay")#set($m="arn:aws:states:eu-west-1:111122223333:stateMachine:$name"){"stateMachineArn": "$m"}`,
    ],
    ["put()", `#set($body = $util.parseJson($input.body))#set($x = $body.put("stateMachineArn", "${machine}"))$body`],
    ["put() of a variable", `#set($m = "${machine}")$body.put('stateMachineArn', $m)`],
    ["a property", `#set($body.stateMachineArn = "${machine}")`],
    ["what a comment does not say", `## stateMachineArn: "old"\n#* "stateMachineArn": "older" *#\n{"stateMachineArn": "${machine}"}`],
    [
      "the branch that is known",
      `#if($input.params('m') != "")"stateMachineArn": "$input.params('m')"#else"stateMachineArn": "${machine}"#end`,
    ],
  ])("as %s of a mapping template", (_, template) => expect(inTemplate(template).stateMachineArn).toBe(machine));

  test("as a form, with a variable in a function that changes nothing", () => {
    const queue = "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs";
    const template = `#set($queue = "${queue}")Action=SendMessage&QueueUrl=$util.urlEncode($queue)&MessageBody=$input.body`;
    expect(inTemplate(template)).toEqual({ QueueUrl: queue });
  });

  test("with the account, the stage and its variables in their places, and not in parts", () => {
    const of = (arn: string) => inTemplate(`#set($m = ${arn})\n{"stateMachineArn": "$m"}`).stateMachineArn;
    expect(of('"arn:aws:states:eu-west-1:$context.accountId:stateMachine:pay-$context.stage"')).toBe(
      `arn:aws:states:eu-west-1:\${context.accountId}:stateMachine:pay-\${context.stage}`,
    );
    expect(of("$stageVariables.get('machine')")).toBe(`\${stageVariables.machine}`);
    expect(of('$stageVariables["machine"]')).toBe(`\${stageVariables.machine}`);
    expect(of('"arn:aws:states:eu-west-1:" + $context.accountId')).toBe("*");
    expect(of("$m")).toBe("*");
    expect(of("$input.params('m')")).toBe("*");
  });

  test("a placeholder of a service's URI stands for what its parameter says; data of callers is not kept", () => {
    const uri = "arn:aws:apigateway:eu-west-1:s3:path/{bucket}/{key}/{more}";
    const mapped = (value: string, of = uri) => {
      const parameters = { "integration.request.path.bucket": value, "integration.request.path.more": "'hunter2'" };
      return integrationReferences(parameters, {}, of).names;
    };
    expect(mapped("'uploads'")).toEqual({ "{bucket}": "uploads" });
    expect(mapped("stageVariables.bucket")).toEqual({ "{bucket}": `\${stageVariables.bucket}` });
    expect(mapped("method.request.path.folder")).toEqual({ "{bucket}": "*" });
    expect(mapped("'uploads'", "https://api.example.com/{bucket}/{more}")).toEqual({});
    expect(integrationReferences(mapped("'uploads'"), {}, uri).names).toEqual(mapped("'uploads'"));
  });

  test("or in its parameters", () => {
    const queue = "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs";
    expect(integrationReferences({ QueueUrl: queue, MessageBody: "$request.body" }).names).toEqual({ QueueUrl: queue });
    const mapped = (value: string) => integrationReferences({ "integration.request.querystring.QueueUrl": value }).names;
    expect(mapped(`'${queue}'`)).toEqual({ QueueUrl: queue });
    expect(mapped("stageVariables.queue")).toEqual({ QueueUrl: `\${stageVariables.queue}` });
    expect(mapped("method.request.querystring.queue")).toEqual({ QueueUrl: "*" });
  });

  test("is anything where the caller's request decides; a stage variable stays one", () => {
    expect(inTemplate('{"StreamName": "$input.params(\'stream\')"}')).toEqual({ StreamName: "*" });
    expect(inTemplate('{"TableName": "$stageVariables.table"}')).toEqual({ TableName: `\${stageVariables.table}` });
    expect(inTemplate(`{"TableName": "\${stageVariables.table}"}`)).toEqual({ TableName: `\${stageVariables.table}` });
  });

  test("waits, unless it says that it does not", () => {
    const header = "integration.request.header.X-Amz-Invocation-Type";
    expect(integrationReferences().waits).toBe(true);
    expect(integrationReferences({ [header]: "'Event'" }).waits).toBe(false);
    expect(integrationReferences({ [header]: "'RequestResponse'" }).waits).toBe(true);
    // the caller chooses: it may wait
    expect(integrationReferences({ [header]: "method.request.header.InvocationType" }).waits).toBe(true);
  });

  test("a URL keeps its host only", () => {
    expect(withoutSecrets("https://me:secret@api.example.com:8443/x?key=secret#y")).toBe("https://api.example.com:8443/");
    expect(withoutSecrets("arn:aws:sqs:eu-west-1:111122223333:jobs")).toBe("arn:aws:sqs:eu-west-1:111122223333:jobs");
  });
});
