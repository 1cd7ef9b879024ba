import { expect, test } from "vitest";
import type { AdvisoryFeed } from "../../shared/model/advisories.ts";
import { advisoryTexts } from "../../shared/report/advisories-text.ts";

const now = new Date("2026-11-27T12:00:00Z");
const feed = (ecosystem: AdvisoryFeed["ecosystem"], fetchedAt?: string, failure?: string): AdvisoryFeed => ({
  ecosystem,
  source: "https://mirror.example.com",
  ...(fetchedAt === undefined ? {} : { fetchedAt }),
  ...(failure === undefined ? {} : { failure }),
});

test("the age of advisories is said in few lines, with what is wrong with them, and nothing where they are switched off", () => {
  expect(advisoryTexts(undefined, now)).toEqual([]);
  expect(advisoryTexts([], now)).toEqual(["none yet: nothing is concluded about libraries"]);
  const feeds = [
    feed("npm", "2026-11-27T11:59:50Z"),
    feed("PyPI", "2026-11-27T09:10:00Z"),
    feed("Go", "2026-11-27T09:40:00Z"),
    feed("Maven", "2026-11-23T12:00:00Z", "the server\u001b[31m answered 503"),
    feed("NuGet", undefined, "there is no such file"),
  ];
  expect(advisoryTexts(feeds, now)).toEqual([
    "of npm from https://mirror.example.com, read just now",
    "of PyPI, Go from https://mirror.example.com, 2 hours old",
    expect.stringMatching(/^of Maven from https:\/\/mirror\.example\.com, 4 days old: the server.* answered 503$/),
    "of NuGet from https://mirror.example.com, not there: there is no such file",
  ]);
  expect(advisoryTexts(feeds, now).join("")).not.toContain("\u001b");
});
