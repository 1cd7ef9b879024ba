/** What is said of the packages in a container image: what is read of it, and beside that what ECR's or Amazon Inspector's scan found. */

import { withVersions } from "../libraries/artifact-libraries.ts";
import { severityRank, severities as words } from "../model/finding.ts";
import { imageName } from "../model/image-use.ts";
import type { ArtifactLibraries, ImageScan } from "../model/libraries.ts";
import { awsCommand } from "../wording/aws-cli.ts";
import { unknownFate, unreadOf } from "./artifact-fates.ts";
import type { ImageFunction } from "./images-in-use.ts";

/** Why an image that nobody has read is not known, where images are not read. */
export const imagesSwitchedOff = "reading images is switched off; scan --images of the command line reads them";

/**
 * @param scan of the image that the function runs; absent: it was never scanned, or nobody knows
 * @param ofKey what is known of an image
 */
export function librariesOfImage(
  image: ImageFunction,
  scan: ImageScan | undefined,
  ofKey: (key: string) => ArtifactLibraries,
): ArtifactLibraries {
  const own = ofOwnImage(image, scan, ofKey);
  const versions = image.versions.map((one) => ({
    version: one.version,
    libraries: "key" in one ? ofKey(one.key) : unknownFate("image", unreadOf(one.why)).libraries,
  }));
  return withVersions(own, versions);
}

function ofOwnImage(image: ImageFunction, scan: ImageScan | undefined, ofKey: (key: string) => ArtifactLibraries): ArtifactLibraries {
  const { f, use } = image;
  const known = "key" in image ? ofKey(image.key) : undefined;
  const more = { ...(use ? { image: imageName(use) } : {}), ...(scan ? { imageScan: scan } : {}) };
  if (known && known.unread === undefined) return { ...known, ...more };
  const reason = "why" in image ? image.why : (known?.unread ?? "nothing is known of it");
  const why = `container image: the packages in it are not read (${reason}); ${scan ? `${foundText(scan)}: ${commandOf(scan, f.region)}` : unscanned}`;
  return { ...unknownFate("image", unreadOf(why)).libraries, ...(known?.isRefused ? { isRefused: true as const } : {}), ...more };
}

const unscanned = "let its repository be scanned (ECR basic scanning, or Amazon Inspector), and look there";

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
