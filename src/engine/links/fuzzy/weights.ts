/**
 * What each item of evidence is worth, in the units of the score. Whatever judges a pair takes its numbers from here.
 * Chosen on the fitting seeds of `npm run evaluate` only; docs/linking.md says how.
 */
export const weights = {
  /** Shape of the statement, database and role; a shape alone where the role is not stated. */
  statement: 5,
  /** Resource and verb: method and path, call and object. */
  resource: 4,
  /** The verb alone: a call whose span does not say what it was about, a command without its statement. */
  verb: 2,
  /** The span calls the service that wrote the event. */
  party: 2,
  identity: 4,
  session: 5,
  addressPublic: 3,
  addressPrivate: 1,
  workload: 2,
  /** The very same pod, or the very same browser. */
  instance: 2,
  tags: 3,
  statusAgrees: 2,
  statusContradicts: -4,
  inside: 3,
  outsideLowest: -8,
  duration: 1,
  impossible: -10,
  /** A value that nearly always agrees in clear pairs, and differs here; scaled by how often it agrees. */
  differs: -5,
  /** How few spans like this one fall into such a window by chance; never beyond these. */
  chancePerBit: 1,
  chanceMost: 5,
  chanceLeast: -3,
  /** Another event of the same session, next to this one, belongs to the same trace. */
  neighbour: 4,
  /** As many events as spans are alike here, and the event stands where the span stands in their order. */
  order: 3,
  /** A clear pair of a source of which nearly every event finds its span: nothing at the first share, all at the second. */
  coverage: 3,
  coverageFrom: 0.6,
  coverageFull: 0.85,
} as const

export const levels = [
  { level: 'strong', score: 10, margin: 3 },
  { level: 'likely', score: 7, margin: 2 },
  { level: 'possible', score: 4, margin: Number.NEGATIVE_INFINITY },
] as const

/** Candidates that are kept for an event; more are counted, not kept. */
export const maxCandidates = 6
/** Spans alike in four seconds; beyond it the block says nothing about any of them, and is left out. */
export const maxBlock = 2_000
export const bucketUs = 4_000_000
/** Spans that stand for longer are entered at their first and last buckets only. */
export const maxBuckets = 16
