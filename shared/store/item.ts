/** An item of the table as the document client gives it. */
export type Item = Readonly<Record<string, unknown>>;
