/** What doctor says about one thing. */
export interface Check {
  readonly name: string;
  /** `note`: works, but a person should know. */
  readonly result: "ok" | "note" | "bad";
  readonly text: string;
  /** What it is about, in words, where `name` is one of our own. */
  readonly about?: string;
}

export function ok(name: string, text: string): Check {
  return { name, result: "ok", text };
}

export function note(name: string, text: string): Check {
  return { name, result: "note", text };
}

export function bad(name: string, text: string): Check {
  return { name, result: "bad", text };
}
