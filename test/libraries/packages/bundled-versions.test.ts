import { transformSync } from "esbuild";
import { expect, test } from "vitest";
import { bundledVersions, packageVersions } from "../../../shared/data/bundled-versions.ts";
import { bundleFeatures, VersionIndex } from "../../../shared/libraries/packages/bundled-versions.ts";
import { featuresOf } from "../../../shared/libraries/packages/code-features.ts";
import { compareVersions } from "../../../shared/libraries/versions/orders.ts";
import { pickedVersions } from "../../../tools/picked-versions.ts";
import type { SeenRelease } from "../../../tools/version-evidence.ts";
import { versionRows } from "../../../tools/version-rows.ts";

const minified = (text: string) => transformSync(text, { minify: true, format: "cjs" }).code;

function release(version: string, text: string, otherFiles = ""): SeenRelease {
  const { hashes, versionTexts } = bundleFeatures(minified(text));
  const texts = new Set(
    featuresOf('"the queue is full by now";"that is no task of a queue";"a task took too long";"nobody waits for it any more"'),
  );
  return { version, all: Uint32Array.from([...featuresOf(text), ...hashes, ...featuresOf(otherFiles)]), code: hashes, texts, versionTexts };
}

/** A queue as its releases 1.0, 1.1, 2.0 and 2.1 have it. */
const queue = (version: string, { check = "", later = "" } = {}) => `
  class Queue { enqueueTask(task) { this.waitingTasks.push(task); if (this.waitingTasks.length > this.largestSize) throw new Error("the queue is full by now"); return this.startedTasks; } }
  Queue.prototype.drainCallback = function () { return this.finishedTasks; };
  Queue.prototype.takeTask = function (task) { const { concurrencyLimit, patienceSeconds } = this.options; ${check} return concurrencyLimit + patienceSeconds; };
  ${later}
  exports.createQueue = () => new Queue();
  exports.libraryVersion = "${version}"; exports.releaseChannel = exports.stableReleases;`;
const check = `if (typeof task !== "function") throw new TypeError("that is no task of a queue");`;
const later = `Queue.prototype.expireTasks = function () { return this.patienceSeconds ? "a task took too long" : this.startedTasks; };`;

const published = ["1.0.0", "1.1.0", "1.1.1", "2.0.0", "2.1.0"];
const seen = [
  release("1.0.0", queue("")),
  release("1.1.0", queue("", { later: later.replace("took too long", "took longer than it may") })),
  release("2.0.0", queue("", { check })),
  release("2.1.0", queue("", { check, later })),
];
async function indexOf(releases: readonly SeenRelease[], others: readonly SeenRelease[] = []): Promise<VersionIndex> {
  const name = "a-queue";
  const other = release(
    "1.0.0",
    `exports.other = (one) => { if (typeof one !== "function") throw new TypeError(); Object.defineProperty(one.prototype); }`,
  );
  const packages = [
    { name, published, seen: releases },
    { name: "other", published: ["1.0.0"], seen: [other] },
  ];
  return new VersionIndex((await versionRows(packages, async () => others, [])).map(([own, row]) => packageVersions(own, row as never)));
}
const index = await indexOf(seen);
const bundle = (text: string, minify = true) => bundleFeatures(transformSync(`const exports = {};${text}`, { minify, format: "cjs" }).code);
const told = (text: string, of = index) => of.versionsIn(bundle(text), ["a-queue"]).get("a-queue");

test("what only later releases have tells that a bundle has one of them", () => {
  expect(told(queue("", { check }))?.range).toBe(">1.1.0");
  expect(of(queue("", { check, later }))).toBe(">=2.1.0");
});
const of = (text: string) => told(text)?.range;

test("what is missing tells nothing: a bundler may have left it out", () => {
  expect(told(queue(""))).toBeUndefined();
});

