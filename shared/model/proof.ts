/**
 * The answer of AWS that proves a relation, where somebody goes on from it. It stands as one line of text in the relation, in documents of
 * earlier scans too: written and read here, and nowhere else.
 */

export type Proof =
  /** A statement of the function's policy lets somebody call it: that it may is another matter than that it does. */
  | { readonly by: "permission"; readonly sid: string; readonly qualifier?: string }
  | { readonly by: "mapping"; readonly uuid: string }
  /** Where a mapping sends what the function could not take. */
  | { readonly by: "mapping-failure"; readonly uuid: string }
  | { readonly by: "destination"; readonly on: "OnSuccess" | "OnFailure"; readonly qualifier?: string }
  /** What the configuration of a published version names: `Role`, `Layers`. */
  | { readonly by: "version"; readonly member: string; readonly version: string };

const mappings = "lambda:ListEventSourceMappings, ";

/** As it stands in a relation. */
export function evidenceOf(proof: Proof): string {
  switch (proof.by) {
    case "permission":
      return `lambda:GetPolicy, statement ${proof.sid}${proof.qualifier ? ` of ${proof.qualifier}` : ""}`;
    case "mapping":
      return `${mappings}${proof.uuid}`;
    case "mapping-failure":
      return `${mappings}OnFailure of ${proof.uuid}`;
    case "destination":
      return `lambda:ListFunctionEventInvokeConfigs, ${proof.on}${proof.qualifier ? ` of ${proof.qualifier}` : ""}`;
    case "version":
      return `lambda:GetFunctionConfiguration, ${proof.member} of version ${proof.version}`;
  }
}

/** What `evidenceOf` wrote; undefined for a relation from which nobody goes on. */
export function proofOf({ evidence }: { readonly evidence: string }): Proof | undefined {
  const [, call, rest = ""] = /^lambda:(\w+), (.*)$/s.exec(evidence) ?? [];
  if (call === "GetPolicy") {
    const [, sid, qualifier] = /^statement (.*?)(?: of ([A-Za-z0-9$_-]+))?$/s.exec(rest) ?? [];
    return sid === undefined ? undefined : { by: "permission", sid, ...(qualifier ? { qualifier } : {}) };
  }
  if (call === "ListEventSourceMappings") {
    const failure = /^OnFailure of (\S+)$/.exec(rest)?.[1];
    return failure ? { by: "mapping-failure", uuid: failure } : { by: "mapping", uuid: rest };
  }
  if (call === "ListFunctionEventInvokeConfigs") {
    const [, on, qualifier] = /^(OnSuccess|OnFailure)(?: of (\S+))?$/.exec(rest) ?? [];
    return on === "OnSuccess" || on === "OnFailure" ? { by: "destination", on, ...(qualifier ? { qualifier } : {}) } : undefined;
  }
  if (call === "GetFunctionConfiguration") {
    const [, member, version] = /^(.*) of version (\S+)$/s.exec(rest) ?? [];
    return member === undefined || version === undefined ? undefined : { by: "version", member, version };
  }
  return undefined;
}
