/** Bounds on hostile or broken input. Each is named to the person when it is hit. */
export const limits = {
  archiveDepth: 2,
  archiveMembers: 200_000,
  expansionRatio: 200,
  expansionFreeBytes: 64 * 2 ** 20,
  totalBytes: 64 * 2 ** 30,
  nestedArchiveBytes: 256 * 2 ** 20,
  recordBytes: 16 * 2 ** 20,
  jsonDepth: 200,
  jsonKeys: 10_000,
  csvColumns: 2_000,
  protobufDepth: 100,
  /** Records that wait for context that comes after them in the text. */
  heldBytes: 256 * 2 ** 20,
} as const
