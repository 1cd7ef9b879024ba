/** Who may call the functions of a Region: policies, function URLs, aliases with the versions behind them, destinations; and the layers they use. */
import { ListLayersCommand } from "@aws-sdk/client-lambda";
import { pages } from "../../aws/paginate.ts";
import type { FunctionAccess, FunctionAlias } from "../../describe/function-access.ts";
import type { LambdaAccessAnswer, Layer } from "../../describe/services/lambda-access.ts";
import { cleanText } from "../../model/plain-text.ts";
import type { FunctionConfiguration } from "../../model/snapshot.ts";
import type { Answer } from "../contract/cached-reads.ts";
import { collectPart, type Sink } from "../contract/collector.ts";
import type { Asked } from "../contract/rotation.ts";
import type { ServiceCollector, ServiceContext } from "../contract/service-collector.ts";
import { readAliases, readInvokeConfigurations, readLayerSharing, readPolicy, readUrls, readVersion } from "./function-reads.ts";
import { lambdaTime } from "./lambda-time.ts";

export const lambdaAccessCollector: ServiceCollector<"lambda-access"> = {
  name: "lambda-access",
  scope: "region",
  readerVersion: 1,
  actions: [
    "lambda:GetPolicy",
    "lambda:ListAliases",
    "lambda:GetFunctionConfiguration",
    "lambda:ListFunctionUrlConfigs",
    "lambda:ListFunctionEventInvokeConfigs",
    "lambda:ListLayers",
    "lambda:GetLayerVersionPolicy",
  ],
  reads:
    "policies of functions, their aliases and versions, the configuration of versions behind aliases (values of environment variables are dropped at once), function URLs, asynchronous destinations, layers and who else may take those that nobody here uses",
  collect(context) {
    return collectPart<LambdaAccessAnswer>("lambda-access", context.region, async (sink) => {
      const accesses = await readAccess(context, sink.miss);
      for (const access of accesses) sink.push({ access });
      await readLayers(context, accesses, sink);
    });
  },
};

/** Every layer with its newest version; which functions use which version stands in their configurations. */
async function readLayers(context: ServiceContext, accesses: readonly FunctionAccess[], sink: Sink<LambdaAccessAnswer>): Promise<void> {
  const { clients, region, functions, rotation } = context;
  const versions = accesses.flatMap((access) => access.versions ?? []);
  const used = new Set([...functions, ...versions].flatMap(({ layers }) => layers));
  const found: Layer[] = [];
  const list = pages(
    (Marker) => clients.lambda(region).send(new ListLayersCommand({ MaxItems: 50, ...(Marker ? { Marker } : {}) })),
    (page) => page.NextMarker,
  );
  try {
    for await (const page of list) {
      for (const { LayerName, LatestMatchingVersion: latest } of page.Layers ?? []) {
        if (!LayerName || !latest?.LayerVersionArn) continue;
        const createdAt = lambdaTime(latest.CreatedDate);
        found.push({
          arn: latest.LayerVersionArn,
          name: cleanText(LayerName, 140),
          ...(createdAt ? { createdAt } : {}),
          version: latest.Version ?? null,
          compatibleRuntimes: latest.CompatibleRuntimes ?? [],
        });
      }
    }
  } catch (error) {
    // functions can be read without
    sink.missList(error);
  }
  const asked = found.flatMap(({ arn }) => (used.has(arn) ? [] : [{ key: arn, fingerprint: "" }]));
  const shared = await rotation.read("lambda-access/layer-policies", asked, (arn) => readLayerSharing(context, arn), sink.miss);
  for (const layer of found)
    sink.push({ layer: used.has(layer.arn) ? layer : { ...layer, sharedWith: shared.get(layer.arn)?.value ?? null } });
}

