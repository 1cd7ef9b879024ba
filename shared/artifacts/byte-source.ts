/** The bytes of one artifact, some at a time. */
export interface ByteSource {
  /** The last `count` bytes, or all where there are fewer, and how many there are in all. */
  tail(count: number): Promise<{ readonly bytes: Buffer; readonly total: number }>;
  /** The bytes from `from` up to, not including, `to`. */
  range(from: number, to: number): Promise<Buffer>;
}
