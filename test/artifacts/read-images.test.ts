// From a registry's answers to what is kept: manifests and links asked of a stubbed ECR, layers fetched from a server on this machine.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it, onTestFinished, vi } from "vitest";
import type { KeptArtifact } from "../../shared/artifacts/kept-artifact.ts";
import type { Outcome } from "../../shared/artifacts/outcome.ts";
import { type ImageArtifact, readImages } from "../../shared/artifacts/read-images.ts";
import { CallCount, type Tape } from "../../shared/aws/client-options.ts";
import { createClients } from "../../shared/aws/clients.ts";
import { Pace, presignedRead } from "../../shared/aws/pace.ts";
import { recordTo } from "../../shared/aws/recording.ts";
import type { PackageList } from "../../shared/model/packages.ts";
import { imageLister } from "../../shared/scan/code-analyzers.ts";
import { awsError } from "../stub-account.ts";
import { type AnImage, anImage, layerOf } from "./a-layer.ts";
import { aRangeServer } from "./a-range-server.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

type Ecr = (operation: string, input: Readonly<Record<string, unknown>>) => Record<string, unknown> | undefined;

interface Surroundings {
  /** Answers in place of the registry; undefined: let it answer. */
  readonly ecr?: Ecr;
  readonly isOutOfTime?: () => boolean;
  readonly mostBytes?: number;
  readonly lister?: typeof imageLister;
  readonly recorder?: Tape;
}

async function read(
  images: readonly AnImage[],
  { ecr = () => undefined, isOutOfTime = () => false, mostBytes = 1e9, lister = imageLister, recorder }: Surroundings = {},
) {
  const server = await aRangeServer();
  vi.stubEnv("AWS_ENDPOINT_URL", server.url);
  server.expired.add("/old?X-Amz-Signature=signed");
  let links = 0;
  const registry: Ecr = (operation, input) => {
    if (operation === "ecr:BatchGetImage") {
      const [{ imageDigest } = { imageDigest: "" }] = input.imageIds as { imageDigest: string }[];
      return { images: images.flatMap(({ digest, manifest }) => (digest === imageDigest ? [{ imageManifest: manifest }] : [])) };
    }
    links += 1;
    const layer = images.flatMap(({ layers }) => [...layers]).find(([digest]) => digest === input.layerDigest);
    if (layer) server.artifacts.set(`/layer-${links}?X-Amz-Signature=signed`, layer[1]);
    return { downloadUrl: `${server.url}/layer-${links}?X-Amz-Signature=signed` };
  };
  const asked: string[] = [];
  const stubbed: Tape = {
    offline: false,
    async answer({ operation, input }, ask) {
      if (operation === presignedRead) return ask();
      asked.push(operation);
      return ecr(operation, input) ?? (registry(operation, input) as Record<string, unknown>);
    },
  };
  const tape: Tape = recorder ? { offline: false, answer: (call, ask) => recorder.answer(call, () => stubbed.answer(call, ask)) } : stubbed;
  const clients = createClients({ pace: new Pace(), calls: new CallCount(), tape });
  const outcomes: Outcome[] = [];
  const lists: PackageList[] = [];
  const layers: KeptArtifact[] = [];
  const wanted = images.map(({ digest }, i): ImageArtifact => {
    const image = { repository: "team/app", digest, architecture: "arm64" };
    return { key: `image ${i}`, region: "eu-west-1", questions: [], image };
  });
  const shelf = async () => ({ get: () => undefined, put: () => undefined, refuse: () => undefined });
  await readImages(
    wanted,
    { clients, lister, now: new Date(0), isOutOfTime, shelf, mostBytes },
    {
      layer: async ({ kept }) => void layers.push(kept),
      image: async (outcome, list) => {
        outcomes.push(outcome);
        if (list) lists.push(list);
      },
    },
  );
  return { outcomes, lists, layers, asked, server };
}

const packageLayer = (name: string) =>
  layerOf({ [`var/task/node_modules/${name}/package.json`]: JSON.stringify({ name, version: "1.0.0" }) });
const image = anImage(packageLayer("left"), packageLayer("right"));

it("fetches each layer by the link that the registry gives for it, and asks for another where a link is too old", async () => {
  let refused = 0;
  const { outcomes, lists, asked, server } = await read([image], {
    ecr: (operation) => {
      refused += operation === "ecr:GetDownloadUrlForLayer" ? 1 : 0;
      return operation === "ecr:GetDownloadUrlForLayer" && refused === 1
        ? { downloadUrl: `${process.env.AWS_ENDPOINT_URL}/old?X-Amz-Signature=signed` }
        : undefined;
    },
  });
  expect(outcomes).toMatchObject([
    { key: "image 0", kept: { readings: [], layers: [...image.layers.keys()].map((digest) => `image-layer ${digest}`) } },
  ]);
  expect(lists[0]?.packages.map(({ name, evidence }) => [name, evidence.layer])).toEqual([
    ["left", [...image.layers.keys()][0]],
    ["right", [...image.layers.keys()][1]],
  ]);
  expect(asked).toEqual(["ecr:BatchGetImage", ...Array<string>(3).fill("ecr:GetDownloadUrlForLayer")]);
  expect(server.asked.map((one) => one.split("?")[0])).toEqual(["GET /old", "GET /layer-1", "GET /layer-2"]);
});

