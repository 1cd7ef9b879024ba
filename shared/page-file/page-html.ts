/** The whole file: one HTML document that asks nothing of anybody. */
import { createHash } from "node:crypto";
import { firstScreen } from "./first-screen.ts";
import { html } from "./html-text.ts";
import type { Overview } from "./overview.ts";
import type { PartName } from "./page-data.ts";

/** Script and style of the page, made of page/. */
export interface PageBundle {
  readonly script: string;
  readonly style: string;
}

/** Name of the file that holds it beside a program without source to bundle: the published package, the scan in AWS. */
export const bundleFile = "page-bundle.json";

/** Where the page leads, in the order in which people ask. */
const places = [
  ["#/", "Overview"],
  ["#/findings", "Findings"],
  ["#/functions", "Functions"],
  ["#/exposure", "Exposure"],
  ["#/roles", "Roles"],
  ["#/libraries", "Libraries"],
  ["#/prune", "Prune"],
  ["#/owners", "Owners"],
  ["#/changes", "Changes"],
  ["#/coverage", "Coverage"],
] as const;

/** What is in the file. */
export interface PageContent {
  readonly overview: Overview;
  /** What there was no room for: a sentence each. */
  readonly left: readonly string[];
  /** Gzipped. */
  readonly parts: ReadonlyMap<PartName, Uint8Array>;
}

/** The file as text. */
export function pageHtml({ overview, left, parts }: PageContent, { script, style }: PageBundle): string {
  const policy = `default-src 'none'; script-src '${hashOf(script)}'; style-src '${hashOf(style)}'; base-uri 'none'; form-action 'none'`;
  const links = places.map(([link, name]) => html`<li><a href="${link}">${name}</a></li>`);
  // base64 has no sign that could end an element
  const embedded = [...parts].map(
    ([name, bytes]) => `<script type="application/octet-stream" id="part-${name}">${Buffer.from(bytes).toString("base64")}</script>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta http-equiv="x-dns-prefetch-control" content="off">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
${html`<title>Small Target: account ${overview.account}, ${overview.startedAt.slice(0, 10)}</title>`.text}
<style>${style}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top"><a class="brand" href="#/">Small Target</a>${html`<nav id="places" class="places" aria-label="Views" hidden><ul>${links}</ul></nav>`.text}</header>
<main id="main">
<div id="first">
${firstScreen(overview, left).text}
</div>
<div id="view" hidden></div>
</main>
<p id="said" class="hidden" role="status"></p>
${embedded.join("\n")}
<script>${script}</script>
</body>
</html>
`;
}

/** As the policy names what may run: nothing else does. */
function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
