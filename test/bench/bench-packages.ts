/** Packages of the bench's account, drawn: always the same. */
import { Postings } from "../../shared/libraries/match-packages.ts";
import type { PostingIndex } from "../../shared/scan/posting-blob.ts";
import { functionArn } from "../stub-account.ts";
import { drawing, drawnPackages, ecosystemOf, nameOf, versionOf } from "./drawn-advisories.ts";

/** What is used at all is used by many. */
const distinct = 20_000;
/** Functions that are made alike: what they have in common goes together. */
const alike = 25;
const [inCommon, own] = [80, 20];
/** One version in so many has a known hole. */
const vulnerableIn = 20;

/** The index as a scan leaves it: a hundred packages in each function, most of them those of functions that are made alike. */
export function benchPackages(functions: number): PostingIndex {
  const draw = drawing(20261128);
  const used = Array.from({ length: distinct }, () => {
    const number = draw(drawnPackages);
    const ecosystem = ecosystemOf(number);
    return [ecosystem, nameOf(ecosystem, number), versionOf(draw)] as const;
  });
  const some = (many: number) => Array.from({ length: many }, () => used[draw(distinct)] ?? (["npm", "left", "1.0.0"] as const));
  const postings = new Postings();
  let common: ReturnType<typeof some> = [];
  for (let i = 0; i < functions; i += 1) {
    if (i % alike === 0) common = some(inCommon);
    for (const [ecosystem, name, version] of [...common, ...some(own)]) postings.note(i, { ecosystem, name, version });
  }
  let number = 0;
  for (const { versions } of postings.entries())
    for (const posting of versions) {
      number += 1;
      if (number % vulnerableIn !== 0) continue;
      posting.holes = {
        ids: [`GHSA-${number.toString(36).padStart(4, "0")}-drawn`],
        aliases: [`CVE-2026-${number}`],
        severity: "HIGH",
        malicious: false,
        fixed: "9.0.0",
        majorJump: true,
      };
    }
  return {
    contents: { complete: functions, partial: 0, unknown: 0, unread: 0, images: 0 },
    artifacts: Array.from({ length: functions }, (_, i) => ({ key: `code ${i}`, usedBy: [[functionArn(`function-${i}`)]] })),
    postings,
  };
}
