/** What a person may set of a rule. A rule declares each setting once; the type of its value follows from the declaration. */

/** A number: a threshold. */
export interface Threshold {
  readonly default: number;
  readonly unit: "days" | "seconds" | "ratio" | "count";
  readonly minimum: number;
  /**
   * Days of silence from which on that has to be read of a function, for the rule to judge it: everything that is read of candidates, or only
   * whether it is switched off.
   */
  readonly readsFrom?: "candidates" | "concurrency";
  readonly meaning: string;
}

/** A word, free or one of a few. */
export interface TextSetting {
  readonly default: string;
  readonly oneOf?: readonly string[];
  readonly meaning: string;
}

/** Any number of words. */
export interface ListSetting {
  readonly default: readonly string[];
  readonly meaning: string;
}

export type Setting = Threshold | TextSetting | ListSetting;
export type SettingValue = number | string | readonly string[];

/** The settings of one rule, by name. */
export type Declared = Readonly<Record<string, Setting>>;

type ValueOf<S extends Setting> = S extends Threshold ? number : S extends ListSetting ? readonly string[] : string;

/** Their values. */
export type SettingsOf<S extends Declared> = { readonly [Name in keyof S]: ValueOf<S[Name]> };

export function isThreshold(setting: Setting): setting is Threshold {
  return typeof setting.default === "number";
}

/** What is wrong with `value`, in words that follow `SETTING must be`; undefined where nothing is. */
export function mistakeIn(setting: Setting, value: unknown): string | undefined {
  if (isThreshold(setting)) {
    const fits = typeof value === "number" && Number.isFinite(value) && value >= setting.minimum;
    return fits ? undefined : `a number of ${setting.unit}, at least ${setting.minimum}`;
  }
  if (typeof setting.default !== "string") {
    return Array.isArray(value) && value.every((one) => typeof one === "string") ? undefined : "a list of texts";
  }
  const { oneOf } = setting as TextSetting;
  if (oneOf) return oneOf.includes(String(value)) ? undefined : `one of ${oneOf.join(", ")}`;
  return typeof value === "string" ? undefined : "a text";
}
