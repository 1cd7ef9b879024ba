/** What is most worth doing, for the first screen: what `smalltarget today` says. Pure. */
import type { TodayDocument } from "../today/item.ts";
import type { Unclaimed } from "../today/unclaimed.ts";
import { clearsWords, whomWords, whyWords } from "../today/words.ts";
import { worthDoing } from "../today/worth-doing.ts";
import { asTyped, type Typing } from "./typed.ts";

export interface PageTask {
  readonly title: string;
  /** How grave, whom to talk to, and what it clears. */
  readonly where: string;
  readonly advice: string;
  /** What it takes away, for how much work. */
  readonly why: string;
  readonly command: string;
  /** Place in the page; absent: it is about no finding. */
  readonly link?: string;
}

const mostTasks = 5;

/** The first things to do, the most rewarding first. @param unclaimed quiet resources that nobody claims, by ARN */
export function firstTasks(document: TodayDocument, typing: Typing, unclaimed: Unclaimed = new Map()): PageTask[] {
  return worthDoing(document, { now: new Date(document.scan.startedAt), unclaimed })
    .slice(0, mostTasks)
    .map((one) => {
      const [first] = one.findings;
      return {
        title: one.title,
        where: [one.severity.toLowerCase(), whomWords(one.owners), clearsWords(one)].filter(Boolean).join(" · "),
        advice: one.advice,
        why: whyWords(one),
        command: asTyped(typing, one.command ?? `smalltarget ${first ? `show ${first.id}` : "today"}`),
        ...(first ? { link: `#/finding/${first.id}` } : {}),
      };
    });
}
