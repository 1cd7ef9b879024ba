/**
 * Cron expressions by the hundred, each with what it means by definition: a generator writes the text and the predicate side by side, so that
 * nothing here reads an expression.
 */
export interface Form {
  readonly text: string;
  /** Whether it runs in the minute that begins at this instant, UTC. */
  readonly matches: (at: Date) => boolean;
}

/** Mulberry32: the same numbers for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface Item {
  readonly text: string;
  readonly has: (value: number) => boolean;
}

const months = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];
const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

export function cronForm(random: () => number): Form {
  const upTo = (n: number) => Math.floor(random() * n);
  const one = <T>(choices: readonly T[]): T => choices[upTo(choices.length)] as T;
  const item = (least: number, most: number, words: readonly string[] = []): Item => {
    const size = most - least + 1;
    const value = () => least + upTo(size);
    const word = (n: number) =>
      words.length > 0 && random() < 0.6 ? one([words[n - least] ?? "", (words[n - least] ?? "").toLowerCase()]) : String(n);
    const [a, b, step] = [value(), value(), 1 + upTo(Math.min(size, 20))];
    // walking from a to b, over the end of the circle where need be
    const walk = (by: number) => {
      const reached = new Set<number>();
      for (let n = a, steps = 0; ; n = n === most ? least : n + 1, steps += 1) {
        if (steps % by === 0) reached.add(n);
        if (n === b) return (value: number) => reached.has(value);
      }
    };
    return one<() => Item>([
      () => ({ text: "*", has: () => true }),
      () => ({ text: word(a), has: (n) => n === a }),
      () => ({ text: word(a), has: (n) => n === a }),
      () => ({ text: `${word(a)}-${word(b)}`, has: walk(1) }),
      () => ({ text: `*/${step}`, has: (n) => (n - least) % step === 0 }),
      () => ({ text: `${word(a)}/${step}`, has: (n) => n >= a && (n - a) % step === 0 }),
      () => ({ text: `${word(a)}-${word(b)}/${step}`, has: walk(step) }),
    ])();
  };
  const list = (make: () => Item): Item => {
    const items = Array.from({ length: random() < 0.7 ? 1 : 2 + upTo(3) }, make);
    return { text: items.map(({ text }) => text).join(","), has: (n) => items.some(({ has }) => has(n)) };
  };
  const minute = list(() => item(0, 59));
  const hour = list(() => item(0, 23));
  const month = random() < 0.5 ? { text: "*", has: () => true } : list(() => item(1, 12, months));
  const year = one<() => Item>([
    () => ({ text: "*", has: () => true }),
    () => ({ text: "*", has: () => true }),
    () => ({ text: "2026-2030", has: (n) => n >= 2026 && n <= 2030 }),
    () => ({ text: "2026/2", has: (n) => n >= 2026 && n % 2 === 0 }),
    () => ({ text: "2025,2027", has: (n) => n === 2025 || n === 2027 }),
  ])();
  const byWeek = random() < 0.5;
  const day = byWeek ? weekForm(one, upTo, () => list(() => item(1, 7, weekdays))) : monthForm(one, upTo, () => list(() => item(1, 31)));
  const [dayOfMonth, dayOfWeek] = byWeek ? ["?", day.text] : [day.text, "?"];
  return {
    text: `cron(${minute.text} ${hour.text} ${dayOfMonth} ${month.text} ${dayOfWeek} ${year.text})`,
    matches: (at) =>
      minute.has(at.getUTCMinutes()) &&
      hour.has(at.getUTCHours()) &&
      month.has(at.getUTCMonth() + 1) &&
      year.has(at.getUTCFullYear()) &&
      day.matches(at),
  };
}

type One = <T>(choices: readonly T[]) => T;

function monthForm(one: One, upTo: (n: number) => number, plain: () => Item): Form {
  const [n, back] = [1 + upTo(31), 1 + upTo(30)];
  const last = (at: Date) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate();
  const usual = plain();
  return one<Form>([
    { text: usual.text, matches: (at) => usual.has(at.getUTCDate()) },
    { text: usual.text, matches: (at) => usual.has(at.getUTCDate()) },
    { text: "L", matches: (at) => at.getUTCDate() === last(at) },
    { text: `L-${back}`, matches: (at) => at.getUTCDate() === last(at) - back },
    { text: `${n}W`, matches: (at) => n <= last(at) && isNearest(at, n) },
    { text: "LW", matches: (at) => isNearest(at, last(at)) },
    { text: `${n}W,LW`, matches: (at) => (n <= last(at) && isNearest(at, n)) || isNearest(at, last(at)) },
    { text: `${usual.text},L`, matches: (at) => usual.has(at.getUTCDate()) || at.getUTCDate() === last(at) },
  ]);
}

/** `at` is a working day, of all in its month one with the least distance to `day`; a tie does not occur. */
function isNearest(at: Date, day: number): boolean {
  const days = Array.from({ length: 31 }, (_, index) => new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth(), index + 1)));
  const working = days.filter((one) => one.getUTCMonth() === at.getUTCMonth() && one.getUTCDay() % 6 !== 0);
  const distance = (one: Date) => Math.abs(one.getUTCDate() - day);
  return working.some((one) => one.getUTCDate() === at.getUTCDate()) && distance(at) === Math.min(...working.map(distance));
}

function weekForm(one: One, upTo: (n: number) => number, plain: () => Item): Form {
  const [weekday, nth] = [1 + upTo(7), 1 + upTo(5)];
  const word = one([String(weekday), weekdays[weekday - 1] ?? ""]);
  const is = (at: Date) => at.getUTCDay() + 1 === weekday;
  const usual = plain();
  const later = (at: Date, days: number) => new Date(at.getTime() + days * 86_400_000);
  return one<Form>([
    { text: usual.text, matches: (at) => usual.has(at.getUTCDay() + 1) },
    { text: usual.text, matches: (at) => usual.has(at.getUTCDay() + 1) },
    { text: "L", matches: (at) => at.getUTCDay() === 6 },
    { text: `${word}L`, matches: (at) => is(at) && later(at, 7).getUTCMonth() !== at.getUTCMonth() },
    { text: `${word}#${nth}`, matches: (at) => is(at) && Math.ceil(at.getUTCDate() / 7) === nth },
  ]);
}
