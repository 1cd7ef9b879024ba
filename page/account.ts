/** The data of the page, unpacked, with what is asked of them often. */
import type { FunctionRole } from "../shared/model/document.ts";
import { isOpen } from "../shared/model/document-finding.ts";
import { type PageData, type PageFinding, type PageFunction, pageDataVersion } from "../shared/page-file/page-data.ts";

export interface Account extends PageData {
  /** When the scan began. */
  readonly at: Date;
  readonly functionByArn: ReadonlyMap<string, PageFunction>;
  readonly findingById: ReadonlyMap<string, PageFinding>;
  /** By the ARN of the resource. */
  readonly findingsOf: ReadonlyMap<string, readonly PageFinding[]>;
  readonly roleOf: ReadonlyMap<string, FunctionRole>;
}

/** Unpacks what lies in the element. @throws when it is not what this page was written with */
export async function readAccount(element: HTMLElement): Promise<Account> {
  const { gzip } = JSON.parse(element.textContent ?? "") as { gzip: string };
  const bytes = bytesOf(gzip);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const data = JSON.parse(await new Response(stream).text()) as PageData;
  if (data.version !== pageDataVersion) throw new Error(`the data have form ${data.version}, this page reads ${pageDataVersion}`);
  return accountOf(data);
}

function accountOf(data: PageData): Account {
  const findingsOf = new Map<string, PageFinding[]>();
  for (const finding of data.findings) {
    const list = findingsOf.get(finding.resource.arn);
    if (list) list.push(finding);
    else findingsOf.set(finding.resource.arn, [finding]);
  }
  return {
    ...data,
    at: new Date(data.scan.startedAt),
    functionByArn: new Map(data.functions.map((one) => [one.arn, one])),
    findingById: new Map(data.findings.map((finding) => [finding.id, finding])),
    findingsOf,
    roleOf: new Map(data.roles?.map((role) => [role.functionArn, role])),
  };
}

/** Findings of a function and of its role. */
export function findingsAbout({ findingsOf }: Account, { arn, roleArn }: Pick<PageFunction, "arn" | "roleArn">): readonly PageFinding[] {
  const [own, role] = [findingsOf.get(arn), findingsOf.get(roleArn)];
  return role ? [...(own ?? []), ...role] : (own ?? []);
}

/** Those of them that nobody decided to live with. */
export function openAbout(account: Account, one: Pick<PageFunction, "arn" | "roleArn">): readonly PageFinding[] {
  return findingsAbout(account, one).filter(isOpen);
}

function bytesOf(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) bytes[i] = text.charCodeAt(i);
  return bytes;
}
