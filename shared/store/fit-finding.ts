/** DynamoDB takes items up to 400 KB and numbers up to a size: makes any finding fit, and says what was left out. */
import type { EvidenceValue, Finding } from "../model/finding.ts";

/** Room is left for keys, indexes' attributes and DynamoDB's own encoding. */
const maxBytes = 300_000;

/** The parts that may be shortened, under the name that `truncated` shows. */
type Parts = Record<string, EvidenceValue>;

/**
 * The finding, its evidence shortened when it would not fit into an item: the longest lists lose their end first, then texts.
 * What was shortened stands in `evidence.truncated`, e.g. `names: 625 of 20000`. Key, severity and material key are never touched.
 */
export function fitFinding<F extends Finding>(finding: F): F {
  const storable = { ...finding, evidence: mapValues(finding.evidence, storableValue) };
  const excess = bytesOf(storable) - maxBytes;
  if (excess <= 0) return storable;
  const before = takeApart(storable);
  const after = shorten(before, bytesOf(before) - excess);
  const truncated = Object.keys(before).flatMap((name) => {
    const [had, has] = [sizeOf(before[name]), sizeOf(after[name])];
    return had === has ? [] : [`${name}: ${has} of ${had}`];
  });
  return putTogether(storable, after, truncated);
}

/** Halves the largest part until all of them fit into `limit` bytes. */
function shorten(parts: Parts, limit: number): Parts {
  const shorter: Parts = { ...parts };
  const bytes = new Map(Object.entries(parts).map(([name, value]) => [name, bytesOf(value)]));
  let excess = bytesOf(parts) - Math.max(limit, 0);
  while (excess > 0) {
    let largest = "";
    for (const [name, size] of bytes) if (size > (bytes.get(largest) ?? 0)) largest = name;
    if (largest === "") break;
    const value = halved(shorter[largest]);
    const size = bytesOf(value);
    excess -= (bytes.get(largest) ?? 0) - size;
    shorter[largest] = value;
    if (sizeOf(value) > 0) bytes.set(largest, size);
    else bytes.delete(largest);
  }
  return shorter;
}

function halved(value: EvidenceValue | undefined): EvidenceValue {
  const half = Math.floor(sizeOf(value) / 2);
  // a cut must not leave half a surrogate pair
  if (typeof value === "string") return value.slice(0, half).toWellFormed();
  return Array.isArray(value) ? value.slice(0, half) : null;
}

function takeApart({ evidence, title, references, remediation }: Finding): Parts {
  return {
    ...evidence,
    "finding title": title,
    "finding references": references,
    "remediation text": remediation.text,
    "remediation commands": remediation.commands,
  };
}

function putTogether<F extends Finding>(finding: F, parts: Parts, truncated: readonly string[]): F {
  const {
    "finding title": title,
    "finding references": references,
    "remediation text": text,
    "remediation commands": commands,
    ...evidence
  } = parts;
  return {
    ...finding,
    title: String(title ?? ""),
    references: Array.isArray(references) ? references : [],
    remediation: { text: String(text ?? ""), commands: Array.isArray(commands) ? commands : [] },
    evidence: { ...evidence, truncated },
  };
}

/** DynamoDB has no infinities, and the client refuses integers that JavaScript cannot hold exactly. */
function storableValue(value: EvidenceValue): EvidenceValue {
  return typeof value === "number" && !(Math.abs(value) <= Number.MAX_SAFE_INTEGER) ? String(value) : value;
}

function mapValues(values: Readonly<Parts>, change: (value: EvidenceValue) => EvidenceValue): Parts {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, change(value)]));
}

/** Elements of a list, characters of a text, 1 for any other value. */
function sizeOf(value: EvidenceValue | undefined): number {
  if (value === null || value === undefined) return 0;
  return typeof value === "string" || Array.isArray(value) ? value.length : 1;
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value) ?? "", "utf8");
}
