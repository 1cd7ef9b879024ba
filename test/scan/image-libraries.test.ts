import { describe, expect, test } from "vitest";
import type { ArtifactLibraries } from "../../shared/model/libraries.ts";
import { summaryOf } from "../../shared/model/libraries.ts";
import { librariesOfImage } from "../../shared/scan/image-libraries.ts";
import type { ImageFunction } from "../../shared/scan/images-in-use.ts";
import { aConfiguration } from "../collect/a-service.ts";

const digest = `sha256:${"ab".repeat(32)}`;
const f = aConfiguration("thumbs", { packageType: "Image" });
const use = { functionArn: f.arn, account: "111122223333", region: "eu-west-1", repository: "team/thumbs", image: digest };
const key = `image ${digest} arm64`;
const image: ImageFunction = { f, use, versions: [], key, image: { repository: "team/thumbs", digest, architecture: "arm64" } };
const scan = { image: `team/thumbs@${digest}`, status: "COMPLETE", completedAt: "2026-11-20T06:00:00.000Z" };
const command = `aws ecr describe-image-scan-findings --repository-name team/thumbs --image-id imageDigest=${digest} --region eu-west-1`;
const refused: ArtifactLibraries = {
  kind: "image",
  packages: 0,
  versionsKnown: 0,
  unread: "ecr:BatchGetImage failed (AccessDeniedException): no",
  untold: [],
};

const said = (more: Partial<typeof scan> | object) => librariesOfImage(image, { ...scan, ...more }, () => refused).unread;

describe("of the packages in an image that is not read it is said why, and", () => {
  test("what ECR's scan found, gravest first, with the command that tells which", () => {
    expect(said({ severities: { UNTRIAGED: 2, LOW: 4, HIGH: 3, CRITICAL: 0, MEDIUM: 1 } })).toBe(
      `container image: the packages in it are not read (ecr:BatchGetImage failed (AccessDeniedException): no); ECR's scan of 2026-11-20 found 3 HIGH, 1 MEDIUM, 4 LOW, 2 UNTRIAGED: ${command}`,
    );
  });

  test.each([
    ["that it found nothing", { severities: {} }, "ECR's scan of 2026-11-20 found no known hole:"],
    ["that Inspector's did", { status: "ACTIVE", severities: { LOW: 1 } }, "Amazon Inspector's scan of 2026-11-20 found 1 LOW:"],
    ["why there is no result", { status: "UNSUPPORTED_IMAGE", completedAt: null }, "ECR's scan has no result (UNSUPPORTED_IMAGE):"],
    ["the tag where no digest is known", { image: "thumbs@latest", severities: {} }, "--image-id imageTag=latest"],
  ])("%s", (_, more, text) => {
    expect(said(more)).toContain(text);
  });

  test("what to do where it was never scanned", () => {
    const libraries = librariesOfImage(image, undefined, () => refused);
    expect(libraries.unread).toContain("let its repository be scanned");
    expect(libraries).not.toHaveProperty("imageScan");
  });

  test("never that it is fine: nothing is known of its packages", () => {
    const libraries = librariesOfImage(image, { ...scan, severities: {} } as typeof scan, () => ({
      ...refused,
      unread: "reading images is switched off",
    }));
    expect(libraries).toMatchObject({ kind: "image", packages: 0, untold: [] });
    expect(libraries.unread).toContain("reading images is switched off");
    expect(libraries.vulnerable).toBeUndefined();
    expect(summaryOf(libraries)).toMatchObject({ coverage: "unread", imageScan: { status: "COMPLETE", severities: {} } });
  });
});
