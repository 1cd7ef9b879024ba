/** What a scan is given: Lambda, command line and tests differ only in this. */
import type { IsWanted, KnownAdvisories } from "../advisory-feeds/known-advisories.ts";
import type { AnalyzerFor, ImageLister, Lister } from "../artifacts/kept-artifact.ts";
import type { CallCount } from "../aws/client-options.ts";
import type { Clients } from "../aws/clients.ts";
import type { LayerContents } from "../libraries/packages/layer-contents.ts";
import type { EarlyFunctions } from "../model/early-functions.ts";
import type { PackageList } from "../model/packages.ts";
import type { Channel } from "../notify/channel.ts";
import type { Deployment } from "../notify/pointer.ts";
import type { Runner } from "../run/runner.ts";
import type { Settings } from "../settings.ts";
import type { Blobs } from "../store/blobs.ts";
import type { Store } from "../store/store.ts";
import type { ScanPlan } from "./scan-plan.ts";

export interface Watchdog {
  readonly runner: Runner;
  readonly clientsFor: (calls: CallCount) => Clients;
  readonly store: Store;
  readonly blobs: Blobs;
  /** All channels there are: the outbox of one that is not among them is dropped. Empty: this scan tells nobody, and drops nothing. */
  readonly channels: readonly Channel[];
  /** Named in messages, so that their readers find the store. */
  readonly deployment?: Deployment;
  readonly settings: Settings;
  /** Who reads the code of a runtime; absent: reading code is switched off, and no code is asked for. */
  readonly analyzerFor?: AnalyzerFor;
  /** Who lists the packages of artifacts, in the same pass; absent: nobody, as where reading code is switched off. */
  readonly packageLister?: Lister<PackageList>;
  /** Who lists the packages of container images; absent: nobody, and only what was listed before is known. */
  readonly imageLister?: ImageLister<LayerContents, PackageList>;
  /**
   * Reads the advisories that the packages are put to; undefined: there are none yet, and nothing is concluded of libraries. Absent: they
   * are switched off. It waits for no network longer than a scan can, and fails only where the store does.
   * @param isWanted the packages of the account, so that of the others nothing stays in memory; absent: all
   */
  readonly advisories?: (isWanted?: IsWanted) => Promise<KnownAdvisories | undefined>;
  /** Region of the credentials: where account-wide questions are asked. */
  readonly homeRegion: string;
  /** Look only at these Regions; empty: at all enabled ones. */
  readonly regions: readonly string[];
  readonly now: () => Date;
  /** How long the scan lock lasts without being renewed, seconds of wall time. */
  readonly leaseSeconds: number;
  /** Told when the scan has begun: from then on it holds the lock. */
  readonly started?: (plan: ScanPlan) => void;
  /** Told of the functions of a Region as soon as they and their usage are read, before everything else of it is. */
  readonly known?: (functions: EarlyFunctions) => void;
  /** Told after every Region. */
  readonly progress?: (read: { readonly region: string; readonly functions: number }) => void;
}
