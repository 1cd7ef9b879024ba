/**
 * A picture as SVG: one file, no script, no font or image from elsewhere. How open a box is shows in its fill, in its border
 * and in words, so that it reads printed in black and white too.
 */
import { cleanText } from "../model/plain-text.ts";
import { type Layout, layOut, type Placed, type PlacedEdge } from "./layout.ts";
import { type EdgeStyle, levelWords, type Picture, type PictureLevel, type PictureNode } from "./picture.ts";

interface BoxLook {
  readonly fill: string;
  readonly text: string;
  readonly border: string;
  readonly width: number;
  readonly dash?: string;
}

const looks: Readonly<Record<PictureLevel, BoxLook>> = {
  "internet-anonymous": { fill: "#8c1d18", text: "#ffffff", border: "#3b0906", width: 2.5 },
  "internet-authenticated": { fill: "#f2b366", text: "#1c1c1c", border: "#8a4b00", width: 2 },
  "cross-account": { fill: "#d9d2ec", text: "#1c1c1c", border: "#5b4694", width: 2, dash: "8 3" },
  internal: { fill: "#eef4fa", text: "#1c1c1c", border: "#4a6a8a", width: 1.2 },
  none: { fill: "#ffffff", text: "#1c1c1c", border: "#8a8a8a", width: 1.2 },
  unknown: { fill: "#ffffff", text: "#1c1c1c", border: "#1c1c1c", width: 1.5, dash: "2 3" },
  outside: { fill: "#1c1c1c", text: "#ffffff", border: "#1c1c1c", width: 1.5 },
  several: { fill: "#f4f4f4", text: "#1c1c1c", border: "#8a8a8a", width: 1.2 },
};

const lines: Readonly<Record<EdgeStyle, { readonly stroke: string; readonly dash?: string; readonly words: string }>> = {
  does: { stroke: "#333333", words: "does" },
  grant: { stroke: "#6b6b6b", dash: "7 4", words: "is allowed to" },
  inferred: { stroke: "#333333", dash: "2 3", words: "does, it seems" },
  off: { stroke: "#b5b5b5", words: "switched off" },
};

const margin = 24;
const headHeight = 40;
const noteHeight = 18;
const legendItem = 172;

