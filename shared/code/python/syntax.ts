/** One file of Python as a tree of plain objects: what the parser keeps in its own memory is copied once and given back. */

export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** Comments and bare punctuation are left out. `type` is the grammar's word. */
export class SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly file: SourceFile;
  /** What it is to its parent: `left`, `body`. */
  readonly role: string | undefined;
  readonly children: SyntaxNode[] = [];

  constructor(type: string, role: string | undefined, start: number, end: number, file: SourceFile) {
    this.type = type;
    this.role = role;
    this.start = start;
    this.end = end;
    this.file = file;
  }

  get text(): string {
    return this.file.text.slice(this.start, this.end);
  }

  /** The first child of that role. */
  child(role: string): SyntaxNode | undefined {
    return this.children.find((child) => child.role === role);
  }

  all(role: string): SyntaxNode[] {
    return this.children.filter((child) => child.role === role);
  }

  ofType(...types: readonly string[]): SyntaxNode[] {
    return this.children.filter(({ type }) => types.includes(type));
  }

  /** Tells this place from every other one. */
  get place(): string {
    return `${this.file.path}:${this.start}-${this.end}`;
  }

  /** `src/app.py:12` */
  get at(): string {
    return `${this.file.path}:${lineOf(this.file, this.start)}`;
  }
}

const lineStarts = new WeakMap<SourceFile, number[]>();

/** The line, from 1, of a place in a file. */
function lineOf(file: SourceFile, place: number): number {
  let starts = lineStarts.get(file);
  if (!starts) {
    starts = [0];
    for (let at = file.text.indexOf("\n"); at >= 0; at = file.text.indexOf("\n", at + 1)) starts.push(at + 1);
    lineStarts.set(file, starts);
  }
  let low = 0;
  let high = starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= place) low = middle;
    else high = middle;
  }
  return low + 1;
}
