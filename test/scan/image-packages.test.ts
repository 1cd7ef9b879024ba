// From images in the account's registry to findings about the libraries in them.
import { describe, expect, it } from "vitest";
import { anImage } from "../artifacts/a-layer.ts";
import { aRecord } from "../libraries/advisories/an-advisory.ts";
import { awsError } from "../stub-account.ts";
import { anAccountOfImages, npmLayer } from "./an-account-of-images.ts";
import { known } from "./an-account-of-zips.ts";

const hole = aRecord("GHSA-left-hole-0001", [{ introduced: "0" }, { fixed: "1.2.0" }], { aliases: ["CVE-2026-0001"] });
const advisories = async () => known(hole);

describe("an image function", () => {
  it("with a vulnerable package in its image has a finding that names image and layer; the next scan asks no manifest and no layer", async () => {
    const layer = npmLayer({ left: "1.1.0" });
    const image = anImage(npmLayer({ right: "1.0.0" }, "opt"), layer);
    const there = await anAccountOfImages({ thumbs: { image } });
    const first = await there.scan({ advisories });
    expect(first.row).toEqual({ collector: "libraries", region: "eu-west-1", status: "complete", resources: 1 });
    expect(first.of("thumbs")).toMatchObject({ kind: "image", packages: 2, versionsKnown: 2, untold: [] });
    expect(first.findings).toMatchObject([
      {
        rule: "library/vulnerable",
        resource: { name: "thumbs" },
        evidence: {
          package: "left",
          version: "1.1.0",
          fixed: "1.2.0",
          path: "var/task/node_modules/left/package.json",
          image: `team/app@${image.digest}`,
          imageLayer: [...image.layers.keys()][1],
        },
      },
    ]);
    there.later(1);
    const second = await there.scan({ advisories });
    expect(second.asked).toEqual([]);
    expect(second.findings).toHaveLength(1);
  });

  it("whose manifest is refused is said not to be read, with the operation, and nothing of it is resolved", async () => {
    const there = await anAccountOfImages({ thumbs: { image: anImage(npmLayer({ left: "1.1.0" })) } });
    expect((await there.scan({ advisories })).findings).toHaveLength(1);
    there.later(1);
    there.deploy("thumbs", { image: anImage(npmLayer({ left: "1.3.0" })) });
    there.stub.fault = ({ operation }) =>
      operation === "ecr:BatchGetImage" ? awsError("AccessDeniedException", "not for you") : undefined;
    const { row, of, findings } = await there.scan({ advisories });
    expect(row).toMatchObject({ status: "denied", operation: "ecr:BatchGetImage", code: "AccessDeniedException" });
    expect(of("thumbs").unread).toContain("ecr:BatchGetImage failed (AccessDeniedException): not for you");
    expect(findings).toMatchObject([{ rule: "library/vulnerable", evidence: { version: "1.1.0" } }]);
    there.stub.fault = () => undefined;
    there.later(1);
    expect((await there.scan({ advisories })).findings).toEqual([]);
  });
});