it("leaves neither manifest nor link nor content in a recording", async () => {
  const folder = mkdtempSync(join(tmpdir(), "smalltarget-recorded-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, "recording.ndjson");
  const recorder = recordTo(path, new Date(0));
  expect((await read([image], { recorder })).lists).toHaveLength(1);
  recorder.close();
  const text = readFileSync(path, "utf8");
  for (const operation of ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]) expect(text).toContain(operation);
  for (const secret of ["schemaVersion", "Signature", "127.0.0.1", "node_modules"]) expect(text).not.toContain(secret);
});

it("asks a registry no more that has refused ten in a row, and says so of every image", async () => {
  const images = Array.from({ length: 60 }, (_, i) => anImage(packageLayer(`p${i}`)));
  const { outcomes, asked } = await read(images, {
    ecr: () => {
      throw awsError("AccessDeniedException", "not for you");
    },
  });
  expect(asked.length).toBeLessThan(15);
  expect(outcomes).toHaveLength(60);
  for (const outcome of outcomes)
    expect(outcome).toMatchObject({ failure: { operation: "ecr:BatchGetImage", code: "AccessDeniedException" } });
});

it("believes no manifest that is not the one asked for, and follows no link that leads elsewhere", async () => {
  const other = await read([image], {
    ecr: (operation) => (operation === "ecr:BatchGetImage" ? { images: [{ imageManifest: "{}" }] } : undefined),
  });
  expect(other.outcomes).toMatchObject([{ failure: { code: "OtherManifest" } }]);
  const elsewhere = await read([image], {
    ecr: (operation) =>
      operation === "ecr:GetDownloadUrlForLayer" ? { downloadUrl: "https://elsewhere.example.com/?X-Amz-Signature=signed" } : undefined,
  });
  expect(elsewhere.outcomes).toMatchObject([{ failure: { operation: presignedRead, code: "LinkRefused" } }]);
  expect(JSON.stringify(elsewhere.outcomes)).not.toContain("X-Amz");
});

it("refuses a layer that is not what its digest says, and the image with it, for as long as they are the same", async () => {
  const [first, second] = [...image.layers.values()] as [Buffer, Buffer];
  const [lower, higher] = [...image.layers.keys()] as [string, string];
  const { outcomes, layers } = await read([
    {
      ...image,
      layers: new Map([
        [lower, second],
        [higher, first],
      ]),
    },
  ]);
  expect(layers).toMatchObject([{ refused: { code: expect.stringMatching(/^Layer(?:Digest|LyingSize)$/) } }]);
  expect(outcomes).toMatchObject([
    { kept: { refused: { code: expect.stringMatching(/^Layer/), why: expect.stringContaining("layer sha256:") } } },
  ]);
});

it("leaves what does not fit into the bytes of one scan for the next, but never for all of them", async () => {
  const { outcomes } = await read([image, anImage(packageLayer("third"))], { mostBytes: 1 });
  expect(outcomes).toEqual([
    { key: "image 0", left: true },
    { key: "image 1", left: true },
  ]);
  const one = await read([anImage(packageLayer("only"))], { mostBytes: 1 });
  expect(one.lists).toHaveLength(1);
});

it("refuses a layer that takes the whole time of a scan for itself: it would take it again every day", async () => {
  let asked = 0;
  const isOutOfTime = () => {
    asked += 1;
    // both manifests, before the first image, and before its first layer
    return asked > 4;
  };
  const { outcomes, layers } = await read([image, anImage(packageLayer("third"))], { isOutOfTime });
  expect(layers.map(({ refused }) => refused?.code)).toEqual(expect.arrayContaining(["LayerTooSlow"]));
  expect(outcomes.some((outcome) => "left" in outcome)).toBe(true);
});

it("puts no layers together once the time is over, also where none is left to be read", async () => {
  const without = anImage();
  let asked = 0;
  const isOutOfTime = () => {
    asked += 1;
    return asked > 2;
  };
  expect((await read([without, without])).lists).toHaveLength(2);
  expect((await read([without, without], { isOutOfTime })).outcomes).toEqual([
    { key: "image 0", left: true },
    { key: "image 1", left: true },
  ]);
});

it("refuses an image whose layers name so much together that they would fill the memory", async () => {
  const lister = { ...imageLister, charactersIn: () => 30 * 1024 * 1024 };
  const { outcomes } = await read([anImage(packageLayer("one")), anImage(packageLayer("two"), packageLayer("three"))], { lister });
  expect(outcomes).toMatchObject([{ kept: { layers: [expect.anything()] } }, { kept: { refused: { code: "TarLongNames" } } }]);
});

it("says what the server does, and tries another time", async () => {
  const server = vi.fn();
  const { outcomes } = await read([image], {
    ecr: (operation) => {
      if (operation !== "ecr:GetDownloadUrlForLayer") return undefined;
      server();
      throw awsError("LayerInaccessibleException", "the layer is not available");
    },
  });
  expect(server).toHaveBeenCalledOnce();
  expect(outcomes).toMatchObject([{ failure: { operation: "ecr:GetDownloadUrlForLayer", code: "LayerInaccessibleException" } }]);
});
