/** Sources of a source map (ECMA-426), also of one in sections. */
import { asObject, asText, jsonObject } from "./package-reader.ts";

export interface MapSource {
  readonly source: string;
  readonly content?: string;
}

const mostSources = 100_000;

export function sourcesOf(text: string): MapSource[] {
  const map = jsonObject(text.replace(/^\)\]\}'[^\n]*\n/, ""));
  const sections = Array.isArray(map?.sections) ? map.sections.map((one) => asObject(asObject(one)?.map)) : [];
  return [map, ...sections].flatMap((one) => {
    const { sources, sourcesContent } = one ?? {};
    if (!Array.isArray(sources)) return [];
    return sources.slice(0, mostSources).flatMap((source, i) => {
      const content = Array.isArray(sourcesContent) ? asText(sourcesContent[i]) : undefined;
      return typeof source === "string" ? [{ source, ...(content === undefined ? {} : { content }) }] : [];
    });
  });
}
