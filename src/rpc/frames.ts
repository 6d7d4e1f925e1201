/**
 * What travels over a transport: one JSON text a frame. Frames are checked here; the payload inside (`params`,
 * `result`, `progress`) is checked against the method table by the server.
 */
import { z } from 'zod'
import { errorCodes } from '../common/errors'

/** Longest text a client may send, in UTF-16 units. A long note has 100,000; a folder of 20,000 references about 800,000. */
export const maxCallChars = 4 * 1024 * 1024
/** Longest text a server sends. What is larger must be paged or downloaded. */
export const maxAnswerChars = 256 * 1024 * 1024
/** Calls that one client may have open at a time. */
export const maxOpenCalls = 1_000

const CallId = z.int().min(1)

export const ClientFrame = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('call'), id: CallId, method: z.string().max(100), params: z.unknown() }),
  z.strictObject({ t: z.literal('cancel'), id: CallId }),
])
export type ClientFrame = z.infer<typeof ClientFrame>

export const WireError = z.strictObject({
  code: z.enum(errorCodes),
  message: z.string(),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
  /** Finds the full entry in the host's log. */
  ref: z.string().optional(),
})
export type WireError = z.infer<typeof WireError>

export const WireChange = z.strictObject({ kind: z.enum(['case', 'events', 'links', 'notes']) })

export const ServerFrame = z.discriminatedUnion('t', [
  z.strictObject({ t: z.literal('result'), id: CallId, result: z.unknown() }),
  z.strictObject({ t: z.literal('error'), id: CallId, error: WireError }),
  z.strictObject({ t: z.literal('progress'), id: CallId, progress: z.unknown() }),
  z.strictObject({ t: z.literal('change'), change: WireChange }),
])
export type ServerFrame = z.infer<typeof ServerFrame>

/** The frame, or undefined where the text is too long, no JSON, or no frame. Never throws. */
export function decodeFrame<S extends z.ZodType>(schema: S, text: string, maxChars: number): z.output<S> | undefined {
  if (text.length > maxChars) return undefined
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return undefined
  }
  const parsed = schema.safeParse(value)
  return parsed.success ? parsed.data : undefined
}

export function encodeFrame(frame: ClientFrame | ServerFrame): string {
  return JSON.stringify(frame)
}
