/** The coverage of what was to be told of artifacts: of their code, or of the packages in them. Pure. */
import { statusOf } from "../aws/errors.ts";
import { accountOf } from "../model/arn.ts";
import type { Coverage } from "../model/coverage.ts";
import type { ReadFailure } from "./outcome.ts";

/** What became of one thing that was asked. */
export interface Told {
  /** Name of the function. */
  readonly of: string;
  readonly layerArn?: string;
  readonly isRead: boolean;
  /** Also of what was read: a part of it could not be. */
  readonly gap?: ReadFailure;
  readonly isLeft?: true;
}

/** A recording holds no code, unless it was made to: there is nothing to read in it, which is no failure. */
export const notRecorded = "NotRecorded";
export const noCodeRecorded = "the recording holds no code";

/** The row of a Region. @param account whose Region it is */
export function coverageRow(collector: string, region: string, told: readonly Told[], account: string): Coverage {
  const row = { collector, region, resources: told.filter(({ isRead }) => isRead).length };
  const failures = told.flatMap(({ of, layerArn, gap }) =>
    // whether others let their layer be read is theirs to say; the layer says that it was not
    gap && !isForeignRefusal(layerArn, gap, account) ? [{ ...gap, message: `${of}: ${gap.message}` }] : [],
  );
  const [first, ...more] = failures;
  if (first) {
    if (first.code === notRecorded) return { ...row, code: notRecorded, message: noCodeRecorded, status: "disabled", listed: true };
    const message = more.length > 0 ? `${first.message} (and ${more.length} more)` : first.message;
    const status = row.resources > 0 ? "partial" : statusOf(named(first));
    return { ...row, ...first, message, status, listed: true };
  }
  return told.some(({ isLeft }) => isLeft) ? { ...row, status: "left", listed: true } : { ...row, status: "complete" };
}

/** Why it was not read, in words. */
export function whyFailed({ operation, code, message }: ReadFailure): string {
  return `${operation ?? "reading it"} failed (${code}): ${message}`;
}

function isForeignRefusal(layerArn: string | undefined, failure: ReadFailure, account: string): boolean {
  return layerArn !== undefined && accountOf(layerArn) !== account && statusOf(named(failure)) === "denied";
}

function named({ code, message }: ReadFailure): Error {
  return Object.assign(new Error(message), { name: code });
}
