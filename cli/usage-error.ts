/** The command line asks for something that cannot be: the person has to type something else. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The command could not begin: something outside refused or is missing. */
export class CannotStartError extends Error {
  override readonly name = "CannotStartError";
}
