/** A function as the page has it. Pure. */
import type { FunctionFacts } from "../model/document.ts";
import type { PageExposure } from "./page-ways.ts";
import type { PathList } from "./paths.ts";

/** A function without what the page does not show; its ways in are numbers of `PageWays.paths`. */
export interface PageFunction extends Omit<FunctionFacts, "tags" | "codeSha256" | "exposure" | "triggers"> {
  readonly exposure?: PageExposure;
  /** Actions that its role allows beyond what it needs; null: not known; absent: roles were not read. */
  readonly excess?: number | null;
}

/** @param list where its ways in are noted */
export function pageFunction(one: FunctionFacts, list: PathList, excess: number | null | undefined): PageFunction {
  const { tags: _, codeSha256: __, triggers: ___, exposure, ...facts } = one;
  return {
    ...facts,
    ...(exposure ? { exposure: list.exposure(exposure) } : {}),
    ...(excess === undefined ? {} : { excess }),
  };
}
