/** What a person may set of advisories: where they come from, and of which ecosystems. */
import { closest } from "fastest-levenshtein";
import * as v from "valibot";
import { type Ecosystem, ecosystems } from "./model/packages.ts";

export interface AdvisorySettings {
  /**
   * `osv`: OSV's public bucket; `off`: none; the address of a mirror of it; on the command line also a folder. Absent: nobody said; then the
   * deployed watchdog takes OSV's, and the command line none, for the first look loads some 260 MB.
   */
  readonly source?: string;
  /** In this order. */
  readonly ecosystems: readonly Ecosystem[];
  /** Address, on the command line also path, of CISA's catalogue of exploited vulnerabilities. */
  readonly kev?: string;
  /** The same of FIRST's daily file of EPSS scores. */
  readonly epss?: string;
}

/** A source that is no place. */
export const osvWord = "osv";
export const offWord = "off";
/** Asks OSV's API, and sends it the names of packages; `osv-api:https://HOST` asks another of the same kind. On the command line alone. */
export const apiWord = "osv-api";

/** The address of the API that `place` names; undefined: it names none. */
export function apiAddress(place: string, publicApi: string): string | undefined {
  if (place === apiWord) return publicApi;
  return place.startsWith(`${apiWord}:`) ? place.slice(apiWord.length + 1) : undefined;
}

const place = v.pipe(
  v.string("must be a text"),
  v.nonEmpty("is empty"),
  v.check(
    (text) => !/^https?:/i.test(text) || isPlainAddress(text),
    "is no address that can be asked: https://HOST/PATH, without user and password",
  ),
);

function isPlainAddress(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && url.username === "" && url.password === "";
}

const ecosystem = v.picklist(
  ecosystems,
  ({ input }) => `is none of ${ecosystems.join(", ")}; did you mean ${JSON.stringify(nearest(String(input)))}?`,
);

function nearest(name: string): string {
  const closestName = closest(
    name.toLowerCase(),
    ecosystems.map((one) => one.toLowerCase()),
  );
  return ecosystems.find((one) => one.toLowerCase() === closestName) ?? "npm";
}

const entries = {
  source: v.exactOptional(
    v.pipe(place, v.description("osv (OSV's public bucket), off, the address of a mirror of it; on the command line also a folder")),
  ),
  ecosystems: v.optional(v.pipe(v.array(ecosystem, "must be a list"), v.nonEmpty('is empty: "source": "off" switches advisories off')), [
    ...ecosystems,
  ]),
  kev: v.exactOptional(
    v.pipe(place, v.description("CISA's catalogue of exploited vulnerabilities: its address, on the command line also a file")),
  ),
  epss: v.exactOptional(v.pipe(place, v.description("FIRST's daily file of EPSS scores: its address, on the command line also a file"))),
};

/** The names that it knows. */
export const advisorySettingNames = Object.keys(entries);

/** `{}` gives the defaults. */
export const advisorySchema = v.optional(v.strictObject(entries, 'must be an object, such as { "source": "off" }'), {});
