/** Who owns a resource: value, source and confidence. Pure. */
import type { Owner } from "../model/finding.ts";

export interface TagKeys {
  readonly team: readonly string[];
  readonly env: readonly string[];
}

type Tags = Readonly<Record<string, string>>;

/** Where owners may come from, the surest first. */
export interface OwnerSources {
  /** Said by a person: team by ARN. */
  readonly overrides: ReadonlyMap<string, string>;
  /** Tag keys in order of preference, compared without case. */
  readonly tagKeys: TagKeys;
  /** Tags of a CloudFormation stack, where stacks could be listed. */
  readonly stackTags: (region: string, stack: string) => Tags | undefined;
  /** The person who created a resource, by its ARN. */
  readonly creators: ReadonlyMap<string, string>;
  /** The team that gets what nobody else owns. */
  readonly defaultTeam?: string;
}

/** The owner of a resource by override, its own tags, its stack's tags, its application, its creator, or the account's default. */
export function ownerOf(
  { arn, region, tags = {} }: { readonly arn: string; readonly region: string; readonly tags?: Tags },
  sources: OwnerSources,
): Owner {
  const { overrides, tagKeys, defaultTeam } = sources;
  const stack = tags["aws:cloudformation:stack-name"];
  const stackTags = stack ? sources.stackTags(region, stack) : undefined;
  const env = find(tags, tagKeys.env) ?? find(stackTags, tagKeys.env);
  const withEnv = (owner: Owner): Owner => ({ ...owner, ...(env ? { env: env.value } : {}) });
  const override = overrides.get(arn);
  if (override) return withEnv({ team: override, source: "set by hand", confidence: "high" });
  const own = find(tags, tagKeys.team);
  if (own) return withEnv({ team: own.value, source: `tag ${own.key}`, confidence: "high" });
  const ofStack = find(stackTags, tagKeys.team);
  if (ofStack) return withEnv({ team: ofStack.value, source: `tag ${ofStack.key} of stack ${stack}`, confidence: "medium" });
  const application = tags.awsApplication?.split("/").at(-1);
  if (application) return withEnv({ team: application, source: "tag awsApplication", confidence: "low" });
  const creator = sources.creators.get(arn);
  if (creator) return withEnv({ team: creator, source: "created it, says CloudTrail", confidence: "low" });
  return withEnv(defaultTeam ? { team: defaultTeam, source: "the account's default", confidence: "low" } : {});
}

/** What people write into a tag that a policy asks for when they know nobody. */
const nobody =
  /^(tb[acd]|todo|unknown|unassigned|undefined|undecided|none|nobody|no[ _-]?one|no[ _-]?(owner|team)|null|nil|empty|default|n\/?a|not[ _-](set|applicable|available|defined|assigned|known)|to be (decided|defined|determined|announced)|change[ _-]?me|replace[ _-]?me|placeholder|x{2,}|[-_?.*]+)$/i;

/** The first of the keys that is there and names somebody. */
function find(tags: Tags | undefined, names: readonly string[]): { readonly key: string; readonly value: string } | undefined {
  if (!tags) return undefined;
  const byKey = new Map(Object.entries(tags).map(([key, value]) => [key.toLowerCase(), { key, value }]));
  return names.map((name) => byKey.get(name.toLowerCase())).find((tag) => tag && tag.value.trim() !== "" && !nobody.test(tag.value.trim()));
}
