/** Trace ids of X-Ray: `1-<8 hex of the time>-<24 hex>`, which is the 32 hex digits of a W3C trace id with dashes. */
const own = /^1-([0-9a-f]{8})-([0-9a-f]{24})$/i

export function isXrayTraceId(value: unknown): value is string {
  return typeof value === 'string' && own.test(value)
}

/** 32 hex digits in lower case; other texts in lower case as they stand, for the check of ids to judge. */
export function traceIdOf(value: string): string {
  const match = own.exec(value)
  return (match === null ? value : `${match[1]}${match[2]}`).toLowerCase()
}
