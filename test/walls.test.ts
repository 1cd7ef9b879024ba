import { globSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..");

interface May {
  readonly rooms: Set<string>;
  /** Of these it may import types only. */
  readonly types: Set<string>;
  /** It composes: any room of shared/. */
  readonly any: boolean;
}

/** Room -> what it may import: the table of docs/architecture.md. */
function table(): Map<string, May> {
  const text = readFileSync(join(root, "docs", "architecture.md"), "utf8");
  const rows = text.matchAll(/^\| `([\w-]+)` \|[^|]*\|([^|]*)\|$/gm);
  return new Map(
    [...rows].map(([, room = "", may = ""]) => {
      const names = [...may.matchAll(/(types of )?`([\w-]+)`/g)];
      const of = (types: boolean) => new Set(names.flatMap(([, only, name = ""]) => ((only !== undefined) === types ? [name] : [])));
      return [room, { rooms: of(false), types: of(true), any: may.includes("any room of `shared/`") }];
    }),
  );
}

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

/** Every import of one of our files by another one. */
function imports(): Import[] {
  const files = globSync("{shared,page,cli,functions,infra,tools}/**/*.ts", { cwd: root }).map((file) => file.replaceAll("\\", "/"));
  return files.flatMap((from) => {
    const text = readFileSync(join(root, from), "utf8");
    // imports stand at the top; below there may be texts that look like some
    const head = text.slice(
      0,
      /^(export (?!type \{|\{|\*)|const|let|function|async|class|interface|type|try|await|if|for)/m.exec(text)?.index,
    );
    const named = head.matchAll(/^import\s+(type\s)?[^"']*?["'](\.[^"']+\.ts)["']/gm);
    const dynamic = text.matchAll(/\bimport\(["'](\.[^"']+\.ts)["']\)/g);
    const to = (path = "") => posix.join(posix.dirname(from), path);
    return [
      ...[...named].map(([, type, path]) => ({ from, to: to(path), typeOnly: type !== undefined })),
      ...[...dynamic].map(([, path]) => ({ from, to: to(path), typeOnly: false })),
    ];
  });
}

/** `shared/model/day.ts` is in `model`, `shared/watch.ts` in `watch`, `cli/commands/scan.ts` in `cli`. */
function roomOf(file: string): string {
  const [top = "", second = ""] = file.split("/");
  return top === "shared" ? second.replace(/\.ts$/, "") : top;
}

/** One way round for every circle: the names along it. */
function circles(arrows: readonly (readonly [string, string])[]): string[][] {
  const next = Map.groupBy(arrows, ([from]) => from);
  const done = new Set<string>();
  const found: string[][] = [];
  const walk = (name: string, way: readonly string[]) => {
    const at = way.indexOf(name);
    if (at >= 0) found.push([...way.slice(at), name]);
    if (at >= 0 || done.has(name)) return;
    for (const [, to] of next.get(name) ?? []) walk(to, [...way, name]);
    done.add(name);
  };
  for (const name of next.keys()) walk(name, []);
  return found;
}

const all = imports();
const between = all.filter(({ from, to }) => roomOf(from) !== roomOf(to));
const rooms = table();

describe("the rooms of docs/architecture.md", () => {
  test("are all the rooms there are", () => {
    const there = new Set(all.flatMap(({ from, to }) => [roomOf(from), roomOf(to)]));
    expect([...rooms.keys()].toSorted()).toEqual([...there].toSorted());
  });

  test("import what the table lets them, and nothing else", () => {
    const forbidden = between.filter(({ from, to, typeOnly }) => {
      const may = rooms.get(roomOf(from));
      if (may?.any && to.startsWith("shared/")) return false;
      return !may?.rooms.has(roomOf(to)) && !(typeOnly && may?.types.has(roomOf(to)));
    });
    expect(forbidden.map(({ from, to, typeOnly }) => `${from} -> ${to}${typeOnly ? " (types)" : ""}`)).toEqual([]);
  });

  test("let nobody do what nobody does any more", () => {
    const used = new Set(between.map(({ from, to }) => `${roomOf(from)} -> ${roomOf(to)}`));
    const unused = [...rooms].flatMap(([room, may]) => [...may.rooms, ...may.types].map((other) => `${room} -> ${other}`));
    expect(unused.filter((arrow) => !used.has(arrow))).toEqual([]);
  });

  test("form no circle", () => {
    expect(circles(between.map(({ from, to }) => [roomOf(from), roomOf(to)]))).toEqual([]);
  });
});

test("no files import each other in a circle", () => {
  expect(circles(all.map(({ from, to }) => [from, to]))).toEqual([]);
});

test("in the room that asks AWS, lists know services, services know the contract, and nothing the other way round", () => {
  const folderOf = (file: string) => (file.split("/").length === 3 ? "the lists" : (file.split("/")[2] ?? ""));
  const within = all.filter(({ from, to }) => roomOf(from) === "collect" && roomOf(to) === "collect");
  const arrows = within.map(({ from, to }) => [folderOf(from), folderOf(to)] as const).filter(([from, to]) => from !== to);
  expect(arrows.length).toBeGreaterThan(50);
  expect(arrows.filter(([from, to]) => from === "contract" || to === "the lists")).toEqual([]);
  expect(circles(arrows)).toEqual([]);
});
