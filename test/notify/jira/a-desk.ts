/** A Jira channel with the memory that the store would keep for it. */

import { createOwnClients } from "../../../shared/aws/own-clients.ts";
import type { PendingFinding, Transition } from "../../../shared/model/finding.ts";
import { toldStatus } from "../../../shared/model/outbox.ts";
import type { Answer, Channel, Remembered } from "../../../shared/notify/channel.ts";
import type { ChannelMeans, HttpAnswer, HttpRequest } from "../../../shared/notify/channel-kind.ts";
import { type JiraOptions, kind } from "../../../shared/notify/kinds/jira.ts";
import { composeMessage } from "../../../shared/notify/message.ts";
import { teamOf } from "../../../shared/notify/teams.ts";
import { account, aFinding } from "../a-finding.ts";
import type { AJira } from "./a-jira.ts";

type Given = Parameters<typeof aFinding>[1];

export class Desk {
  readonly jira: AJira;
  readonly options: JiraOptions;
  readonly remembered = new Map<string, Remembered>();
  now = new Date("2026-11-24T06:00:00Z");
  /** Requests after which the process is gone. */
  diesAfter = Number.POSITIVE_INFINITY;
  deployment: ChannelMeans["deployment"];

  constructor(jira: AJira, options: Partial<JiraOptions> = {}) {
    this.jira = jira;
    this.options = {
      site: jira.site,
      project: "SEC",
      ...(jira.api === 3 ? { account: "bot@example.com" } : {}),
      token: "ssm:/smalltarget/jira",
      issueType: "Task",
      declined: ["Won't Do", "Won't Fix"],
      ...options,
    };
  }

  /** Sends one message about these findings and keeps what the channel wants remembered. */
  async tell(...findings: readonly PendingFinding[]): Promise<Answer> {
    return this.#keep(findings, await this.send(...findings));
  }

  /** Sends and forgets: the process ended before anything was written down. */
  send(...findings: readonly PendingFinding[]): Promise<Answer> {
    const [first] = findings;
    const message = composeMessage(findings.length === 1 && first?.pending.urgent ? "single" : "digest", findings, account);
    return kind.open("tickets", this.options, this.#means()).send(message, [...this.remembered.values()]);
  }

  /** As `deliver` takes it. */
  channel(): Channel {
    return kind.open("tickets", this.options, this.#means());
  }

  /** A person tries the channel. */
  tryOut(): Promise<Answer> {
    const message = { ...composeMessage("digest", [aFinding(1)], account), findings: [], findingIds: [], test: true as const };
    return kind.open("tickets", this.options, this.#means()).send(message, []);
  }

  #keep(findings: readonly PendingFinding[], answer: Answer): Answer {
    for (const finding of findings) {
      const memory = answer.remember?.[finding.id] ?? this.remembered.get(finding.id)?.memory;
      if (!answer.accepted.includes(finding.id) || memory === undefined) continue;
      const team = teamOf(finding);
      const status = finding.pending.left ? ("resolved" as const) : toldStatus(finding);
      this.remembered.set(finding.id, { findingId: finding.id, rule: finding.rule, ...(team ? { team } : {}), status, memory });
    }
    return answer;
  }

  #means(): ChannelMeans {
    let requests = 0;
    return {
      secret: async () => "token-of-the-bot",
      request: async (request) => {
        requests += 1;
        if (requests > this.diesAfter) throw new Error("the process is gone");
        const answer = await ask(request);
        if (requests === this.diesAfter) throw new Error("the process is gone");
        return answer;
      },
      clients: createOwnClients("eu-west-1"),
      account,
      partition: "aws",
      region: "eu-west-1",
      ...(this.deployment ? { deployment: this.deployment } : {}),
      now: () => this.now,
    };
  }
}

async function ask({ method, url, headers = {}, body }: HttpRequest): Promise<HttpAnswer> {
  const answer = await fetch(url, { method, headers, redirect: "manual", ...(body === undefined ? {} : { body }) });
  return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
}

/** The finding after one more thing happened to it. */
export function happened(number: number, transition: Transition, at: string, given: Given = {}): PendingFinding {
  return aFinding(number, {
    team: "payments",
    changedAt: at,
    ...(transition === "resolved" ? { status: "RESOLVED" as const, resolvedAt: at } : {}),
    ...given,
    pending: { transition, at, ...given?.pending },
  });
}
