// From AWS's answer to what is kept: links asked of a stubbed Lambda, bytes fetched from a server on this machine.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, onTestFinished, test, vi } from "vitest";
import type { Outcome } from "../../shared/artifacts/outcome.ts";
import { readArtifacts } from "../../shared/artifacts/read-artifacts.ts";
import type { WantedArtifact } from "../../shared/artifacts/wanted-artifacts.ts";
import { CallCount, type Tape } from "../../shared/aws/client-options.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { Pace, presignedRead } from "../../shared/aws/pace.ts";
import { recordTo } from "../../shared/aws/recording.ts";
import { account, awsError, functionArn } from "../stub-account.ts";
import { aRangeServer } from "./a-range-server.ts";
import { aZip } from "./a-zip.ts";
import { anAnalyzer } from "./an-analyzer.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

type Lambda = (operation: string, input: Readonly<Record<string, unknown>>) => Record<string, unknown>;

const code = aZip([{ name: "index.js", content: "call dynamodb GetItem" }]);
const question = { kind: "lines", runtime: "nodejs24.x", handler: "index.handler" };
const ofFunction = (name: string): WantedArtifact => ({
  key: `code ${name}`,
  region: "eu-west-1",
  functionArn: functionArn(name),
  codeSha256: "abc",
  questions: [question],
});
const ofLayer = (arn: string): WantedArtifact => ({ key: `layer ${arn}`, region: "eu-west-1", layerArn: arn, questions: [question] });

async function read(
  artifacts: readonly WantedArtifact[],
  { lambda, isOutOfTime = () => false, recorder }: { lambda?: Lambda; isOutOfTime?: () => boolean; recorder?: Tape } = {},
) {
  const server = await aRangeServer();
  vi.stubEnv("AWS_ENDPOINT_URL", server.url);
  server.artifacts.set("/code?X-Amz-Signature=signed", code);
  const Location = `${server.url}/code?X-Amz-Signature=signed`;
  const usual: Lambda = (operation) =>
    operation === "lambda:GetFunction"
      ? { Code: { Location }, Configuration: { CodeSha256: "abc", Environment: { Variables: { TOKEN: "hunter2" } } } }
      : { Content: { Location } };
  const asked: string[] = [];
  const stubbed: Tape = {
    offline: false,
    async answer({ operation, input }, ask) {
      if (operation === presignedRead) return ask();
      asked.push(`${operation} ${input.FunctionName ?? `${input.LayerName} ${input.VersionNumber}`}`);
      return (lambda ?? usual)(operation, input);
    },
  };
  const tape: Tape = recorder ? { offline: false, answer: (call, ask) => recorder.answer(call, () => stubbed.answer(call, ask)) } : stubbed;
  const calls = new CallCount();
  const outcomes: Outcome[] = [];
  const analyzer = anAnalyzer();
  const clients = createClients({ pace: new Pace(), calls, tape });
  const context = { clients, analyzerFor: () => analyzer, now: new Date(0), isOutOfTime };
  await readArtifacts(artifacts, context, async (outcome) => {
    outcomes.push(outcome);
  });
  return { outcomes, asked, server, calls };
}

const learned = { summary: { calls: [{ client: "dynamodb", operation: "GetItem" }] } };

describe("an artifact", () => {
  it("of a function is fetched by the link that AWS gives for it", async () => {
    const { outcomes, asked, server } = await read([ofFunction("orders")]);
    expect(outcomes).toMatchObject([
      { key: "code orders", kept: { key: "code orders", seenAt: "1970-01-01T00:00:00.000Z", readings: [learned] } },
    ]);
    expect(asked).toEqual([`lambda:GetFunction ${functionArn("orders")}`]);
    expect(server.asked).toEqual(["GET /code?X-Amz-Signature=signed bytes=-65557"]);
  });

  it("of a layer is asked for by its version's ARN, also where it is of another account", async () => {
    const { outcomes, asked } = await read([ofLayer("arn:aws:lambda:eu-west-1:444455556666:layer:vendor:7")]);
    expect(outcomes).toMatchObject([{ kept: { readings: [learned] } }]);
    expect(asked).toEqual(["lambda:GetLayerVersion arn:aws:lambda:eu-west-1:444455556666:layer:vendor 7"]);
  });

  it("leaves neither environment nor link nor code in a recording", async () => {
    const folder = mkdtempSync(join(tmpdir(), "smalltarget-recorded-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, "recording.ndjson");
    const recorder = recordTo(path, new Date(0));
    await read([ofFunction("orders"), ofLayer(`arn:aws:lambda:eu-west-1:${account}:layer:tools:1`)], { recorder });
    recorder.close();
    const text = readFileSync(path, "utf8");
    expect(text).toContain("lambda:GetFunction");
    expect(text).toContain("lambda:GetLayerVersion");
    for (const secret of ["hunter2", "TOKEN", "Signature", "127.0.0.1", "dynamodb"]) expect(text).not.toContain(secret);
  });

  test.each<[string, Lambda, object]>([
    [
      "is refused",
      () => {
        throw awsError("AccessDeniedException", "not for you");
      },
      { failure: { operation: "lambda:GetFunction", code: "AccessDeniedException", message: "not for you" } },
    ],
    [
      "was deleted meanwhile",
      () => {
        throw awsError("ResourceNotFoundException");
      },
      { left: true },
    ],
    ["was deployed anew meanwhile", () => ({ Code: { Location: "https://x" }, Configuration: { CodeSha256: "other" } }), { left: true }],
    ["has no link", () => ({ Configuration: { CodeSha256: "abc" } }), { failure: { code: "NoLink" } }],
    [
      "leads elsewhere",
      () => ({ Code: { Location: "https://elsewhere.example.com/?X-Amz-Signature=signed" } }),
      { failure: { operation: presignedRead, code: "LinkRefused" } },
    ],
  ])("that %s ends alone", async (_what, lambda, outcome) => {
    const { outcomes } = await read([ofFunction("orders")], { lambda });
    expect(outcomes).toMatchObject([{ key: "code orders", ...outcome }]);
    expect(JSON.stringify(outcomes)).not.toContain("X-Amz");
  });

  it("is left for the next scan when the time is over, also in the middle of one", async () => {
    let asked = 0;
    const isOutOfTime = () => {
      asked += 1;
      return asked > 1;
    };
    const { outcomes } = await read([ofFunction("a"), ofFunction("b")], { isOutOfTime });
    expect(outcomes).toHaveLength(2);
    for (const outcome of outcomes) expect(outcome).toHaveProperty("left", true);
  });

  it("is not asked for any more where AWS has refused ten in a row and given none", async () => {
    const lambda = () => {
      throw awsError("AccessDeniedException", "not for you");
    };
    const { outcomes, asked } = await read(
      Array.from({ length: 100 }, (_, i) => ofFunction(`f${i}`)),
      { lambda },
    );
    expect(asked.length).toBeLessThan(15);
    expect(outcomes).toHaveLength(100);
    for (const outcome of outcomes) expect(outcome).toMatchObject({ failure: { code: "AccessDeniedException" } });
  });
});
