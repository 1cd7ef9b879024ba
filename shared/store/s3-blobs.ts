/** Blobs as objects of our bucket, for the deployed store. */
import type { S3Client } from "@aws-sdk/client-s3";
import { GetObjectCommand, NoSuchKey, PutObjectCommand } from "@aws-sdk/client-s3";
import { checkKey, fromBytes, toBytes } from "./blob-bytes.ts";
import type { Blobs } from "./blobs.ts";

export class S3Blobs implements Blobs {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async put(key: string, value: unknown): Promise<void> {
    checkKey(key);
    const body = await toBytes(key, value);
    await this.#client.send(new PutObjectCommand({ Bucket: this.#bucket, Key: key, Body: body, ContentType: "application/gzip" }));
  }

  async get(key: string): Promise<unknown> {
    checkKey(key);
    let bytes: Uint8Array | undefined;
    try {
      const { Body } = await this.#client.send(new GetObjectCommand({ Bucket: this.#bucket, Key: key }));
      bytes = await Body?.transformToByteArray();
    } catch (error) {
      // without s3:ListBucket, S3 says AccessDenied for a key that is not there: the role needs both
      if (error instanceof NoSuchKey) return undefined;
      throw error;
    }
    return await fromBytes(key, `bucket ${this.#bucket}`, bytes ?? new Uint8Array());
  }
}
