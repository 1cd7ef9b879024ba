/** Blobs as objects of our bucket, for the deployed store. */
import type { S3Client } from "@aws-sdk/client-s3";
import { GetObjectCommand, NoSuchKey, PutObjectCommand } from "@aws-sdk/client-s3";
import { Blobs } from "./blobs.ts";

export class S3Blobs extends Blobs {
  protected readonly place: string;
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string) {
    super();
    this.place = `bucket ${bucket}`;
    this.#client = client;
    this.#bucket = bucket;
  }

  protected async write(Key: string, Body: Uint8Array, ContentType = "application/gzip"): Promise<void> {
    await this.#client.send(new PutObjectCommand({ Bucket: this.#bucket, Key, Body, ContentType }));
  }

  protected async read(Key: string): Promise<Uint8Array | undefined> {
    try {
      const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key }));
      return (await Body?.transformToByteArray()) ?? new Uint8Array();
    } catch (error) {
      // without s3:ListBucket, S3 says AccessDenied for a key that is not there: the role needs both
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
  }
}
