/** When messages may go out, as people set it: in the time of their own clocks. */

export const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;
export type Weekday = (typeof weekdays)[number];

/** Minutes since midnight; `from` may be later than `to`: then the night lies between them. `to` is no longer quiet. */
export interface QuietHours {
  readonly from: number;
  readonly to: number;
}

export interface DigestTiming {
  /** Absent: messages go out at any hour. */
  readonly quietHours?: QuietHours;
  /** Name of the IANA time zone database. */
  readonly timeZone: string;
  /** Day of the weekly digest. */
  readonly weeklyOn: Weekday;
}

export const defaultTiming: DigestTiming = { timeZone: "UTC", weeklyOn: "monday" };
