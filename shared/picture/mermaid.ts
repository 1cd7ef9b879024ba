/** A picture as Mermaid, for pages that draw it themselves (GitHub, wikis). Foreign text cannot leave its label. */
import { cleanText } from "../model/plain-text.ts";
import { type EdgeStyle, levelWords, type Picture, type PictureLevel } from "./picture.ts";

const classes: Readonly<Record<PictureLevel, readonly [name: string, style: string]>> = {
  "internet-anonymous": ["anonymous", "fill:#8c1d18,stroke:#3b0906,color:#ffffff,stroke-width:3px"],
  "internet-authenticated": ["authenticated", "fill:#f2b366,stroke:#8a4b00,color:#1c1c1c,stroke-width:2px"],
  "cross-account": ["otherAccounts", "fill:#d9d2ec,stroke:#5b4694,color:#1c1c1c,stroke-dasharray:8 3"],
  internal: ["inside", "fill:#eef4fa,stroke:#4a6a8a,color:#1c1c1c"],
  none: ["unreached", "fill:#ffffff,stroke:#8a8a8a,color:#1c1c1c"],
  unknown: ["unknown", "fill:#ffffff,stroke:#1c1c1c,color:#1c1c1c,stroke-dasharray:2 3"],
  outside: ["outside", "fill:#1c1c1c,stroke:#1c1c1c,color:#ffffff"],
  several: ["several", "fill:#f4f4f4,stroke:#8a8a8a,color:#1c1c1c"],
};

const arrows: Readonly<Record<EdgeStyle, string>> = { does: "-->", grant: "-.->", inferred: "-.->", off: "--x" };

/** The whole diagram. */
export function pictureMermaid({ title, nodes, edges, notes }: Picture): string {
  const names = new Map(nodes.map(({ id }, i) => [id, `n${i}`]));
  const levels = [...new Set(nodes.map(({ level }) => level))];
  return [
    "flowchart LR",
    `  %% ${cleanText(title, 300).replaceAll(/[^\p{L}\p{N} .,:_-]/gu, " ")}`,
    ...nodes.map(({ id, label, detail, level, isStart }) => {
      const words = `"${isStart ? "<b>" : ""}${mermaidText(label)}${isStart ? "</b>" : ""}<br/>${mermaidText(detail)}"`;
      return `  ${names.get(id)}${level === "outside" ? `([${words}])` : `[${words}]`}:::${classes[level][0]}`;
    }),
    ...edges.flatMap(({ from, to, label, style }) => {
      const [start, end] = [names.get(from), names.get(to)];
      return start && end ? [`  ${start} ${arrows[style]}|"${mermaidText(label)}"| ${end}`] : [];
    }),
    ...notes.map((note, i) => `  note${i}["${mermaidText(note)}"]`),
    ...levels.map((level) => `  classDef ${classes[level][0]} ${classes[level][1]}`),
    `  %% ${levels.map((level) => `${classes[level][0]}: ${levelWords[level]}`).join("; ")}`,
    "",
  ].join("\n");
}

/** Everything but letters, digits and harmless signs as character codes, which Mermaid writes `#35;`. */
export function mermaidText(text: string): string {
  return cleanText(text, 400).replaceAll(/[^\p{L}\p{N} .,_/-]/gu, (sign) => `#${sign.codePointAt(0)};`);
}
