/** How often Small Target is deployed in the account: two stacks do everything twice. */
import { GetResourcesCommand } from "@aws-sdk/client-resource-groups-tagging-api";
import type { Clients } from "../../shared/aws/clients.ts";
import { lastPieceOf, parseArn } from "../../shared/model/arn.ts";
import { ownPartTag, ownTag } from "../../shared/model/left-alone.ts";
import { bad, type Check, note, ok } from "./check.ts";

/** Looks for scan functions of ours in all `regions`, by their tags; a Region that does not answer is named. */
export async function stacksCheck(regions: readonly string[], clients: Clients): Promise<Check> {
  const unanswered: string[] = [];
  const found = await Promise.all(
    regions.map(async (region) => {
      try {
        const { ResourceTagMappingList = [] } = await clients.tagging(region).send(
          new GetResourcesCommand({
            ResourceTypeFilters: ["lambda:function"],
            TagFilters: [
              { Key: ownTag.key, Values: [ownTag.value] },
              { Key: ownPartTag, Values: ["scan"] },
            ],
          }),
        );
        return ResourceTagMappingList.map(({ ResourceARN = "" }) => `${lastPieceOf(ResourceARN)} in ${parseArn(ResourceARN)?.region}`);
      } catch {
        unanswered.push(region);
        return [];
      }
    }),
  );
  const scanners = found.flat();
  const rest = unanswered.length > 0 ? `; not known for ${unanswered.join(", ")}` : "";
  if (scanners.length > 1)
    return bad("stacks", `deployed ${scanners.length} times here: ${scanners.join(", ")}; destroy all stacks but one${rest}`);
  const text = scanners.length === 1 ? `deployed once: ${scanners[0]}${rest}` : `not deployed here${rest}`;
  return rest === "" ? ok("stacks", text) : note("stacks", text);
}
