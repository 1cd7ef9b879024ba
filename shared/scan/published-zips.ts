/** Published versions behind aliases: code that runs, whatever has become of the function itself. */
import type { ZipOwner } from "../artifacts/wanted-artifacts.ts";
import type { PublishedVersion } from "../model/published-version.ts";
import type { RegionSnapshot } from "../model/snapshot.ts";
import { publishedVersions } from "../usage/published-versions.ts";

export interface PublishedZip extends ZipOwner {
  readonly functionArn: string;
  readonly published: PublishedVersion;
}

/** Those that are zips. */
export function publishedZips(region: RegionSnapshot): PublishedZip[] {
  const versionsOf = publishedVersions(region);
  return region.functions.items.flatMap(({ arn: functionArn, packageType }) =>
    packageType === "Image"
      ? []
      : versionsOf(functionArn).versions.map((published): PublishedZip => {
          const { version, codeSha256, layers = [] } = published;
          const zip = { arn: `${functionArn}:${version}`, region: region.region, packageType, layers, functionArn, published };
          return codeSha256 === undefined ? zip : { ...zip, codeSha256 };
        }),
  );
}