/** The whole file. */
export function pictureSvg(picture: Picture): string {
  const laid = layOut(picture);
  const legend = legendOf(picture);
  const columns = Math.max(1, Math.floor(Math.max(laid.width, 700) / legendItem));
  const legendHeight = Math.ceil(legend.length / columns) * 28;
  const notes = picture.nodes.length === 0 ? ["Nothing to draw: the scan saw no such relation.", ...picture.notes] : picture.notes;
  const width = Math.ceil(Math.max(laid.width, 700) + 2 * margin);
  const top = margin + headHeight;
  const below = top + laid.height + 28;
  const height = Math.ceil(below + legendHeight + notes.length * noteHeight + margin);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="Helvetica, Arial, 'DejaVu Sans', sans-serif">`,
    `<title>${xml(picture.title)}</title>`,
    `<defs>${Object.entries(lines).map(arrowHead).join("")}</defs>`,
    `<rect width="100%" height="100%" fill="#ffffff"/>`,
    `<text x="${margin}" y="${margin + 14}" font-size="17" font-weight="bold" fill="#1c1c1c">${xml(picture.title)}</text>`,
    `<g transform="translate(${margin + (width - 2 * margin - laid.width) / 2},${top})">`,
    ...drawing(laid),
    "</g>",
    ...legend.map((item, i) => item(margin + (i % columns) * legendItem, below + Math.floor(i / columns) * 28)),
    ...notes.map((note, i) => text(margin, below + legendHeight + (i + 1) * noteHeight - 4, note, 12, "#333333")),
    "</svg>",
    "",
  ].join("\n");
}

/** Foreign text in XML, as element content or attribute value. */
export function xml(value: string): string {
  const signs: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
  // cleaned, because XML has no way at all to write most control characters
  return cleanText(value, 2000).replace(/[&<>"']/g, (sign) => signs[sign] ?? "");
}

/** Labels stand above lines and boxes above labels: what is in the way of a name is the lesser evil. */
function drawing({ nodes, edges }: Layout): string[] {
  return [...edges.map(edgePath), ...edges.map(edgeLabel), ...nodes.map(box)];
}

function box({ of, x, y, width, height }: Placed<PictureNode>): string {
  const [left, top] = [round(x - width / 2), round(y - height / 2)];
  const look = looks[of.level];
  const radius = of.level === "outside" ? height / 2 : 7;
  const rect = (dx: number, more: string) =>
    `<rect x="${left - dx}" y="${top - dx}" width="${round(width) + 2 * dx}" height="${height + 2 * dx}" rx="${radius + dx}" ${more}/>`;
  return [
    "<g>",
    `<title>${xml(of.title)}</title>`,
    ...(of.isStart ? [rect(4, 'fill="none" stroke="#1c1c1c" stroke-width="1.5"')] : []),
    // a second sheet behind: there are more than one
    ...(isSeveral(of) ? [rect(0, `fill="${look.fill}" stroke="${look.border}" transform="translate(4,4)"`)] : []),
    rect(0, boxStyle(look)),
    text(round(x), top + 19, of.label, 13, look.text, "middle", "bold"),
    text(round(x), top + 36, of.detail, 10.5, look.text, "middle"),
    "</g>",
  ].join("");
}

function isSeveral({ id }: PictureNode): boolean {
  return id.startsWith("several ");
}

function boxStyle({ fill, border, width, dash }: BoxLook): string {
  return `fill="${fill}" stroke="${border}" stroke-width="${width}"${dash ? ` stroke-dasharray="${dash}"` : ""}`;
}

/** Through every point that the layout gives, level at each: its label lies on the line, and lines leave boxes at their sides. */
function edgePath({ of, points }: PlacedEdge): string {
  const [first, ...rest] = points;
  if (!first) return "";
  const { stroke, dash } = lines[of.style];
  const curves = rest.map(({ x, y }, i) => {
    const before = points[i] ?? first;
    const middle = round((before.x + x) / 2);
    return `C${middle} ${round(before.y)} ${middle} ${round(y)} ${round(x)} ${round(y)}`;
  });
  const d = [`M${round(first.x)} ${round(first.y)}`, ...curves].join(" ");
  return `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="1.3"${dash ? ` stroke-dasharray="${dash}"` : ""} marker-end="url(#to-${of.style})"/>`;
}

function edgeLabel({ of, label, labelWidth }: PlacedEdge): string {
  // white behind it, because its own line and others pass there
  const back = `<rect x="${round(label.x - labelWidth / 2)}" y="${round(label.y - 7)}" width="${labelWidth}" height="14" fill="#ffffff"/>`;
  return back + text(label.x, label.y + 3, of.label, 10, "#333333", "middle");
}

function arrowHead([style, { stroke }]: [string, { readonly stroke: string }]): string {
  return `<marker id="to-${style}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 1 L10 5 L0 9 z" fill="${stroke}"/></marker>`;
}

/** Only what is in the picture. */
function legendOf({ nodes, edges }: Picture): ((x: number, y: number) => string)[] {
  const levels = (Object.keys(looks) as PictureLevel[]).filter((level) => nodes.some((node) => node.level === level));
  const styles = (Object.keys(lines) as EdgeStyle[]).filter((style) => edges.some((edge) => edge.style === style));
  return [
    ...levels.map((level) => (x: number, y: number) => {
      const swatch = `<rect x="${x}" y="${round(y)}" width="26" height="16" rx="${level === "outside" ? 8 : 4}" ${boxStyle(looks[level])}/>`;
      return swatch + text(x + 34, y + 12, levelWords[level], 11, "#1c1c1c");
    }),
    ...styles.map((style) => (x: number, y: number) => {
      const { stroke, dash, words } = lines[style];
      const line = `<path d="M${x} ${round(y + 8)} h26" stroke="${stroke}" stroke-width="1.5"${dash ? ` stroke-dasharray="${dash}"` : ""} marker-end="url(#to-${style})"/>`;
      return line + text(x + 34, y + 12, words, 11, "#1c1c1c");
    }),
  ];
}

function text(x: number, y: number, value: string, size: number, fill: string, anchor = "start", weight = "normal"): string {
  return `<text x="${round(x)}" y="${round(y)}" font-size="${size}" fill="${fill}" text-anchor="${anchor}" font-weight="${weight}">${xml(value)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
