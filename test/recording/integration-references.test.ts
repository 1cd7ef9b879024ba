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

  test("or in its parameters", () => {
    const queue = "https://sqs.eu-west-1.amazonaws.com/111122223333/jobs";
    expect(integrationReferences({ QueueUrl: queue, MessageBody: "$request.body" }).names).toEqual({ QueueUrl: queue });
    expect(integrationReferences({ "integration.request.querystring.QueueUrl": `'${queue}'` }).names).toEqual({ QueueUrl: queue });
  });

  test("is anything where the caller's request decides; a stage variable stays one", () => {
    expect(inTemplate('{"StreamName": "$input.params(\'stream\')"}')).toEqual({ StreamName: "*" });
    expect(inTemplate('{"TableName": "$stageVariables.table"}')).toEqual({ TableName: "$stageVariables.table" });
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