/** Reads on the rotation: aliases first, since each of them, and the versions they point to, may have a policy of its own. */
async function readAccess(context: ServiceContext, miss: (error: unknown) => void): Promise<FunctionAccess[]> {
  const { functions, rotation } = context;
  const asked = functions.map((f): Asked => ({ key: f.arn, fingerprint: `${f.codeSha256 ?? ""}|${f.lastModified ?? ""}` }));
  const aliases = await rotation.read("lambda-access/aliases", asked, (arn) => readAliases(context, arn), miss);
  const qualified = asked.flatMap(({ key, fingerprint }) =>
    qualifiersOf(aliases.get(key)?.value).map(({ qualifier, revision }) => ({
      key: `${key}:${qualifier}`,
      fingerprint: `${fingerprint}|${revision}`,
    })),
  );
  // a published version never changes; another function of the same name has other aliases
  const numbered = asked.flatMap(({ key }) =>
    qualifiersOf(aliases.get(key)?.value).flatMap(({ qualifier, revision }): Asked[] =>
      isNumbered(qualifier) ? [{ key: `${key}:${qualifier}`, fingerprint: revision, settled: true }] : [],
    ),
  );
  const [policies, urls, configurations, versions] = await Promise.all([
    rotation.read("lambda-access/policies", [...asked, ...qualified], (arn) => readPolicy(context, arn), miss),
    rotation.read("lambda-access/urls", asked, (arn) => readUrls(context, arn), miss),
    rotation.read("lambda-access/invoke-configurations", asked, (arn) => readInvokeConfigurations(context, arn), miss),
    rotation.read("lambda-access/versions", numbered, (arn) => readVersion(context, arn), miss),
  ]);
  return functions.map((f) => accessOf(f, { aliases, policies, urls, configurations, versions }));
}

/** Aliases and the versions behind them. Other published versions are asked by nobody but their number. */
function qualifiersOf(aliases: readonly FunctionAlias[] | undefined): { readonly qualifier: string; readonly revision: string }[] {
  const all = (aliases ?? []).flatMap(({ name, version, alsoVersions, revision }) =>
    [name, version, ...alsoVersions].map((qualifier) => ({ qualifier, revision })),
  );
  const own = all.filter(({ qualifier }) => qualifier !== "$LATEST");
  return [...new Map(own.map((one) => [one.qualifier, one])).values()];
}

/** Names of aliases are no numbers. */
function isNumbered(qualifier: string): boolean {
  return /^\d+$/.test(qualifier);
}

interface Reads {
  readonly aliases: ReadonlyMap<string, Answer<FunctionAlias[]>>;
  readonly policies: ReadonlyMap<string, Answer<string | null>>;
  readonly urls: ReadonlyMap<string, Answer<Awaited<ReturnType<typeof readUrls>>>>;
  readonly configurations: ReadonlyMap<string, Answer<Awaited<ReturnType<typeof readInvokeConfigurations>>>>;
  readonly versions: ReadonlyMap<string, Answer<FunctionConfiguration>>;
}

function accessOf({ arn, name }: FunctionConfiguration, reads: Reads): FunctionAccess {
  const aliases = reads.aliases.get(arn)?.value;
  const qualifiers = [undefined, ...qualifiersOf(aliases).map(({ qualifier }) => qualifier)];
  const asked = qualifiers.map((qualifier) => ({ qualifier, answer: reads.policies.get(qualifier ? `${arn}:${qualifier}` : arn) }));
  const versions = qualifiersOf(aliases).flatMap(({ qualifier }) =>
    isNumbered(qualifier) ? [{ qualifier, answer: reads.versions.get(`${arn}:${qualifier}`) }] : [],
  );
  const others = [reads.aliases, reads.urls, reads.configurations].map((read) => read.get(arn));
  const unread = [
    ...asked.flatMap(({ qualifier, answer }) => (answer ? [] : [qualifier ? `policy of ${qualifier}` : "policy"])),
    ...versions.flatMap(({ qualifier, answer }) => (answer ? [] : [`version ${qualifier}`])),
    ...["aliases", "urls", "destinations"].filter((_, at) => !others[at]),
  ];
  const dates = [...asked.map(({ answer }) => answer), ...others].flatMap((answer) => answer?.readAt ?? []).toSorted();
  return {
    arn,
    name,
    aliases,
    versions: versions.flatMap(({ answer }) => answer?.value ?? []),
    policies: asked.flatMap(({ qualifier, answer }) =>
      answer?.value ? [{ ...(qualifier ? { qualifier } : {}), policy: answer.value }] : [],
    ),
    urls: reads.urls.get(arn)?.value,
    invokeConfigurations: reads.configurations.get(arn)?.value,
    unread,
    ...(dates[0] ? { readAt: dates[0] } : {}),
  };
}
