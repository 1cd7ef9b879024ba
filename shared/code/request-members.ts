/** Which members of a request are kept, and how, whatever language makes it: those that name resources. Contents are never kept: only that they are there. */
import { membersOfVariable, roleMember } from "../data/request-members.ts";
import { type CodeText, type SdkCall, untold } from "../model/code.ts";

type Parameters = SdkCall["parameters"];

export interface Member {
  readonly name: string;
  /** One of these. */
  readonly either: readonly CodeText[];
  /** Or the request does not have it. */
  readonly may?: boolean;
}

/** What is written like a member of AWS's requests. */
export const word = /^[A-Za-z]\w*$/;
export const deepest = 5;
export const mostVariants = 8;
export const notTold: CodeText = [{ unknown: true }];

/** That a request may have members which could not be told. */
export const others: Member = { name: untold, either: [notTold] };
/** Lists of members by which things are named that have a name of their own where none is given: events go to the bus `default`. */
export const namesWithin = "Entries";

/** Members that name resources are kept with their texts, by the ends of their names and those that data/request-members.ts lists. */
const naming =
  /(Names?|Arns?|Ids?|Urls?|Uris?|Identifiers?|Buckets?|Prefix|Paths?|Clusters?|Namespace|Resources?|Database|WorkGroup|Alias|Role|Qualifier|Stage|Location|Definition)$/i;
const listed = new Set(
  ["key", "acl", "table", "resourcetype", ...Object.values(membersOfVariable).flat()].map((name) => name.toLowerCase()),
);
/** Members that hold what people store, whatever it is called there. */
const contents =
  /^(Item|Keys?|ExclusiveStartKey|ExpressionAttribute\w+|AttributeUpdates|Expected|MessageAttributes|MessageSystemAttributes|Metadata|Tags|Variables|Environment|Payload|Body|Message|MessageBody|Parameters|Secret(String|Binary)|Value|Detail|Data|Dimensions|ClientContext|UserAttributes|AuthParameters|RoleSessionName)$/i;
/** Where PartiQL comes to values. */
const storedFrom = /\b(WHERE|VALUE|SET|REMOVE)\b/i;
const mostMembers = 80;
const longest = 512;

export function holdsContents(member: string): boolean {
  return contents.test(member);
}

/** Whether the member's text is kept, for it names something. */
export function namesSomething(member: string): boolean {
  if (holdsContents(member) && member.toLowerCase() !== "key") return false;
  return naming.test(member) || listed.has(member.toLowerCase()) || roleMember.test(member);
}

/** Every request that the members may make up: one that may hold one of several texts gives several. */
export function variantsOf(members: readonly Member[]): Parameters[] {
  let variants: Parameters[] = [[]];
  for (const { name, either, may } of members.slice(0, mostMembers)) {
    const values = variants.length * (either.length + (may ? 1 : 0)) > mostVariants ? [notTold] : either;
    const without = may ? variants : [];
    variants = [...variants.flatMap((one) => values.map((value) => [...one, { name, value }])), ...without].slice(0, mostVariants);
  }
  return variants;
}

/** Each text once; one of which nothing is known, or that is too long to name anything, could not be told. */
export function eachOnce(texts: readonly CodeText[]): readonly CodeText[] {
  const kept = texts.map((text) => {
    const length = text.reduce((sum, part) => sum + ("text" in part ? part.text.length : 0), 0);
    return length > longest || text.every((part) => "unknown" in part) ? notTold : text;
  });
  return [...new Map(kept.map((text) => [JSON.stringify(text), text])).values()];
}

/** PartiQL says what it does to which table before it comes to what is stored there; only that is kept. */
export function withoutValues(text: CodeText): CodeText {
  const end = text.findIndex((part) => "text" in part && storedFrom.test(part.text));
  const last = text[end];
  if (!last || !("text" in last)) return text;
  return [...text.slice(0, end), { text: last.text.slice(0, last.text.search(storedFrom)) }];
}
