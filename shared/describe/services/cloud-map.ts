/** Cloud Map: a namespace or a service in one. */
import type { Describe } from "./describe-answer.ts";

export interface CloudMapAnswer {
  readonly arn: string;
  readonly name?: string;
  readonly createdAt?: string;
  /** `HTTP`, `DNS_PRIVATE` or `DNS_PUBLIC`; absent for services. */
  readonly namespaceType?: string;
  /** Services of a namespace, instances of a service. */
  readonly holds: number;
}

const namespaceTypes: Readonly<Record<string, string>> = {
  HTTP: "AWS::ServiceDiscovery::HttpNamespace",
  DNS_PRIVATE: "AWS::ServiceDiscovery::PrivateDnsNamespace",
  DNS_PUBLIC: "AWS::ServiceDiscovery::PublicDnsNamespace",
};

export const describe: Describe<CloudMapAnswer> = ({ arn, name = arn, createdAt, namespaceType, holds }, { region }) => {
  const created = createdAt ? { createdAt } : {};
  if (namespaceType === undefined) {
    return [
      { resource: { arn, type: "AWS::ServiceDiscovery::Service", name, region, ...created, details: { instances: holds } }, relations: [] },
    ];
  }
  const type = namespaceTypes[namespaceType] ?? "AWS::ServiceDiscovery::HttpNamespace";
  const details = { services: holds, public: namespaceType === "DNS_PUBLIC" };
  return [{ resource: { arn, type, name, region, ...created, details }, relations: [] }];
};
