/** Names as code spells them. Pure text. */

/** `messageBrokers` of `message-brokers`. */
export function constantOf(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `MessageBrokers` of `message-brokers`. */
export function typeOf(name: string): string {
  const constant = constantOf(name);
  return constant.charAt(0).toUpperCase() + constant.slice(1);
}

/** `message-brokers` as the name of a member: in quotation marks only where it needs them. */
export function memberOf(name: string): string {
  return /^[a-z]\w*$/.test(name) ? name : `"${name}"`;
}

/** `amazonmq` of `AWS::AmazonMQ::Broker`: what reads a service lies in the folder of its name. */
export function folderOf(type: string): string {
  return type.split("::")[1]?.toLowerCase() ?? "";
}
