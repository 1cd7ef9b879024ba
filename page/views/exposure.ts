/** What can be reached from outside, way by way, each hop with its authentication. */
import type { ExposureLevel } from "../../shared/model/graph.ts";
import type { PagePath, PageReached } from "../../shared/page-file/page-ways.ts";
import { levelWords } from "../../shared/picture/picture.ts";
import { typeWord } from "../../shared/report/type-words.ts";
import type { Account } from "../account.ts";
import { addressOf, functionAddress } from "../address.ts";
import type { Choice } from "../chooser.ts";
import { type Child, h } from "../dom.ts";
import { listView } from "../list-view.ts";
import { facts, findingLink, lines, noneFound, ownerColumn, section, severityMark, title } from "../parts.ts";
import { pathLine, pathList, pathPicture } from "../path-picture.ts";
import type { Column } from "../virtual-table.ts";
import { levelMark } from "./function-columns.ts";

interface Way {
  readonly reached: PageReached;
  readonly path?: PagePath;
}

const levels: readonly ExposureLevel[] = ["internet-anonymous", "internet-authenticated", "cross-account"];

export function exposureView(account: Account, query: URLSearchParams): Child {
  const { reached, paths } = account;
  const all = reached.flatMap((one): Way[] => {
    const own = one.paths.flatMap((place) => paths[place] ?? []);
    return own.length > 0 ? own.map((path) => ({ reached: one, path })) : [{ reached: one }];
  });
  // a door that leads on is told with what lies behind it
  const passed = new Set(all.flatMap(({ path }) => (path ? beginningsOf(path) : [])));
  const ways = all.filter(({ path }) => !path || !passed.has(keyOf(path, path.hops.length)));
  return [
    title(
      "What can be reached from outside",
      "each line one way in, the most open first, told to its end; five ways at most of each resource",
    ),
    account.functions.length > 0 && account.functions.every(({ exposure }) => !exposure || exposure.open === "unknown")
      ? h("p", { class: "note" }, "Who may call the functions was not read: which of them can be reached is not known.")
      : ways.length === 0
        ? noneFound(account, "No way in from outside was seen.")
        : undefined,
    listView(
      {
        path: "exposure",
        rows: ways,
        columns: columnsOf(account),
        choices: choicesOf(account),
        text: ({ reached: { node, region, team }, path }) =>
          [account.nodes[node]?.name, region, team, ...(path?.hops ?? []).map(({ to }) => account.nodes[to]?.name)].join(" "),
        sort: "level",
        names: ["way in", "ways in"],
      },
      query,
    ),
  ];
}

function beginningsOf(path: PagePath): string[] {
  return path.hops.slice(1).map((_, i) => keyOf(path, i + 1));
}

function keyOf({ from, hops }: PagePath, steps: number): string {
  return [from, ...hops.slice(0, steps).map(({ to }) => to)].join(" ");
}

function columnsOf(account: Account): Column<Way>[] {
  const { nodes } = account;
  const nameOf = ({ reached }: Way) => nodes[reached.node]?.name ?? "?";
  return [
    {
      key: "name",
      head: "Resource",
      width: 200,
      narrow: 166,
      sort: (way) => nameOf(way).toLowerCase(),
      cell: (way) => h("a", { href: reachedAddress(account, way.reached), title: nodes[way.reached.node]?.id }, nameOf(way)),
    },
    {
      key: "type",
      head: "Type",
      width: 130,
      extra: true,
      sort: ({ reached }) => typeWord(nodes[reached.node]?.type ?? ""),
      cell: ({ reached }) => typeWord(nodes[reached.node]?.type ?? ""),
    },
    {
      key: "level",
      head: "Exposure",
      width: 170,
      narrow: 160,
      sort: ({ reached }) => levels.indexOf(reached.open),
      cell: ({ reached }) => levelMark(reached.open),
    },
    {
      key: "region",
      head: "Region",
      width: 110,
      extra: true,
      sort: ({ reached }) => reached.region,
      cell: ({ reached }) => reached.region,
    },
    ownerColumn(100, ({ reached }) => reached.team),
    {
      key: "way",
      head: "Way in, each hop with its authentication",
      width: 860,
      wide: true,
      cell: ({ path }) => (path ? h("span", { class: "way" }, pathLine(account, path)) : "-"),
    },
  ];
}

function choicesOf({ nodes }: Account): Choice<Way>[] {
  return [
    {
      key: "level",
      label: "Exposure",
      value: ({ reached }) => reached.open,
      words: (level) => levelWords[level as ExposureLevel],
      order: levels,
    },
    { key: "type", label: "Type", value: ({ reached }) => typeWord(nodes[reached.node]?.type ?? "") },
    { key: "owner", label: "Owner", value: ({ reached }) => reached.team },
    { key: "region", label: "Region", value: ({ reached }) => reached.region },
  ];
}

function reachedAddress({ nodes, functionByArn }: Account, { node }: PageReached): string {
  const id = nodes[node]?.id ?? "";
  const one = functionByArn.get(id);
  return one ? functionAddress(one) : addressOf(["reached", id]);
}

/** One resource that is no function. */
export function reachedView(account: Account, id: string): Child {
  const reached = account.reached.find(({ node }) => account.nodes[node]?.id === id);
  const node = reached && account.nodes[reached.node];
  if (!reached || !node) return [title("Not reached from outside"), h("p", {}, `No way in from outside to ${id} is in this file.`)];
  const paths = reached.paths.flatMap((place) => account.paths[place] ?? []);
  const findings = account.findingsOf.get(id) ?? [];
  return [
    title(node.name, [typeWord(node.type), " · ", reached.region, " · ", reached.team ?? "nobody owns it", " · ", levelMark(reached.open)]),
    section("Who reaches it", paths.length > 0 ? [pathPicture(account, paths), pathList(account, paths)] : h("p", {}, "No way is known.")),
    section(
      "Findings",
      lines(findings.map((finding) => [severityMark(finding.severity), " ", findingLink(finding)])) ?? h("p", {}, "None."),
    ),
    section("What it is", facts([["ARN", node.id]])),
  ];
}
