/** CloudFront: a distribution. */
import { type Distribution, describeDistribution } from "../distribution.ts";
import type { Describe } from "./describe-answer.ts";

export const describe: Describe<Distribution> = (distribution, { partition }) => describeDistribution(distribution, partition);
