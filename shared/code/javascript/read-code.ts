/**
 * The code of a function in JavaScript or TypeScript, read without running it: which operations of AWS it calls, on what.
 */
import type { Program as Tree } from "acorn";
import type { CodeSummary } from "../../model/code.ts";
import { callsOfPackages, mentionsAsking } from "./asking-packages.ts";
import { BodyError } from "./bodies.ts";
import { Evaluator } from "./evaluate.ts";
import { type Found, findCalls } from "./find-calls.ts";
import { mentionsAws, packageOf } from "./libraries.ts";
import { holdsSdk, markLibraryBodies } from "./library-bodies.ts";
import { holdsV2, openOfV2 } from "./markers-v2.ts";
import { withoutModels } from "./models-of-v2.ts";
import { namesIn, packageAt } from "./package-places.ts";
import { type Packages, packagesAmong } from "./packages.ts";
import { packagesAtRunTime } from "./packages-at-run-time.ts";
import { parseFile } from "./parse.ts";
import { emptyProgram, type Program } from "./program.ts";
import { isToldWhole, packagesLoaded, type Reach, reachedFrom } from "./reach.ts";
import { resolveModule } from "./resolve.ts";
import { runningCode } from "./running-code.ts";
import type { Module } from "./scopes.ts";
import { survey } from "./survey.ts";
import { codeInTexts } from "./unfollowed.ts";
import { Waiting } from "./waiting.ts";

