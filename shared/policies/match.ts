const star = "*".charCodeAt(0);
const questionMark = "?".charCodeAt(0);

/**
 * Wildcard match as IAM does it: `*` any text, `?` one character; both sides as given. By hand, without a regular expression per
 * call: policies of a large account ask this a million times. Pure.
 */
export function matches(pattern: string, text: string): boolean {
  let at = 0;
  let of = 0;
  let lastStar = -1;
  let resume = 0;
  while (at < text.length) {
    const sign = of < pattern.length ? pattern.charCodeAt(of) : -1;
    if (sign === star) {
      lastStar = of;
      resume = at;
      of += 1;
    } else if (sign === questionMark || sign === text.charCodeAt(at)) {
      at += 1;
      of += 1;
    } else if (lastStar >= 0) {
      // the last star takes one character more
      of = lastStar + 1;
      resume += 1;
      at = resume;
    } else return false;
  }
  while (of < pattern.length && pattern.charCodeAt(of) === star) of += 1;
  return of === pattern.length;
}

/** As `ArnLike` and `ArnEquals` compare: each of the six parts of an ARN for itself, so that no star reaches over a colon of the first five. */
export function matchesArn(pattern: string, arn: string): boolean {
  const asked = pattern.split(":");
  if (asked.length < 6) return matches(pattern, arn);
  const given = arn.split(":");
  if (given.length < 6) return false;
  for (let part = 0; part < 5; part += 1) if (!matches(asked[part] ?? "", given[part] ?? "")) return false;
  return matches(asked.slice(5).join(":"), given.slice(5).join(":"));
}
