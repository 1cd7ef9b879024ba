/** A stubbed account whose functions run container images of its own registry, scanned by the real readers of layers. */
import { onTestFinished } from "vitest";
import { presignedRead } from "../../shared/aws/pace.ts";
import type { ArtifactLibraries } from "../../shared/model/libraries.ts";
import type { Snapshot } from "../../shared/model/snapshot.ts";
import { imageLister, packageLister } from "../../shared/scan/code-analyzers.ts";
import { readRegion } from "../../shared/scan/read-region.ts";
import type { Watchdog } from "../../shared/scan/watchdog.ts";
import { withLibraries } from "../../shared/scan/with-libraries.ts";
import { regionKey } from "../../shared/store/region-blob.ts";
import { aWatchdog } from "../a-watchdog.ts";
import { type AnImage, layerOf } from "../artifacts/a-layer.ts";
import { account, awsError, functionArn, StubAccount, type StubFunction } from "../stub-account.ts";

/** A layer with packages of npm as they lie in an image, in `folder`. */
export function npmLayer(packages: Readonly<Record<string, string>>, folder = "var/task"): Buffer {
  return layerOf(
    Object.fromEntries(
      Object.entries(packages).map(([name, version]) => [`${folder}/node_modules/${name}/package.json`, JSON.stringify({ name, version })]),
    ),
  );
}

interface Runs {
  readonly image: AnImage;
  /** Whose registry. */
  readonly registry?: string;
  readonly architecture?: string;
  /** What the function says, in place of the digest. */
  readonly tag?: string;
  /** A published version behind the alias `live`, of this image. */
  readonly live?: AnImage;
  /** A list of images of which it is one. */
  readonly index?: AnImage;
}

export async function anAccountOfImages(functions: Readonly<Record<string, Runs>>, overrides: Partial<Watchdog> = {}) {
  const manifests = new Map<string, string>();
  const layers = new Map<string, Buffer>();
  const runs = new Map(Object.entries(functions));
  const asked: string[] = [];
  const add = ({ manifest, digest, layers: more }: AnImage) => {
    manifests.set(digest, manifest);
    for (const [key, bytes] of more) layers.set(key, bytes);
  };
  const stubFunction = ([name, { image, architecture, index, live }]: [string, Runs]): StubFunction => {
    add(image);
    for (const one of [index, live]) if (one) add(one);
    const Architectures = architecture === undefined ? {} : { Architectures: [architecture] };
    const CodeSha256 = image.digest.slice("sha256:".length);
    return { name, configuration: { PackageType: "Image", Runtime: undefined, Handler: undefined, CodeSha256, ...Architectures } };
  };
  const liveOf = (input: Readonly<Record<string, unknown>>) => runs.get(String(input.FunctionName).split(":").at(-1) ?? "")?.live;
  const stub = new StubAccount({
    now: new Date("2026-11-24T03:00:00Z"),
    regions: ["eu-west-1"],
    functions: Object.entries(functions).map(stubFunction),
    answers: {
      "lambda:GetFunction": ({ input }) => {
        const { image, registry = account, tag, index = image } = runs.get(String(input.FunctionName).split(":").at(-1) ?? "") as Runs;
        const repository = `${registry}.dkr.ecr.eu-west-1.amazonaws.com/team/app`;
        return { Code: { ResolvedImageUri: tag === undefined ? `${repository}@${index.digest}` : `${repository}:${tag}` } };
      },
      "lambda:ListAliases": ({ input }) => ({ Aliases: liveOf(input) ? [{ Name: "live", FunctionVersion: "7" }] : [] }),
      "lambda:GetFunctionConfiguration": ({ input }) => {
        const name = String(input.FunctionName);
        const CodeSha256 = liveOf(input)?.digest.slice("sha256:".length);
        return { FunctionArn: functionArn(name), FunctionName: name, PackageType: "Image", CodeSha256 };
      },
      "ecr:DescribeImageScanFindings": () => {
        throw awsError("ScanNotFoundException");
      },
      "ecr:BatchGetImage": ({ input }) => {
        const [{ imageDigest = "" } = {}] = input.imageIds as { imageDigest?: string }[];
        asked.push(`manifest ${imageDigest}`);
        const manifest = manifests.get(imageDigest);
        if (manifest === undefined) return { images: [], failures: [{ failureCode: "ImageNotFound", failureReason: "there is none" }] };
        return { images: [{ imageManifest: manifest, imageId: { imageDigest } }], failures: [] };
      },
      [presignedRead]: ({ input }) => {
        const { artifact, from, to } = input as { artifact: string; from: number; to: number };
        if (from === 0) asked.push(artifact);
        const bytes = layers.get(artifact.replace("image-layer ", ""));
        if (!bytes) throw awsError("Http404");
        return { bytes: bytes.subarray(from, to).toString("base64"), from, total: bytes.length };
      },
    },
  });
  const dog = await aWatchdog(stub, { packageLister, imageLister, ...overrides });
  onTestFinished(() => dog.close());
  return {
    stub,
    dog,
    manifests,
    layers,
    /** What was asked of the registry in the scan, what is known after it, and the row that says how much. */
    async scan(more: Partial<Watchdog> = {}) {
      asked.length = 0;
      const { document } = await dog.scan(more);
      const region = await readRegion(dog.watchdog.blobs, regionKey(account, "eu-west-1"));
      const { startedAt: at, partition } = document.scan;
      const bare: Snapshot = { account, partition, regionSource: "account", at, accountCoverage: [], regions: region ? [region] : [] };
      const { snapshot } = await withLibraries(bare, document.scan.id, { ...dog.watchdog, ...more });
      return {
        document,
        asked: [...asked],
        of: (name: string) => snapshot.librariesOf?.(functionArn(name)) as ArtifactLibraries,
        row: document.coverage.find(({ collector }) => collector === "libraries"),
        findings: document.findings.filter(
          ({ rule, status }) => /^library.(vulnerable|malicious|contents)/.test(rule) && status !== "RESOLVED",
        ),
      };
    },
    deploy(name: string, run: Runs) {
      runs.set(name, run);
      stub.data.functions = [...stub.data.functions.filter((f) => f.name !== name), stubFunction([name, run])];
    },
    later(days: number) {
      stub.data.now = new Date(stub.data.now.getTime() + days * 86_400_000);
    },
  };
}
