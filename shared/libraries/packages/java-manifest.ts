/** The head of a jar's manifest (docs.oracle.com, "JAR File Specification"): what it says of the jar as a whole. */

/** What is looked at; each as it stands there. */
const members = ["Bundle-SymbolicName", "Implementation-Title", "Implementation-Version", "Implementation-Vendor-Id"] as const;
const more = ["Automatic-Module-Name", "Bundle-Version"] as const;

export type Manifest = Readonly<Partial<Record<(typeof members)[number] | (typeof more)[number], string>>>;

/** Signed jars go on with a paragraph for each of their files. */
const headBytes = 64 * 1024;
const longestValue = 300;

/** @param pieces of the file, of which no more are taken than are needed */
export async function readManifest(pieces: AsyncIterable<Buffer>): Promise<Manifest> {
  let head: Buffer = Buffer.alloc(0);
  for await (const piece of pieces) {
    head = Buffer.concat([head, piece]);
    if (head.length >= headBytes || head.includes("\n\n") || head.includes("\r\n\r\n")) break;
  }
  return parseManifest(head.toString("utf8"));
}

function parseManifest(text: string): Manifest {
  const [head = ""] = text.split(/\r\n\r\n|\n\n/, 1);
  const found: Partial<Record<string, string>> = {};
  // a line that begins with a blank goes on with the one before
  for (const line of head.replace(/\r?\n /g, "").split(/\r?\n/)) {
    const [, name = "", value = ""] = /^([\w-]{1,70}): (.*)$/.exec(line) ?? [];
    const known = [...members, ...more].find((one) => one === name);
    if (known && value.length <= longestValue) found[known] ??= value.trim();
  }
  return found;
}
