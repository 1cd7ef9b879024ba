import { describe, expect, test } from "vitest";
import { summaryOf } from "../../shared/model/libraries.ts";
import { librariesOfImage } from "../../shared/scan/image-libraries.ts";

const scan = { image: "team/thumbs@sha256:abc", status: "COMPLETE", completedAt: "2026-11-20T06:00:00.000Z" };
const command = "aws ecr describe-image-scan-findings --repository-name team/thumbs --image-id imageDigest=sha256:abc --region eu-west-1";

const said = (more: Partial<Parameters<typeof librariesOfImage>[0]>) => librariesOfImage({ ...scan, ...more }, "eu-west-1").unread;

describe("of the packages in an image it is said that they are not read, and", () => {
  test("what ECR's scan found, gravest first, with the command that tells which", () => {
    expect(said({ severities: { UNTRIAGED: 2, LOW: 4, HIGH: 3, CRITICAL: 0, MEDIUM: 1 } })).toBe(
      `container image: the packages in it are not read; ECR's scan of 2026-11-20 found 3 HIGH, 1 MEDIUM, 4 LOW, 2 UNTRIAGED: ${command}`,
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
    const libraries = librariesOfImage(undefined, "eu-west-1");
    expect(libraries.unread).toContain("let its repository be scanned");
    expect(libraries).not.toHaveProperty("imageScan");
  });

  test("never that it is fine: nothing is known of its packages", () => {
    const libraries = librariesOfImage({ ...scan, severities: {} }, "eu-west-1");
    expect(libraries).toMatchObject({ kind: "image", packages: 0, untold: [] });
    expect(libraries.vulnerable).toBeUndefined();
    expect(summaryOf(libraries)).toMatchObject({ coverage: "unread", imageScan: { status: "COMPLETE", severities: {} } });
  });
});
