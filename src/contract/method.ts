import type { z } from 'zod'

/** A method of the contract: what goes in, what comes out, and, for a long task, what it reports on the way. */
export interface Method<
  P extends z.ZodType = z.ZodType,
  R extends z.ZodType = z.ZodType,
  G extends z.ZodType | undefined = z.ZodType | undefined,
> {
  readonly params: P
  readonly result: R
  readonly progress: G
}

export function method<P extends z.ZodType, R extends z.ZodType>(spec: {
  params: P
  result: R
}): Method<P, R, undefined>
export function method<P extends z.ZodType, R extends z.ZodType, G extends z.ZodType>(spec: {
  params: P
  result: R
  progress: G
}): Method<P, R, G>
export function method(spec: { params: z.ZodType; result: z.ZodType; progress?: z.ZodType }): Method {
  return { params: spec.params, result: spec.result, progress: spec.progress }
}
