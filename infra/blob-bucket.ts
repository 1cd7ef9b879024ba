import { Duration, RemovalPolicy, Validations } from "aws-cdk-lib";
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";

/** What one function writes and the scan only reads. Written anew every few hours: it goes only where nothing good came for a year. */
export const advisoryFolder = "advisories";

/** Folders of the bucket, with the days after which their objects go. */
export const blobFolders = { artifacts: 30, snapshots: 30, reads: 30, scans: 400, reports: 400, [advisoryFolder]: 400 } as const;

/** Snapshots and scan documents. Survives the stack: the documents are the history of the account. */
export class BlobBucket extends Construct {
  readonly bucket: Bucket;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.bucket = new Bucket(this, "Bucket", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      encryption: BucketEncryption.S3_MANAGED,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      // scan documents are written once under a new key; what is overwritten (snapshots, read caches) the next scan reads again from AWS
      versioned: false,
      lifecycleRules: [
        ...Object.entries(blobFolders).map(([folder, days]) => ({ prefix: `${folder}/`, expiration: Duration.days(days) })),
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
      ],
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    Validations.of(this.bucket).acknowledge({
      id: "AwsSolutions-S1",
      reason:
        "One role writes and reads here, a few objects a day, no secrets. Access logs would need a second bucket; CloudTrail data events can be switched on for this one.",
    });
  }
}
