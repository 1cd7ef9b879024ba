/**
 * What calls of S3 ask of IAM: half of its operations have actions of other names. Source: "Required permissions for Amazon S3 API
 * operations" of the S3 user guide, as of 2026-11-27.
 */
import type { OperationRow, OperationRows } from "../model/action-use.ts";

/** Day on which it was last compared with its source. */
export const s3ActionsAsOf = "2026-11-27";

/** Reads a version where one is named. */
const versioned = (action: string, ofVersion: string): OperationRow => [
  { action: `s3:${action}`, unless: ["VersionId"] },
  { action: `s3:${ofVersion}`, when: ["VersionId"] },
];

const source = ["CopySource"];
/** What a request may set beside the content. */
const settings: OperationRow = [
  { action: "s3:PutObjectAcl", when: ["ACL", "GrantRead", "GrantFullControl", "GrantReadACP", "GrantWriteACP"] },
  { action: "s3:PutObjectTagging", when: ["Tagging"] },
  { action: "s3:PutObjectRetention", when: ["ObjectLockMode", "ObjectLockRetainUntilDate"] },
  { action: "s3:PutObjectLegalHold", when: ["ObjectLockLegalHoldStatus"] },
];

function configuration(name: string, operations = name): OperationRows {
  return {
    [`Get${operations}`]: [`s3:Get${name}`],
    [`List${operations}s`]: [`s3:Get${name}`],
    [`Put${operations}`]: [`s3:Put${name}`],
    [`Delete${operations}`]: [`s3:Put${name}`],
  };
}

export const s3Actions: OperationRows = {
  GetObject: versioned("GetObject", "GetObjectVersion"),
  HeadObject: versioned("GetObject", "GetObjectVersion"),
  GetObjectAcl: versioned("GetObjectAcl", "GetObjectVersionAcl"),
  GetObjectTagging: versioned("GetObjectTagging", "GetObjectVersionTagging"),
  PutObjectTagging: versioned("PutObjectTagging", "PutObjectVersionTagging"),
  DeleteObjectTagging: versioned("DeleteObjectTagging", "DeleteObjectVersionTagging"),
  PutObjectAcl: versioned("PutObjectAcl", "PutObjectVersionAcl"),
  GetObjectAttributes: [...versioned("GetObject", "GetObjectVersion"), ...versioned("GetObjectAttributes", "GetObjectVersionAttributes")],
  GetObjectTorrent: ["s3:GetObject"],
  SelectObjectContent: ["s3:GetObject"],
  PutObject: ["s3:PutObject", ...settings],
  CreateMultipartUpload: ["s3:PutObject", ...settings],
  UploadPart: ["s3:PutObject"],
  CompleteMultipartUpload: ["s3:PutObject"],
  CopyObject: [{ action: "s3:GetObject", on: source }, "s3:PutObject", ...settings],
  UploadPartCopy: [{ action: "s3:GetObject", on: source }, "s3:PutObject"],
  DeleteObject: versioned("DeleteObject", "DeleteObjectVersion"),
  DeleteObjects: ["s3:DeleteObject", { action: "s3:DeleteObjectVersion", when: ["VersionId"] }],
  RenameObject: ["s3express:CreateSession"],
  CreateSession: ["s3express:CreateSession"],
  ListDirectoryBuckets: ["s3express:ListAllMyDirectoryBuckets"],
  HeadBucket: ["s3:ListBucket"],
  ListObjects: ["s3:ListBucket"],
  ListObjectsV2: ["s3:ListBucket"],
  ListObjectVersions: ["s3:ListBucketVersions"],
  ListBuckets: ["s3:ListAllMyBuckets"],
  ListMultipartUploads: ["s3:ListBucketMultipartUploads"],
  ListParts: ["s3:ListMultipartUploadParts"],
  CreateBucket: [
    "s3:CreateBucket",
    { action: "s3:PutBucketAcl", when: ["ACL", "GrantRead", "GrantWrite", "GrantFullControl"] },
    { action: "s3:PutBucketObjectLockConfiguration", when: ["ObjectLockEnabledForBucket"] },
    { action: "s3:PutBucketVersioning", when: ["ObjectLockEnabledForBucket"] },
    { action: "s3:PutBucketOwnershipControls", when: ["ObjectOwnership"] },
  ],
  DeleteBucketCors: ["s3:PutBucketCORS"],
  DeleteBucketTagging: ["s3:PutBucketTagging"],
  DeleteBucketOwnershipControls: ["s3:PutBucketOwnershipControls"],
  GetBucketNotificationConfiguration: ["s3:GetBucketNotification"],
  PutBucketNotificationConfiguration: ["s3:PutBucketNotification"],
  GetObjectLockConfiguration: ["s3:GetBucketObjectLockConfiguration"],
  PutObjectLockConfiguration: ["s3:PutBucketObjectLockConfiguration"],
  GetPublicAccessBlock: ["s3:GetBucketPublicAccessBlock"],
  PutPublicAccessBlock: ["s3:PutBucketPublicAccessBlock"],
  DeletePublicAccessBlock: ["s3:PutBucketPublicAccessBlock"],
  ...configuration("EncryptionConfiguration", "BucketEncryption"),
  ...configuration("LifecycleConfiguration", "BucketLifecycle"),
  ...configuration("LifecycleConfiguration", "BucketLifecycleConfiguration"),
  ...configuration("ReplicationConfiguration", "BucketReplication"),
  ...configuration("AccelerateConfiguration", "BucketAccelerateConfiguration"),
  ...configuration("AnalyticsConfiguration", "BucketAnalyticsConfiguration"),
  ...configuration("InventoryConfiguration", "BucketInventoryConfiguration"),
  ...configuration("MetricsConfiguration", "BucketMetricsConfiguration"),
  ...configuration("IntelligentTieringConfiguration", "BucketIntelligentTieringConfiguration"),
  CreateBucketMetadataConfiguration: ["s3:CreateBucketMetadataTableConfiguration"],
  GetBucketMetadataConfiguration: ["s3:GetBucketMetadataTableConfiguration"],
  DeleteBucketMetadataConfiguration: ["s3:DeleteBucketMetadataTableConfiguration"],
  WriteGetObjectResponse: ["s3-object-lambda:WriteGetObjectResponse"],
};

/** S3 Control speaks of the account where S3 speaks of a bucket. */
export const s3ControlActions: OperationRows = {
  GetPublicAccessBlock: ["s3:GetAccountPublicAccessBlock"],
  PutPublicAccessBlock: ["s3:PutAccountPublicAccessBlock"],
  DeletePublicAccessBlock: ["s3:PutAccountPublicAccessBlock"],
  ListRegionalBuckets: ["s3-outposts:ListRegionalBuckets"],
  GetBucket: ["s3-outposts:GetBucket"],
  GetBucketLifecycleConfiguration: ["s3-outposts:GetLifecycleConfiguration"],
  PutBucketLifecycleConfiguration: ["s3-outposts:PutLifecycleConfiguration"],
  DeleteBucketLifecycleConfiguration: ["s3-outposts:PutLifecycleConfiguration"],
};