test("a feature at another place than in the package tells nothing", () => {
  const between = "x.firstMember.secondMember.thirdMember;".repeat(20);
  expect(told(`${queue("")};${between} export const ownAnswer = "that is no task of a queue";`)).toBeUndefined();
  expect(told(`export const words = { ownMember: "that is no task of a queue", anotherMember: "a task took too long" };`)).toBeUndefined();
});

test("what any file of an earlier release has does not tell a later one", async () => {
  const [first, ...rest] = seen as [SeenRelease, ...SeenRelease[]];
  const careful = await indexOf([release("1.0.0", queue(""), `exports.other = (task) => { ${check} }`), ...rest]);
  expect(told(queue("", { check }), careful)?.range).not.toBe(">1.1.0");
  expect(first.version).toBe("1.0.0");
});

test("two copies tell no version", () => {
  expect(told(`{${queue("", { check })}}{${queue("", { check })}}`)).toBeUndefined();
  expect(
    told(`{${queue("", { check })}}{${queue("", { later: later.replace("took too long", "took longer than it may") })}}`),
  ).toBeUndefined();
});

const saying = published.map((version) => release(version, queue(version)));

test("the version that a package says itself is told, also that of a release which nobody looked at", async () => {
  const own = await indexOf(saying.filter(({ version }) => version !== "1.1.1"));
  expect(told(queue("2.0.0"), own)?.version).toBe("2.0.0");
  expect(told(queue("1.1.1"), own)?.version).toBe("1.1.1");
  expect(own.versionsIn(bundle(queue("2.0.0"), false), ["a-queue"]).get("a-queue")?.version).toBe("2.0.0");
});

test("a version of something else is not the package's", async () => {
  const own = await indexOf(saying);
  expect(told(`${queue("").replace(/exports.libraryVersion.*/, "")};export const ownVersion = "3.1.4";`, own)).toBeUndefined();
  expect(told(`${queue("2.0.0")}{${queue("1.0.0")}}`, own)).toBeUndefined();
});

test("a version that the code around it speaks against is not told", async () => {
  const releases = [release("1.0.0", queue("1.0.0")), release("2.0.0", queue("2.0.0", { check }))];
  const own = await indexOf(releases);
  expect(told(queue("2.0.0", { check }), own)?.version).toBe("2.0.0");
  expect(told(queue("1.0.0", { check }), own)).toBeUndefined();
});

test("a version that another release says of itself is not told", async () => {
  const [first, ...rest] = saying as [SeenRelease, ...SeenRelease[]];
  const own = await indexOf([first, ...rest.filter(({ version }) => version !== "1.1.1")], [release("1.1.1", queue("1.1.0"))]);
  expect(told(queue("1.1.0"), own)).toBeUndefined();
  expect(told(queue("2.0.0"), own)?.version).toBe("2.0.0");
});

test("a text that most releases have in common is not their version", async () => {
  const own = await indexOf(published.map((version) => release(version, queue("1.0.0"))));
  expect(told(queue("1.0.0"), own)?.version).toBeUndefined();
});

test("releases at the edges of advisories are looked at, with the one before each", () => {
  const many = Array.from({ length: 90 }, (_, n) => `1.${n}.0`);
  const picked = pickedVersions(many, ["1.40.0", "1.77.0"]);
  expect(picked).toEqual(expect.arrayContaining(["1.0.0", "1.39.0", "1.40.0", "1.76.0", "1.77.0", "1.89.0"]));
  expect(picked.length).toBeLessThanOrEqual(20);
  expect(pickedVersions(["1.0.0"], ["3.0.0"])).toEqual(["1.0.0"]);
});

test("the table is small, and what it says of releases is in order", () => {
  const rows = bundledVersions();
  expect(rows.length).toBeGreaterThan(80);
  for (const { releases, hasBefore, marks } of rows) {
    expect(hasBefore).toHaveLength(releases.length);
    expect(releases).toEqual(releases.toSorted((a, b) => compareVersions("npm", a, b)));
    expect(marks.every((mark) => [...mark.releases].every((place) => place < releases.length))).toBe(true);
  }
});
