/** What OCSF 1.5.0 requires of a Vulnerability Finding (2002) and a Compliance Finding (2003), with the objects in them. */
const text = { type: "string", minLength: 1 };
const number = { type: "integer" };
/** Milliseconds since 1970; later than 2015 and earlier than 2100, so that seconds do not pass for it. */
const time = { type: "integer", minimum: 1_420_000_000_000, maximum: 4_102_444_800_000 };
const has = (required: readonly string[], properties: object) => ({ type: "object", required, properties });

const base = {
  activity_id: { enum: [1, 2, 3] },
  category_uid: { const: 2 },
  severity_id: { enum: [1, 2, 3, 4, 5] },
  status_id: { enum: [1, 2, 3, 4, 5, 6] },
  confidence_id: { enum: [1, 2, 3] },
  time,
  type_uid: number,
  metadata: has(["product", "version"], {
    version: { const: "1.5.0" },
    product: has(["vendor_name", "name"], { vendor_name: text, name: text }),
    profiles: { type: "array", items: { enum: ["cloud"] } },
  }),
  cloud: has(["provider"], { provider: { const: "AWS" }, account: has(["uid"], { uid: text }), region: text }),
  finding_info: has(["uid", "title"], { uid: text, title: text, created_time: time, modified_time: time, first_seen_time: time }),
  resources: {
    type: "array",
    minItems: 1,
    items: has(["uid"], { uid: text, name: text, type: text, owner: has(["name"], { name: text }) }),
  },
};
const required = [
  "activity_id",
  "category_uid",
  "class_uid",
  "severity_id",
  "time",
  "type_uid",
  "metadata",
  "cloud",
  "finding_info",
  "resources",
];

const affectedPackage = has(["name", "version"], { name: text, version: text });
const vulnerability = {
  ...has([], { affected_packages: { type: "array", items: affectedPackage }, first_seen_time: time }),
  anyOf: [
    has(["advisory"], { advisory: has(["uid"], { uid: text }) }),
    has(["cve"], { cve: has(["uid"], { uid: { type: "string", pattern: "^CVE-" } }) }),
  ],
};

export const complianceSchema = has([...required, "compliance"], {
  ...base,
  class_uid: { const: 2003 },
  compliance: has(["standards"], { standards: { type: "array", minItems: 1, items: text }, control: text, status_id: { enum: [1, 2, 3] } }),
});

export const vulnerabilitySchema = has([...required, "vulnerabilities"], {
  ...base,
  class_uid: { const: 2002 },
  vulnerabilities: { type: "array", minItems: 1, items: vulnerability },
});