export interface CodeFile {
  /** In the zip or the folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

type Unread = { file: string; why: string }[];

interface ParsedFile extends CodeFile {
  readonly tree: Tree;
  readonly decorated?: true;
}

/**
 * What the code asks of AWS. Files that the handler never loads do not count when everything that it loads could be told, and count
 * with low confidence when it could not; without a handler all files count.
 */
export function readCode(given: readonly CodeFile[], hints: { readonly runtime?: string; readonly handler?: string }): CodeSummary {
  const packages = packagesAmong(given.map((file) => ({ ...file, text: withoutModels(file.text) })));
  // without the SDK inside everything is looked at, and parsing it piece by piece would only take longer
  const lazily = packages.files.some(({ text }) => holdsSdk(text) || holdsV2(text));
  try {
    return readPackages(packages, hints.handler, lazily);
  } catch (error) {
    if (!(error instanceof BodyError)) throw error;
    return readPackages(packages, hints.handler, false);
  }
}

/** @throws `BodyError` where it reads lazily and a file is not what it seemed when it was parsed */
function readPackages(packages: Packages<CodeFile>, handler: string | undefined, lazily: boolean): CodeSummary {
  const unread: Unread = [];
  const { files } = packages;
  const parsed = files.flatMap((file) => parsedFile(file, unread, lazily));
  // what never names anything of AWS calls nothing: it is only looked at for whether it can be read
  const names = (text: string) => mentionsAws(text) || mentionsAsking(text) || !namesIn(text).isDisjointFrom(packages.closed);
  const concerned = files.some(({ text }) => names(text)) ? parsed : [];
  const inside = concerned.some(({ text }) => holdsSdk(text));
  let { found, notes } = read(concerned, packages, handler, inside, inside);
  // nothing that runs names a call: perhaps what runs is not what it seems
  if (inside && found.calls.length + found.unresolved.length === 0) ({ found, notes } = read(concerned, packages, handler, inside, false));
  unread.push(...notes);
  const called = new Set(found.calls.map(({ client }) => client));
  const unresolved = [...found.unresolved, ...files.flatMap(({ path, text }) => openOfV2(path, text, called))];
  return { language: "javascript", calls: found.calls, unresolved, unread, files: files.length - unread.length };
}

function parsedFile({ path, text }: CodeFile, unread: Unread, lazily: boolean): readonly ParsedFile[] {
  const hidden = codeInTexts(text);
  if (hidden !== undefined) unread.push({ file: path, why: hidden });
  const parsed = parseFile(path, text, lazily);
  if (!("why" in parsed)) return [{ path, ...parsed }];
  unread.push({ file: path, why: parsed.why });
  return [];
}

/** `sdk`: whether the SDK is in these files; `named`: whether only what is named by what runs is looked at. */
function read(
  files: readonly ParsedFile[],
  packages: Packages<CodeFile>,
  handler: string | undefined,
  sdk: boolean,
  named: boolean,
): { found: Found; notes: Unread } {
  const program: Program = { ...emptyProgram(), packages: packages.read, withoutSdk: packages.withoutSdk };
  const notes = surveyAll(program, files, sdk, named ? new Waiting() : undefined);
  const evaluator = new Evaluator(program);
  const reach = reachedFrom(program, handler);
  const isLoaded = packagesLoaded(program);
  const counts = (module: Module) => isLoaded(module) && (!reach?.whole || reach.modules.has(module));
  const found: Found = { calls: [], unresolved: [] };
  guarded(notes, files, () => {
    const runs = whatRuns(evaluator, reach, handler, counts);
    Object.assign(found, findCalls(evaluator, counts, runs));
    // nothing that runs asks for anything: perhaps what runs is not what it seems
    if (runs && found.calls.length + found.unresolved.length === 0) Object.assign(found, findCalls(evaluator, counts));
  });
  const silent = silentPackages(program, found, counts);
  const counted = [...program.modules.values()].filter(counts);
  const lost = lostPackages(program, counted);
  const isOpen = (name: string) => packages.closed.has(name) || silent.has(name) || lost.has(name);
  const open = callsOfPackages(counted, isOpen);
  const unresolved = [...found.unresolved, ...packagesAtRunTime(counted), ...open];
  const { calls } = found;
  if (evaluator.exhausted) notes.push({ file: files[0]?.path ?? "", why: "too much to follow: some names were left open" });
  const weighed = calls.map((call) => {
    const module = program.modules.get(call.at.slice(0, call.at.lastIndexOf(":")));
    if (reach && module && !reach.modules.has(module)) return { ...call, confidence: "low" as const };
    // what others publish does more than one program asks of it
    return module && isPublished(program, module) && call.confidence === "high" ? { ...call, confidence: "medium" as const } : call;
  });
  return { found: { calls: weighed, unresolved }, notes };
}

/** Which parts of the files run, where everything that is loaded is in them; otherwise all of them count. */
function whatRuns(evaluator: Evaluator, reach: Reach | undefined, handler: string | undefined, counts: (module: Module) => boolean) {
  const modules = [...evaluator.program.modules.values()].filter(counts);
  const whole = reach?.whole || modules.every((module) => isToldWhole(evaluator.program, module));
  if (!whole && modules.length > 1) return undefined;
  return runningCode(evaluator, modules, reach && handler?.split("/").at(-1)?.split(".").slice(1).join("."));
}

function isPublished({ packages }: Program, { path }: Module): boolean {
  const at = packageAt(path);
  return at !== undefined && packages.get(at.name)?.isPublished === true;
}

/** Packages that were read, of which it cannot be told what loading them loads. */
function lostPackages(program: Program, modules: readonly Module[]): ReadonlySet<string> {
  const lost = modules.flatMap(({ sources, path }) =>
    [...sources].filter((source) => !/\.(json|css|html|txt|sql|graphql|node|wasm)$/.test(source) && !resolveModule(program, source, path)),
  );
  return new Set(lost.map(packageOf).filter((name) => program.packages.has(name)));
}

/** Published packages that use the SDK in ways in which no call could be made out. */
function silentPackages(program: Program, { calls, unresolved }: Found, counts: (module: Module) => boolean): ReadonlySet<string> {
  const told = new Set([...calls, ...unresolved].map(({ at }) => packageAt(at)?.name));
  const modules = [...program.modules.values()].filter((module) => isPublished(program, module) && counts(module));
  const using = modules.filter(({ sources }) => [...sources].some((source) => /^@aws-sdk\/(client|lib)-|^aws-sdk(\/|$)/.test(source)));
  return new Set(using.flatMap(({ path }) => packageAt(path)?.name ?? []).filter((name) => !told.has(name)));
}

function surveyAll(program: Program, files: readonly ParsedFile[], sdk: boolean, waiting: Waiting | undefined): Unread {
  const notes: Unread = [];
  const walks: { readonly settle: () => void }[] = [];
  for (const file of files)
    guarded(notes, [file], () => {
      markLibraryBodies(program, file.text, file.tree, sdk);
      walks.push(survey(program, file.path, file.text, file.tree, waiting));
      if (file.decorated) Object.assign(program.modules.get(file.path) ?? {}, { decorated: true });
    });
  guarded(notes, files, () =>
    waiting?.run(() => {
      for (const walk of walks) walk.settle();
    }),
  );
  return notes;
}

/** What needs more stack than there is cannot be told; the rest of the files can. */
function guarded(notes: Unread, [first]: readonly CodeFile[], work: () => void): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    notes.push({ file: first?.path ?? "", why: "nested too deeply" });
  }
}
