/** How much of the code of an account is not known by its packages. Pure. */
import type { ContentCounts } from "../model/libraries.ts";

/** How much is not known, for an answer of "none" is about what was read. Undefined: everything was read. */
export function contentsText({ partial, unknown, unread, images }: ContentCounts): string | undefined {
  const gaps = [
    ...(partial > 0 ? [`${partial} known only in part`] : []),
    ...(unknown > 0 ? [`${unknown} whose contents nothing tells`] : []),
    ...(unread > 0 ? [`${unread} not read`] : []),
    ...(images > 0 ? [`${images} container ${images === 1 ? "image" : "images"}, not read`] : []),
  ];
  return gaps.length === 0 ? undefined : `of the code of functions and layers there are ${gaps.join(", ")}`;
}
