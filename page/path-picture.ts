/** Ways in from outside, drawn left to right. They are chains of few steps: columns by the distance from the end, and nothing to compute. */
import type { PageNode, PagePath } from "../shared/page-file/page-ways.ts";
import { authWords } from "../shared/page-file/words.ts";
import { typeWord } from "../shared/report/type-words.ts";
import type { Account } from "./account.ts";
import { type Child, h, svg } from "./dom.ts";

const box = { width: 190, height: 44 };
const gap = { x: 130, y: 16 };

interface Place {
  readonly node: number;
  readonly column: number;
  readonly row: number;
}

interface Arrow {
  readonly from: Place;
  readonly to: Place;
  readonly label: string;
  readonly open: boolean;
  readonly inferred: boolean;
}

/** The picture; what it shows stands beside it as a list. */
export function pathPicture(account: Account, paths: readonly PagePath[]): HTMLElement {
  const { places, arrows, columns, rows } = placed(paths);
  const [width, height] = [columns * box.width + (columns - 1) * gap.x + 4, rows * (box.height + gap.y) - gap.y + 4];
  const drawing = svg(
    "svg",
    {
      class: "ways",
      viewBox: `-2 -2 ${width} ${height}`,
      width,
      height,
      role: "img",
      "aria-label": "The ways in, drawn; the same stands below as a list",
    },
    svg(
      "defs",
      {},
      svg(
        "marker",
        { id: "tip", viewBox: "0 0 10 10", refX: 9, refY: 5, markerWidth: 7, markerHeight: 7, orient: "auto" },
        svg("path", { d: "M0 1 L10 5 L0 9 z" }),
      ),
    ),
    arrows.map((arrow) => arrowShape(arrow, places, rows)),
    places.map((place) => boxShape(account, place, places, rows)),
  );
  return h("div", { class: "picture", tabindex: 0, role: "group", "aria-label": "Picture of the ways in" }, drawing);
}

/** The same as a list: each way a line, each hop with its authentication. */
export function pathList(account: Account, paths: readonly PagePath[]): HTMLElement {
  return h(
    "ol",
    { class: "paths" },
    paths.map((path) => h("li", {}, pathLine(account, path))),
  );
}

/** `the internet → no authentication → POST /orders (route) → ...`. */
export function pathLine({ nodes }: Account, { from, hops }: PagePath): Child {
  const name = (place: number) => {
    const node = nodes[place];
    const what = node && node.type !== "outside" ? ` (${typeOf(node)})` : "";
    return h("span", { class: "node", title: node?.id }, `${node?.name ?? "?"}${what}`);
  };
  return [
    name(from),
    hops.map(({ to, auth, evidence, inferred }) => [
      " ",
      h(
        "span",
        { class: auth === "none" || auth === "api-key" ? "hop open" : "hop", title: evidence },
        `→ ${auth ? authWords[auth] : "way not told"}${inferred ? ", it seems" : ""} →`,
      ),
      " ",
      name(to),
    ]),
  ];
}

/** `REST method of orders`. */
function typeOf({ type, of }: PageNode): string {
  return `${typeWord(type)}${of ? ` of ${of}` : ""}`;
}

/** Each node once in a column; the end of all paths is in the last one. */
function placed(paths: readonly PagePath[]) {
  const columns = Math.max(...paths.map(({ hops }) => hops.length)) + 1;
  const known = new Map<string, Place>();
  const used: number[] = Array.from({ length: columns }, () => 0);
  const arrows = new Map<string, Arrow>();
  const at = (node: number, column: number): Place => {
    const key = `${column} ${node}`;
    const place = known.get(key) ?? { node, column, row: used[column] ?? 0 };
    if (!known.has(key)) used[column] = place.row + 1;
    known.set(key, place);
    return place;
  };
  for (const { from, hops } of paths) {
    let before = at(from, columns - 1 - hops.length);
    for (const { to, auth, inferred } of hops) {
      const next = at(to, before.column + 1);
      const label = auth ? authWords[auth] : "";
      arrows.set(`${before.column} ${before.row} ${next.row} ${label}`, {
        from: before,
        to: next,
        label,
        open: auth === "none" || auth === "api-key",
        inferred: inferred === true,
      });
      before = next;
    }
  }
  return { places: [...known.values()], arrows: [...arrows.values()], columns, rows: Math.max(...used) };
}

/** Few boxes stand in the middle of the height that the fullest column needs. */
function centre({ column, row }: Place, places: readonly Place[], rows: number): { readonly x: number; readonly y: number } {
  const here = places.filter((one) => one.column === column).length;
  const space = (rows * (box.height + gap.y)) / here;
  return { x: column * (box.width + gap.x) + box.width / 2, y: (row + 0.5) * space - gap.y / 2 };
}

function boxShape({ nodes }: Account, place: Place, places: readonly Place[], rows: number): Child {
  const { x, y } = centre(place, places, rows);
  const node = nodes[place.node];
  const outside = node?.type === "outside";
  return svg(
    "g",
    { class: outside ? "box outside" : "box" },
    svg("title", {}, node?.id ?? ""),
    svg("rect", { x: x - box.width / 2, y: y - box.height / 2, width: box.width, height: box.height, rx: outside ? box.height / 2 : 6 }),
    svg("text", { class: "label", x, y: y + (outside ? 5 : -2), "text-anchor": "middle" }, cut(node?.name ?? "?", 26)),
    outside ? undefined : svg("text", { class: "what", x, y: y + 14, "text-anchor": "middle" }, node ? cut(typeOf(node), 30) : ""),
  );
}

function arrowShape({ from, to, label, open, inferred }: Arrow, places: readonly Place[], rows: number): Child {
  const [a, b] = [centre(from, places, rows), centre(to, places, rows)];
  const [x1, x2] = [a.x + box.width / 2, b.x - box.width / 2];
  const middle = (x1 + x2) / 2;
  const words = svg("text", { x: middle, y: (a.y + b.y) / 2 - 6, "text-anchor": "middle" }, label);
  const line = svg("path", {
    d: `M${x1} ${a.y}C${middle} ${a.y} ${middle} ${b.y} ${x2} ${b.y}`,
    "marker-end": "url(#tip)",
    ...(inferred ? { "stroke-dasharray": "3 3" } : {}),
  });
  return svg("g", { class: open ? "arrow open" : "arrow" }, line, words);
}

/** Beginnings and ends of names tell most. */
function cut(text: string, most: number): string {
  const signs = [...text];
  return signs.length <= most ? text : `${signs.slice(0, most - 11).join("")}…${signs.slice(-10).join("")}`;
}
