/** ECR: the image that a function runs, or a repository. */
import type { ImageUse } from "../../model/image-use.ts";
import type { ImageScan } from "../../model/libraries.ts";
import { describeRepository, type Pulls, usesImage } from "../repository.ts";
import type { Describe, Read } from "./describe-answer.ts";

export type EcrAnswer =
  /** The scan of that image; absent where it was never scanned, or is not known to have been. */
  | { readonly use: ImageUse; readonly scan?: ImageScan }
  | {
      readonly repository: Parameters<typeof describeRepository>[0];
      /** Some function of the Region runs an image of it. */
      readonly runsFunctions: boolean;
      /** Asked only where it runs functions; absent where it could not be read. */
      readonly pulls?: Read<Pulls>;
    };

export const describe: Describe<EcrAnswer> = (answer, place) =>
  "use" in answer
    ? [
        {
          relations: [usesImage(answer.use, place)],
          imageUse: answer.use,
          ...(answer.scan ? { imageScan: { functionArn: answer.use.functionArn, scan: answer.scan } } : {}),
        },
      ]
    : [describeRepository(answer.repository, answer.runsFunctions, answer.pulls, place.region, place.now)];
