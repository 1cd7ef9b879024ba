import { buildSync, transformSync } from "esbuild";
import { expect, test } from "vitest";
import { bundledPackages } from "../../../shared/data/bundled-packages.ts";
import { FeatureIndex, namedByFeatures } from "../../../shared/libraries/packages/bundled-names.ts";
import { featuresOf } from "../../../shared/libraries/packages/code-features.ts";
import { distinctiveFeatures, type SeenVersion } from "../../../tools/distinctive-features.ts";
import { listPackages } from "./list-packages.ts";

const places = (text: string) => new Map([...featuresOf(text)].map((hash, at) => [hash, at]));
const seen = (name: string, version: string, text: string): SeenVersion => ({
  name,
  version,
  written: places(text),
  minified: places(transformSync(text, { minify: true, format: "cjs" }).code),
  asksFor: ["asked-for-elsewhere"],
});

const queue = `
  /** Takes work in the order in which it came. */
  exports.createQueue = function createQueue(options) {
    const waitingTasks = [];
    if (!options.concurrencyLimit) throw new TypeError("a queue needs a limit of tasks at once");
    return { enqueueTask: (task) => waitingTasks.push(task), drainCallback: options.drainCallback };
  };`;
const dates = `
  exports.parseStamp = function parseStamp(stampText) {
    const matched = /^(\\d{4})-(\\d{2})-(\\d{2})T/.exec(stampText);
    if (!matched) throw new RangeError("this stamp is no date of the calendar");
    return { yearOfStamp: matched[1], monthOfStamp: matched[2], enqueueTask: undefined };
  };`;
const table = distinctiveFeatures([
  seen("a-queue", "1.0.0", queue),
  seen("a-queue", "1.1.0", `${queue}\nexports.laterMember = 1;`),
  seen("dates", "2.0.0", dates),
]);
const byFeatures = new FeatureIndex([...table].flatMap(([name, generations]) => generations.map((one) => ({ name, ...one }))));
const index = { namesIn: (text: string) => byFeatures.namesIn(featuresOf(text)) };
const bundled = (text: string, minify: boolean) => transformSync(`(() => { const module1 = {}; ${text} })();`, { minify }).code;

test("a package is told by what no other has, as written and minified, and no version of it is told", () => {
  expect(index.namesIn(bundled(`const exports = {}; ${queue}`, false)).map(({ name }) => name)).toEqual(["a-queue"]);
  expect(index.namesIn(bundled(`const exports = {}; ${queue}`, true)).map(({ name }) => name)).toEqual(["a-queue"]);
  expect(index.namesIn(bundled(`const exports = {}; ${queue}${dates}`, true)).map(({ name }) => name)).toEqual(["a-queue", "dates"]);
});

test("what several packages have tells none of them", () => {
  const [shared] = featuresOf("enqueueTask");
  const hashes = [...table.values()].flat().flatMap(({ kept, lost }) => [...kept, ...lost]);
  expect(hashes).not.toContain(shared);
});

test("one's own code with a word or two of a package is not taken for it", () => {
  expect(index.namesIn(`const concurrencyLimit = 3; export const drainCallback = () => concurrencyLimit;`)).toEqual([]);
});

test("a list of the names of packages holds none of them", () => {
  const list = JSON.stringify(Object.fromEntries(bundledPackages().map(({ name }) => [name, name])));
  expect(namedByFeatures(featuresOf(`export const versions = ${list};`))).toEqual([]);
});

test("a package that was written anew is told by each of its generations", () => {
  const other = dates.replaceAll("Stamp", "Moment").replace("this stamp is no date of the calendar", "nobody knows such a day");
  const rewritten = distinctiveFeatures([seen("dates", "1.0.0", dates), seen("dates", "2.0.0", other)]);
  expect(rewritten.get("dates")).toHaveLength(2);
});

test("what is no JavaScript any more ends the reading, and what was told before stands", () => {
  expect(index.namesIn(`${queue}\n "an open text`).map(({ name }) => name)).toEqual(["a-queue"]);
  expect(index.namesIn("\u0000\uffff")).toEqual([]);
});

test.each(["acorn", "commander", "fflate", "yaml"])("%s in a minified bundle is told by the table", (name) => {
  const contents = `const it = require(${JSON.stringify(name)}); exports.handler = () => it;`;
  const options = {
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    platform: "node",
    write: false,
    minify: true,
  } as const;
  const [file] = buildSync({ ...options, legalComments: "none", logLevel: "silent" }).outputFiles;
  expect(namedByFeatures(featuresOf(file?.text ?? "")).map((one) => one.name)).toContain(name);
});

test("the table has a thousand packages, each with enough to be told", () => {
  const rows = bundledPackages();
  expect(new Set(rows.map(({ name }) => name)).size).toBeGreaterThan(1000);
  expect(rows.filter(({ kept, lost }) => kept.length + lost.length < 3)).toEqual([]);
});

test("a map that a module brought along is not the map of the bundle around it", async () => {
  const inner = Buffer.from('{"version":3,"sources":["../node_modules/inner/index.js"]}').toString("base64");
  const rest = `var text="${"x".repeat(9000)}";`;
  const { coverage } = await listPackages({ "index.js": `//# sourceMappingURL=data:application/json;base64,${inner}\n${rest}` });
  expect(coverage.status).not.toBe("complete");
});
