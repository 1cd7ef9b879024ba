/** Every command as `--help` lists it, and where it is: only the one that is typed is loaded. */
import type { Command } from "commander";

/** A command before it is loaded. */
export interface Listed {
  readonly name: string;
  /** What follows the name in the list of commands, as the loaded command would say it. */
  readonly usage: string;
  readonly description: string;
  /** Gives the command its arguments, options and action. */
  readonly load: () => Promise<(command: Command) => void>;
}

export const commandList: readonly Listed[] = [
  {
    name: "scan",
    usage: "[options]",
    description: "look at the account once: every Lambda function's last use and timeout, findings, messages",
    load: async () => (await import("./commands/scan.ts")).scanCommand,
  },
  {
    name: "today",
    usage: "[options]",
    description: "the five things most worth doing now, by the risk that a minute of work takes away; and what is done since",
    load: async () => (await import("./commands/today.ts")).todayCommand,
  },
  {
    name: "functions",
    usage: "[options]",
    description: "every Lambda function of the last scan: last use, quiet days, timeout, longest run, headroom, advice",
    load: async () => (await import("./commands/functions.ts")).functionsCommand,
  },
  {
    name: "findings",
    usage: "[options]",
    description: "findings of the last scan: counted by rule and owner, then one by one, gravest first",
    load: async () => (await import("./commands/findings.ts")).findingsCommand,
  },
  {
    name: "judge",
    usage: "[options]",
    description: "put the last scan's snapshot to the rules and settings of today; AWS is not asked, nothing is written",
    load: async () => (await import("./commands/judge.ts")).judgeCommand,
  },
  {
    name: "roles",
    usage: "[options]",
    description:
      "functions by the risk of their roles: what each may do against what it needs; or the rules about roles on files of an account",
    load: async () => (await import("./commands/roles.ts")).rolesCommand,
  },
  {
    name: "resources",
    usage: "[options]",
    description: "every resource of the last scan: type, name, Region, owner, exposure, last use, encryption",
    load: async () => (await import("./commands/resources.ts")).resourcesCommand,
  },
  {
    name: "relations",
    usage: "[options]",
    description: "what invokes, feeds, reads, assumes what: each with its authentication and the AWS answer that proves it",
    load: async () => (await import("./commands/relations.ts")).relationsCommand,
  },
  {
    name: "picture",
    usage: "[options]",
    description: "a drawing of one resource's neighbourhood, or of what is reachable from the internet",
    load: async () => (await import("./commands/picture.ts")).pictureCommand,
  },
  {
    name: "report",
    usage: "[options]",
    description: "the last scan as one HTML file: numbers, what to do, functions, exposure, roles, changes; for a browser, without network",
    load: async () => (await import("./commands/report.ts")).reportCommand,
  },
  {
    name: "inventory",
    usage: "[options]",
    description: "every resource as a spreadsheet for a meeting of owners: a sheet per type, with room for what is decided",
    load: async () => (await import("./commands/inventory.ts")).inventoryCommand,
  },
  {
    name: "own",
    usage: "[options] [resource] [team]",
    description: "say who owns a resource, whatever its tags say; kept in the store, not in the account",
    load: async () => (await import("./commands/own.ts")).ownCommand,
  },
  {
    name: "ack",
    usage: "[options] <id>",
    description: "accept a finding, or all its like, for a reason and a time: nobody is told of it until then, or until it gets worse",
    load: async () => (await import("./commands/ack.ts")).ackCommand,
  },
  {
    name: "unack",
    usage: "[options] <id>",
    description: "take such a decision back: the finding is open again",
    load: async () => (await import("./commands/unack.ts")).unackCommand,
  },
  {
    name: "acks",
    usage: "[options]",
    description: "what was decided about findings, by whom, until when, and what became of it",
    load: async () => (await import("./commands/acks.ts")).acksCommand,
  },
  {
    name: "ask",
    usage: "[options] [owner]",
    description:
      "ask an owner which of the quiet resources are still needed; what nobody claims after two rounds is said to the account's owner",
    load: async () => (await import("./commands/ask.ts")).askCommand,
  },
  {
    name: "answer",
    usage: "[options] <id> <answer>",
    description: "answer such a question: still needed until a day, can go, or not mine",
    load: async () => (await import("./commands/answer.ts")).answerCommand,
  },
  {
    name: "prune",
    usage: "[options] <function>",
    description: "what exists only for a function, what still refers to it, and the commands that take it away in order; runs nothing",
    load: async () => (await import("./commands/prune.ts")).pruneCommand,
  },
  {
    name: "show",
    usage: "[options] <id>",
    description: "one finding with evidence, remediation and commands; or everything about one function",
    load: async () => (await import("./commands/show.ts")).showCommand,
  },
  {
    name: "role",
    usage: "[options] <function>",
    description: "a role for one function, made out of today's: no more than that, all that it needs; as a page, policies or a template",
    load: async () => (await import("./commands/role.ts")).roleCommand,
  },
  {
    name: "need",
    usage: "[options] <path...>",
    description:
      "what code on this machine (files, a folder, a zip) needs of AWS, before it is deployed: actions, ARNs, what cannot be told",
    load: async () => (await import("./commands/need.ts")).needCommand,
  },
  {
    name: "libraries",
    usage: "[options]",
    description: "the packages that are really in functions and layers, with known holes; which functions have one; or those in a zip",
    load: async () => (await import("./commands/libraries.ts")).librariesCommand,
  },
  {
    name: "sbom",
    usage: "[options] <function>",
    description: "the packages in one function and its layers as CycloneDX 1.6 or SPDX 2.3, for other tools",
    load: async () => (await import("./commands/sbom.ts")).sbomCommand,
  },
  {
    name: "explain",
    usage: "[options] [rule]",
    description: "what a rule says, why, its thresholds and severities",
    load: async () => (await import("./commands/explain.ts")).explainCommand,
  },
  {
    name: "status",
    usage: "[options]",
    description: "where the account stands, on one screen: last scans, what is open and whose, what could not be seen, cost, next digest",
    load: async () => (await import("./commands/status.ts")).statusCommand,
  },
  {
    name: "digest",
    usage: "[options]",
    description: "with --preview: what the next daily or weekly digest would say, channel by channel; nothing is sent",
    load: async () => (await import("./commands/digest.ts")).digestCommand,
  },
  {
    name: "cost",
    usage: "[options]",
    description: "what the last scan cost, from the requests it made",
    load: async () => (await import("./commands/cost.ts")).costCommand,
  },
  {
    name: "alarms",
    usage: "",
    description: "CloudWatch alarms that follow the timeouts of tight functions and of those whose timeout was just changed",
    load: async () => (await import("./commands/alarms.ts")).alarmsCommand,
  },
  {
    name: "permissions",
    usage: "[options]",
    description: "the IAM policy that reading an account takes (json), or what each collector reads with it (md)",
    load: async () => (await import("./commands/permissions.ts")).permissionsCommand,
  },
  {
    name: "channels",
    usage: "[options]",
    description: "the ways messages go: kind, what each gets, last delivery, what it has still to hear; channels test tries them",
    load: async () => (await import("./commands/channels.ts")).channelsCommand,
  },
  {
    name: "doctor",
    usage: "[options]",
    description: "try credentials, Regions, each collector's permission, store, topic and its subscribers",
    load: async () => (await import("./commands/doctor.ts")).doctorCommand,
  },
  {
    name: "subscribe",
    usage: "[options] [email]",
    description: "send the findings to an address, of some teams or severities only; or who gets them now",
    load: async () => (await import("./commands/subscribe.ts")).subscribeCommand,
  },
  {
    name: "confirm",
    usage: "[options] <token>",
    description: "confirm a subscription so that no mail scanner can end it, with the link from AWS's mail",
    load: async () => (await import("./commands/confirm.ts")).confirmCommand,
  },
  {
    name: "unsubscribe",
    usage: "[options] <email>",
    description: "end the subscription of an address",
    load: async () => (await import("./commands/unsubscribe.ts")).unsubscribeCommand,
  },
];
