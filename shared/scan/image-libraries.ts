/** What is said of the packages in a container image: nothing of it is read, but ECR or Amazon Inspector may have looked. */
import { severityRank, severities as words } from "../model/finding.ts";
import type { ArtifactLibraries, ImageScan } from "../model/libraries.ts";
import { awsCommand } from "../wording/aws-cli.ts";
import { unknownFate, unreadOf } from "./artifact-fates.ts";

const unscanned =
  "container image: the packages in it are not read; let its repository be scanned (ECR basic scanning, or Amazon Inspector), and look there";

/** @param scan of the image that the function runs; absent: it was never scanned, or nobody knows */
export function librariesOfImage(scan: ImageScan | undefined, region: string): ArtifactLibraries {
  if (!scan) return unknownFate("image", unreadOf(unscanned)).libraries;
  const why = `container image: the packages in it are not read; ${foundText(scan)}: ${commandOf(scan, region)}`;
  return { ...unknownFate("image", unreadOf(why)).libraries, imageScan: scan };
}

function foundText({ status, completedAt, severities }: ImageScan): string {
  const by = status === "ACTIVE" ? "Amazon Inspector's scan" : "ECR's scan";
  const of = completedAt === null ? "" : ` of ${completedAt.slice(0, 10)}`;
  if (!severities) return `${by}${of} has no result (${status})`;
  const found = Object.entries(severities)
    .filter(([, count]) => count > 0)
    .toSorted(([a], [b]) => rank(a) - rank(b));
  return `${by}${of} found ${found.length === 0 ? "no known hole" : found.map(([severity, count]) => `${count} ${severity}`).join(", ")}`;
}

/** ECR has words of its own after those that everybody has. */
function rank(severity: string): number {
  const known = words.find((one) => one === severity);
  return known ? severityRank(known) : words.length;
}

function commandOf({ image }: ImageScan, region: string): string {
  const at = image.lastIndexOf("@");
  const id = image.slice(at + 1);
  const imageId = id.startsWith("sha256:") ? `imageDigest=${id}` : `imageTag=${id}`;
  return awsCommand("ecr", "describe-image-scan-findings", { "repository-name": image.slice(0, at), "image-id": imageId, region });
}
