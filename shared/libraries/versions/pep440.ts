/**
 * Versions of Python packages (packaging.python.org/specifications/version-specifiers, PEP 440). Those from before it that do not
 * fit come before all that do, in the order that setuptools gave them.
 */
import { compareNumbers, compareParts, compareValues, isNumber, type VersionOrder, type WholeNumber, wholeNumber } from "./order.ts";

interface Modern {
  readonly epoch: WholeNumber;
  readonly release: readonly WholeNumber[];
  /** Rank of its kind and number: before it, nothing, behind it. */
  readonly pre: readonly [number, WholeNumber];
  readonly post: WholeNumber;
  readonly dev: WholeNumber;
  readonly local?: readonly (WholeNumber | string)[];
}

type Legacy = readonly (WholeNumber | string)[];

/** Exactly one of the two. */
export interface Pep440Key {
  readonly modern?: Modern;
  readonly legacy?: Legacy;
}

const shape =
  /^v?(?:(\d+)!)?(\d+(?:\.\d+)*)(?:[-_.]?(a|alpha|b|beta|c|rc|pre|preview)[-_.]?(\d*))?(?:-(\d+)|[-_.]?(post|rev|r)[-_.]?(\d*))?(?:[-_.]?(dev)[-_.]?(\d*))?(?:\+([a-z\d]+(?:[-_.][a-z\d]+)*))?$/;
const preRanks: Readonly<Record<string, number>> = { a: 0, alpha: 0, b: 1, beta: 1, c: 2, rc: 2, pre: 2, preview: 2 };
const [beforePre, behindPre] = [-1, 3];
/** A development version of a version comes before it, one without a post-release before its post-releases. */
const [noPost, noDev] = [-1, Number.POSITIVE_INFINITY];

function parse(version: string): Pep440Key {
  const text = version.trim().toLowerCase();
  const found = shape.exec(text);
  if (!found) return { legacy: legacyParts(text) };
  const [, epoch = "0", release = "", pre, preNumber, implicitPost, postWord, postNumber, devWord, devNumber, local] = found;
  const post = implicitPost ?? (postWord === undefined ? undefined : (postNumber ?? ""));
  const dev = devWord === undefined ? undefined : (devNumber ?? "");
  const preRank = pre === undefined ? (post === undefined && dev !== undefined ? beforePre : behindPre) : (preRanks[pre] ?? behindPre);
  return {
    modern: {
      epoch: wholeNumber(epoch),
      release: release.split(".").map(wholeNumber),
      pre: [preRank, wholeNumber(preNumber ?? "")],
      post: post === undefined ? noPost : wholeNumber(post),
      dev: dev === undefined ? noDev : wholeNumber(dev),
      ...(local === undefined ? {} : { local: numbersAndWords(local.split(/[-_.]/)) }),
    },
  };
}

function numbersAndWords(parts: readonly string[]): (WholeNumber | string)[] {
  return parts.map((part) => (/^\d+$/.test(part) ? wholeNumber(part) : part));
}

/** In the alphabet, "final" stands for the end: words before it are before the release, the others behind. */
const legacyWords: Readonly<Record<string, string>> = { pre: "c", preview: "c", rc: "c", dev: "@", "-": "final-" };

function legacyParts(text: string): Legacy {
  const parts: (WholeNumber | string)[] = [];
  for (const written of numbersAndWords([...(text.match(/\d+|[a-z]+|-|[^a-z\d.-]+/g) ?? []), "final"])) {
    const part = isNumber(written) ? written : Object.hasOwn(legacyWords, written) ? (legacyWords[written] ?? written) : written;
    if (!isNumber(part)) {
      if (part < "final") while (parts.at(-1) === "final-") parts.pop();
      while (parts.at(-1) === 0) parts.pop();
    }
    parts.push(part);
  }
  return parts;
}

function compare(a: Pep440Key, b: Pep440Key): number {
  if (a.modern && b.modern) return compareModern(a.modern, b.modern);
  if (a.legacy && b.legacy) return compareLists(a.legacy, b.legacy, true);
  return a.legacy ? -1 : 1;
}

function compareModern(a: Modern, b: Modern): number {
  return (
    compareValues(a.epoch, b.epoch) ||
    compareNumbers(a.release, b.release) ||
    compareValues(a.pre[0], b.pre[0]) ||
    compareValues(a.pre[1], b.pre[1]) ||
    compareValues(a.post, b.post) ||
    compareValues(a.dev, b.dev) ||
    compareLists(a.local ?? [], b.local ?? [], true)
  );
}

/** The longer one comes later. */
function compareLists(a: Legacy, b: Legacy, wordsFirst: boolean): number {
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) {
    const found = compareParts(a[i] ?? 0, b[i] ?? 0, wordsFirst);
    if (found !== 0) return found;
  }
  return a.length - b.length;
}

export const pep440Order: VersionOrder<Pep440Key> = { parse, compare };
