/** The parts of the data in this file, each unpacked once, when it is asked for. */
import type { PageLines, PartName } from "../shared/page-file/page-data.ts";

const texts = new Map<PartName, Promise<string>>();

/** The lines of a part, each as JSON. @throws when the file was cut off */
export async function textsOf(name: PartName): Promise<string[]> {
  const known = texts.get(name) ?? unpacked(name);
  texts.set(name, known);
  const text = await known;
  return text === "" ? [] : text.split("\n");
}

/** What the lines of a part hold. @throws as textsOf */
export async function linesOf<N extends PartName>(name: N): Promise<PageLines[N][]> {
  // at once: ten thousand small texts take longer than a large one
  return JSON.parse(`[${(await textsOf(name)).join(",")}]`) as PageLines[N][];
}

async function unpacked(name: PartName): Promise<string> {
  const element = document.getElementById(`part-${name}`);
  if (!element) throw new Error(`the part ${name} is not in the file`);
  const stream = new Blob([bytesOf(element.textContent ?? "")]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return bytes;
}
