/** Rows of data/boto3.ts, taken apart once. */

/** `GetQueueUrl QueueName=x -> Queue Url=?` taken apart. */
export interface Row {
  readonly operation: string;
  readonly members: readonly (readonly [string, string])[];
  readonly gives?: { readonly shape: string; readonly ids: readonly (readonly [string, string])[]; readonly loaded: boolean };
}

const taken = new Map<string, Row>();

export function rowOf(written: string): Row {
  const known = taken.get(written);
  if (known) return known;
  const [request = "", gives] = written.split(/ ?-> /);
  const [operation = "", ...members] = request.split(" ");
  const row = { operation, members: pairs(members), ...(gives !== undefined && { gives: relation(gives) }) };
  taken.set(written, row);
  return row;
}

export function relation(written: string): NonNullable<Row["gives"]> {
  const [shape = "", ...ids] = written.split(" ");
  return { shape, ids: pairs(ids), loaded: ids.at(-1) === "loaded" };
}

function pairs(words: readonly string[]): (readonly [string, string])[] {
  return words.flatMap((word) => {
    const at = word.indexOf("=");
    return at < 0 ? [] : [[word.slice(0, at), word.slice(at + 1)] as const];
  });
}
