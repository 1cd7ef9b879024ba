/** Which image a function runs. */
export interface ImageUse {
  readonly functionArn: string;
  /** Whose registry it is in. */
  readonly account: string;
  readonly region: string;
  readonly repository: string;
  /** `sha256:...`; a tag, or "", where AWS did not say which image the name led to. */
  readonly image: string;
}

/** `team/thumbs@sha256:...`. */
export function imageName({ repository, image }: ImageUse): string {
  return `${repository}@${image}`;
}

/** Whether it is known by its digest: only then equal names are equal images. */
export function isByDigest({ image }: ImageUse): boolean {
  return /^sha256:[0-9a-f]{64}$/.test(image);
}
