import { describe, expect, test } from "vitest";
import { operations, parameters, read } from "./reading.ts";

const signer = (options: string, more = "") => `import { SignatureV4 } from "@smithy/signature-v4";
  const options = { region: "eu-west-1", sha256, ${options} }; const signer = new SignatureV4(options);
  export const handler = (event) => signer.sign({ method: "POST", path: event.path ${more} });`;

describe("a request that the program signs itself", () => {
  test.each([
    [`service: "appsync"`, ["appsync.GraphQL"]],
    [`service: "vpc-lattice-svcs"`, ["vpclatticesvcs.Invoke"]],
    [`service: "execute-api"`, ["executeapi.Invoke"]],
  ])("asks for what its service lets it: %s", (options, asked) => {
    const summary = read(signer(options));
    expect(operations(summary)).toEqual(asked);
    expect(summary.unresolved).toEqual([]);
  });

  test("is open where the service is not told, or lets it ask for more than one thing", () => {
    for (const options of ["service: process.env.SERVICE", `service: "es"`, "...defaults"]) {
      const summary = read(signer(options));
      expect(operations(summary)).toEqual([]);
      expect(summary.unresolved.map(({ what }) => what)).toEqual(["a request that the code signs itself"]);
    }
    expect(read(signer(`service: "execute-api"`, ", to: '/@connections/1'")).unresolved).toHaveLength(1);
  });

  test("is known where a package signs it", () => {
    const text = `const { createSignedFetcher: make } = require("aws-sigv4-fetch");
      const ask = make({ service: "lambda" }); exports.handler = () => ask("https://abc.lambda-url.eu-west-1.on.aws/");`;
    expect(operations(read(text))).toEqual(["lambda.Invoke", "lambda.InvokeFunctionUrl"]);
  });

  test("is known inside a bundle, where what the SDK signs is none", () => {
    const inside = `class S extends B { async presign(r, o) { if (o.e > m) return Promise.reject("Signature version 4 presigned URLs must have an expiration date less than one week in the future"); } }
      const configured = (c) => { const p = { ...c, service: c.signingName }; return new (c.signerConstructor || S)(p); };`;
    const own = `const s = new S({ service: "appsync", credentials: k() }); exports.handler = () => [configured, s.sign({})];`;
    for (const text of [inside, inside.replace("URLs must", 'URLs" + " must')]) {
      const summary = read(`${text} ${own}`.concat(" require('@aws-sdk/client-sts');"));
      expect(operations(summary)).toEqual(["appsync.GraphQL"]);
      expect(summary.unresolved).toEqual([]);
    }
  });
});

describe("requests that options list", () => {
  test("are named one by one", () => {
    const summary = read(`import middy from "@middy/core"; import ssm from "@middy/ssm"; import secrets from "@middy/secrets-manager";
      const { STAGE } = process.env;
      export const handler = middy(() => 1)
        .use(ssm({ setToContext: true, fetchData: { limits: \`/shop/\${STAGE}/limits\`, all: "/shop/flags/" } }))
        .use(secrets({ fetchData: { key: process.env.KEY_SECRET } }));`);
    expect(operations(summary)).toEqual(["secretsmanager.GetSecretValue", "ssm.GetParameters", "ssm.GetParametersByPath"]);
    expect(parameters(summary)).toEqual(["Names=/shop/$STAGE/limits", "Path=/shop/flags/", "SecretId=$KEY_SECRET"]);
  });

  test("are open where they are not told", () => {
    const summary = read(
      `import ssm from "@middy/ssm"; import middy from "@middy/core"; export const handler = middy(f).use(ssm(options()));`,
    );
    expect(operations(summary)).toEqual(["ssm.GetParameters"]);
    expect(parameters(summary).filter((one) => !one.endsWith("*"))).toEqual([]);
  });
});

test("a function that calls itself with what it was given names nothing else", () => {
  const summary = read(`import { S3 } from "@aws-sdk/client-s3"; const s3 = new S3();
    class Folders { async clear(Bucket, Prefix) { const { IsTruncated } = await s3.listObjectsV2({ Bucket, Prefix }); if (IsTruncated) await this.clear(Bucket, Prefix + "/"); } }
    export const handler = (event) => new Folders().clear("archive", event.folder);`);
  expect(parameters(summary).filter((one) => one.startsWith("Bucket"))).toEqual(["Bucket=archive"]);
});
