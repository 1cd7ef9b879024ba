import type { SdkCall, UnresolvedCall } from "../../model/code.ts";
import type { Confidence } from "../../model/finding.ts";
import type { Values } from "./values.ts";

export type Parameters = SdkCall["parameters"];

/** Whose call it is: `otherRole` is one made with credentials that were taken from another role, which is not a need of this one. */
export interface Caller {
  readonly service: string;
  readonly otherRole: boolean;
  readonly endpoint?: Values;
}

const mostCalls = 20_000;

/** Collects what the code calls, each call once. */
export class Recorder {
  /** What is read now is reached by nobody that we see. */
  unreached = false;
  readonly #calls = new Map<string, SdkCall>();
  readonly #unresolved = new Map<string, UnresolvedCall>();
  readonly #mentioned = new Map<string, { caller: Caller; operation: string; at: string; parameters: Parameters; unreached: boolean }>();
  readonly #settled = new Set<string>();
  readonly #taken = new Map<string, string>();
  readonly #given = new Set<string>();

  /** @param operation as the API has it */
  call(caller: Caller, operation: string, parameters: Parameters, at: string, confidence: Confidence = "high"): void {
    if (caller.otherRole || this.#calls.size >= mostCalls) return;
    const client = clientOf(caller.service);
    const call: SdkCall = { client, operation, parameters, confidence: this.unreached ? "low" : confidence, at };
    const key = JSON.stringify([client, operation, at, parameters]);
    const before = this.#calls.get(key);
    if (!before || before.confidence === "low") this.#calls.set(key, call);
  }

  /** An operation is named but not called here, as `fn = s3.get_object`: it counts as called, unless the call is seen as well. */
  mention(place: string, caller: Caller, operation: string, at: string, parameters: Parameters = []): void {
    const before = this.#mentioned.get(place);
    if (!before || before.unreached) this.#mentioned.set(place, { caller, operation, at, parameters, unreached: this.unreached });
  }

  /** Nothing was found so far. */
  get isEmpty(): boolean {
    return this.#calls.size + this.#unresolved.size + this.#mentioned.size === 0;
  }

  /** What is named at that place was seen to be called. */
  settle(place: string): void {
    this.#settled.add(place);
  }

  /** The role's keys are taken out of a session there. */
  take(place: string, at: string): void {
    if (!this.unreached) this.#taken.set(place, at);
  }

  /** They were seen to go to somebody of whom it is told what he does with them. */
  give(place: string): void {
    this.#given.add(place);
  }

  /** @param service boto3's name, where only of this service more calls may be made */
  unresolved(what: string, at: string, service?: string): void {
    if (!this.unreached)
      this.#unresolved.set(`${what} ${at}`, { what, at, ...(service === undefined ? {} : { client: clientOf(service) }) });
  }

  /** Everything collected, in the order of the places. */
  result(): { calls: SdkCall[]; unresolved: UnresolvedCall[] } {
    for (const [place, { caller, operation, at, parameters, unreached }] of this.#mentioned) {
      if (!this.#settled.has(place)) this.call(caller, operation, parameters, at, unreached ? "low" : "high");
    }
    for (const [place, at] of this.#taken) {
      if (!this.#given.has(place)) this.unresolved("what is asked with the role's keys, which the code takes out of a session", at);
    }
    const order = new Intl.Collator("en", { numeric: true });
    const byPlace = (one: { at: string }, other: { at: string }) => order.compare(one.at, other.at);
    return { calls: [...this.#calls.values()].toSorted(byPlace), unresolved: [...this.#unresolved.values()].toSorted(byPlace) };
  }
}

/** As SdkCall names it. */
function clientOf(service: string): string {
  return service.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
}
