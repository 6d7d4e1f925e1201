/**
 * One connection of a client to the engine's handlers: checks what comes in, answers in the contract's terms, keeps
 * what went wrong for the log. Used by every host; knows no transport.
 */
import { AppError, cancelled, isAppError, isCancelled } from '../common/errors'
import {
  type Change,
  type Handlers,
  isMethodName,
  type MethodName,
  methods,
  type Params,
  type Progress,
  type Result,
} from '../contract'
import {
  ClientFrame,
  decodeFrame,
  encodeFrame,
  maxAnswerChars,
  maxCallChars,
  maxOpenCalls,
  type ServerFrame,
  type WireError,
} from './frames'
import type { Transport } from './transport'

export interface Failure {
  /** The same text that the client got. */
  readonly ref: string
  readonly method: string
  readonly error: unknown
}

export interface RpcService {
  readonly handlers: Handlers
  /** Where the engine says that something changed; returns how to stop listening. */
  onChange?(listener: (change: Change) => void): () => void
}

export interface ConnectionOptions {
  readonly service: RpcService
  readonly transport: Transport
  /** Gets every failure but `cancelled`, with its cause and stack. */
  readonly log: (failure: Failure) => void
  /** Check answers and progress against the contract too: tests do. */
  readonly checkResults?: boolean
  readonly newRef?: () => string
}

/** Serves until the transport closes; whatever is still running then is cancelled. */
export function serveConnection(options: ConnectionOptions): void {
  const { service, transport, log } = options
  const newRef = options.newRef ?? (() => crypto.randomUUID().slice(0, 8))
  const open = new Map<number, AbortController>()

  const send = (frame: ServerFrame): void => transport.send(encodeFrame(frame))
  const fail = (id: number, method: string, error: unknown): void => {
    if (isCancelled(error)) {
      send({ t: 'error', id, error: { code: 'cancelled', message: 'Cancelled.', details: {} } })
      return
    }
    const ref = newRef()
    log({ ref, method, error })
    send({ t: 'error', id, error: toWireError(error, ref) })
  }

  const answer = async (id: number, method: string, params: unknown, controller: AbortController): Promise<void> => {
    try {
      if (!isMethodName(method)) throw new AppError('usage', 'This version knows no such request.', { method })
      const result = await dispatch(options, method, params, controller.signal, (progress) => {
        if (open.get(id) === controller) send({ t: 'progress', id, progress })
      })
      transport.send(encodeResult(id, result))
    } catch (error) {
      // After a cancel, whatever the handler stumbled over is the cancel.
      fail(id, method, controller.signal.aborted ? cancelled() : error)
    } finally {
      open.delete(id)
    }
  }

  transport.onMessage((text) => {
    const frame = decodeFrame(ClientFrame, text, maxCallChars)
    if (frame === undefined) {
      log({ ref: newRef(), method: '', error: new AppError('transport', 'A message was no frame.') })
      transport.close('A message was not understood.')
    } else if (frame.t === 'cancel') {
      open.get(frame.id)?.abort()
    } else if (open.has(frame.id)) {
      transport.close('Two open calls had the same number.')
    } else if (open.size >= maxOpenCalls) {
      fail(frame.id, frame.method, new AppError('transport', 'Too many requests are open. Wait for some to end.'))
    } else {
      const controller = new AbortController()
      open.set(frame.id, controller)
      void answer(frame.id, frame.method, frame.params, controller)
    }
  })

  const stopChanges = service.onChange?.((change) => send({ t: 'change', change }))
  transport.onClose(() => {
    stopChanges?.()
    for (const controller of open.values()) controller.abort()
  })
}

async function dispatch<M extends MethodName>(
  { service, checkResults = false }: ConnectionOptions,
  name: M,
  params: unknown,
  signal: AbortSignal,
  report: (progress: unknown) => void,
): Promise<Result<M>> {
  const spec = methods[name]
  const parsed = spec.params.safeParse(params)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const path = issue?.path.join('.') ?? ''
    throw new AppError('usage', `The request ${name} is not valid: ${path} ${issue?.message ?? ''}`.trim(), { path })
  }
  // The schema of this very method has just accepted it; the compiler cannot follow that through the union.
  const checked = parsed.data as Params<M>
  const result = await service.handlers[name](checked, {
    signal,
    report: (progress: Progress<M>) => report(checkResults ? checkProgress(name, progress) : progress),
  })
  if (!checkResults) return result
  const against = spec.result.safeParse(JSON.parse(JSON.stringify(result)))
  if (!against.success) throw new Error(`The answer of ${name} breaks the contract: ${against.error.message}`)
  return result
}

function checkProgress(name: MethodName, progress: unknown): unknown {
  const schema = methods[name].progress
  if (schema === undefined) throw new Error(`${name} reports progress but declares none.`)
  return schema.parse(progress)
}

function encodeResult(id: number, result: unknown): string {
  const text = encodeFrame({ t: 'result', id, result })
  if (text.length <= maxAnswerChars) return text
  throw new AppError('usage', 'The answer is too large to show. Narrow the filter or lower the limit.', {
    chars: text.length,
  })
}

/** Only an AppError's own text is fit for people; of anything else only the reference leaves the host. */
export function toWireError(error: unknown, ref: string): WireError {
  if (isAppError(error)) return { code: error.code, message: error.message, details: { ...error.details }, ref }
  return { code: 'internal', message: `Something went wrong inside Crosstrail (${ref}).`, details: {}, ref }
}
