/** Image repositories, and when the images that functions run were last pulled. Which image a function runs is asked per image function. */
import { DescribeImageScanFindingsCommand, DescribeImagesCommand, DescribeRepositoriesCommand, type Repository } from "@aws-sdk/client-ecr";
import { GetFunctionCommand } from "@aws-sdk/client-lambda";
import { codeOf } from "../../aws/errors.ts";
import { pages } from "../../aws/paginate.ts";
import { imageOf, type Pulls } from "../../describe/repository.ts";
import type { EcrAnswer } from "../../describe/services/ecr.ts";
import type { Part } from "../../model/coverage.ts";
import { type ImageUse, imageName } from "../../model/image-use.ts";
import type { ImageScan } from "../../model/libraries.ts";
import type { FunctionConfiguration } from "../../model/snapshot.ts";
import { type CollectContext, collectPart, type Sink } from "../contract/collector.ts";
import type { ServiceCollector, ServiceContext } from "../contract/service-collector.ts";

export const ecrCollector: ServiceCollector<"ecr"> = {
  name: "ecr",
  scope: "region",
  readerVersion: 1,
  actions: ["ecr:DescribeRepositories", "ecr:DescribeImages", "ecr:DescribeImageScanFindings", "lambda:GetFunction"],
  reads:
    "repositories of container images, the image of each image function, when such images were pushed and pulled, and how many holes ECR or Amazon Inspector found in them",
  async collect(context) {
    const { clients, region, readsCode = true } = context;
    const part = await collectPart<EcrAnswer>("ecr", region, async (sink) => {
      const uses = readsCode ? await imageUses(context, sink) : [];
      const scans = await imageScans(context, uses, sink);
      for (const use of uses) {
        const scan = isOwn(context, use) ? scans.get(imageName(use)) : undefined;
        sink.push(scan ? { use, scan } : { use });
      }
      const repositories: Repository[] = [];
      const list = pages(
        (nextToken) => clients.ecr(region).send(new DescribeRepositoriesCommand({ maxResults: 1000, ...(nextToken ? { nextToken } : {}) })),
        (page) => page.nextToken,
      );
      for await (const page of list) repositories.push(...(page.repositories ?? []));
      const used = new Set(uses.map(({ repository }) => repository));
      const asked = repositories.flatMap(({ repositoryName }) =>
        repositoryName && used.has(repositoryName) ? [{ key: repositoryName, fingerprint: "" }] : [],
      );
      const pulls = await context.rotation.read("ecr-images", asked, (name) => readPulls(context, name), sink.miss);
      for (const { repositoryArn, repositoryName = "", createdAt, imageTagMutability, encryptionConfiguration } of repositories) {
        if (!repositoryArn) continue;
        const listed = {
          arn: repositoryArn,
          name: repositoryName,
          createdAt: createdAt?.toISOString(),
          tagsMayMove: imageTagMutability !== "IMMUTABLE",
          encryptionType: encryptionConfiguration?.encryptionType ?? "AES256",
          kmsKey: encryptionConfiguration?.kmsKey,
        };
        sink.push({ repository: listed, runsFunctions: used.has(repositoryName), pulls: pulls.get(repositoryName) });
      }
    });
    return readsCode || !context.functions.some(isImage) ? part : withoutUses(part);
  },
};

function isImage({ packageType }: FunctionConfiguration): boolean {
  return packageType === "Image";
}

/** What a person has switched off is no failure; what it would have told is not known all the same. */
function withoutUses({ items, coverage }: Part<EcrAnswer>): Part<EcrAnswer> {
  if (coverage.status !== "complete") return { items, coverage };
  const message = "which image a function runs is not asked: reading code is switched off";
  return { items, coverage: { ...coverage, status: "disabled", message } };
}

async function imageUses(context: ServiceContext, sink: Sink<unknown>): Promise<ImageUse[]> {
  const asked = context.functions.filter(isImage).map(({ arn, codeSha256 }) => ({ key: arn, fingerprint: codeSha256 ?? "" }));
  const answers = await context.rotation.read("ecr-function-images", asked, (arn) => readImage(context, arn), sink.miss);
  return [...answers].flatMap(([functionArn, { value }]) => {
    const image = imageOf(value);
    return image ? [{ functionArn, ...image }] : [];
  });
}

function isOwn({ account, region }: CollectContext, use: ImageUse): boolean {
  return use.account === account && use.region === region;
}

/** Each image once, however many functions run it; those of other accounts and Regions answer to nobody here. */
async function imageScans(
  context: ServiceContext,
  uses: readonly ImageUse[],
  sink: Sink<unknown>,
): Promise<ReadonlyMap<string, ImageScan>> {
  const own = uses.filter((use) => isOwn(context, use) && use.image !== "");
  const asked = [...new Set(own.map(imageName))].map((key) => ({ key, fingerprint: "" }));
  const answers = await context.rotation.read("ecr-image-scans", asked, (key) => readScan(context, key), sink.miss);
  return new Map([...answers].flatMap(([key, { value }]) => (value ? [[key, value]] : [])));
}

/** Counts, of basic and of enhanced scans alike; null: the image was never scanned. */
async function readScan({ clients, region }: CollectContext, image: string): Promise<ImageScan | null> {
  const [, repositoryName = "", by = "", digest = ""] = /^(.+)@(?:(sha256:.+)|(.+))$/.exec(image) ?? [];
  const imageId = by === "" ? { imageTag: digest } : { imageDigest: by };
  try {
    const answer = await clients.ecr(region).send(new DescribeImageScanFindingsCommand({ repositoryName, imageId, maxResults: 1 }));
    const { imageScanStatus, imageScanFindings } = answer;
    const counts = imageScanFindings?.findingSeverityCounts ?? {};
    return {
      image,
      status: imageScanStatus?.status ?? "UNKNOWN",
      completedAt: imageScanFindings?.imageScanCompletedAt?.toISOString() ?? null,
      ...(imageScanFindings ? { severities: { ...counts } } : {}),
    };
  } catch (error) {
    if (codeOf(error) === "ScanNotFoundException" || codeOf(error) === "ImageNotFoundException") return null;
    throw error;
  }
}

/** The image by digest. For an image function the answer has no link to code. */
async function readImage({ clients, region }: CollectContext, arn: string): Promise<string> {
  const { Code } = await clients.lambda(region).send(new GetFunctionCommand({ FunctionName: arn }));
  return Code?.ResolvedImageUri ?? Code?.ImageUri ?? "";
}

async function readPulls({ clients, region }: CollectContext, repositoryName: string): Promise<Pulls> {
  let images = 0;
  let pulled: number | undefined;
  let pushed: number | undefined;
  const list = pages(
    (nextToken) =>
      clients.ecr(region).send(new DescribeImagesCommand({ repositoryName, maxResults: 1000, ...(nextToken ? { nextToken } : {}) })),
    (page) => page.nextToken,
  );
  for await (const page of list) {
    for (const { lastRecordedPullTime, imagePushedAt } of page.imageDetails ?? []) {
      images += 1;
      pulled = Math.max(pulled ?? 0, lastRecordedPullTime?.getTime() ?? 0) || undefined;
      pushed = Math.max(pushed ?? 0, imagePushedAt?.getTime() ?? 0) || undefined;
    }
  }
  const textOf = (at: number | undefined) => (at === undefined ? null : new Date(at).toISOString());
  return { images, lastPulledAt: textOf(pulled), lastPushedAt: textOf(pushed) };
}
