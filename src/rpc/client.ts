/** The contract's `Client` over any transport. */
import { AppError } from '../common/errors'
import type { CallOptions, Change, Client, MethodName, ParamsIn, Progress, Result } from '../contract'
import { decodeFrame, encodeFrame, maxAnswerChars, maxCallChars, ServerFrame, type WireError } from './frames'
import type { Transport } from './transport'

export interface RpcClient extends Client {
  /** Ends the connection; open calls fail with `transport`. */
  close(): void
  /** Told once, also when the connection has ended already. */
  onClose(listener: (reason: string) => void): void
}

interface OpenCall {
  readonly resolve: (result: unknown) => void
  readonly reject: (error: AppError) => void
  readonly progress: (progress: unknown) => void
}

/**
 * A fired `signal` asks the server to stop; the call then ends with what the server says: `cancelled`, or the result
 * where the work was done already. So a caller never believes that something was undone which was not.
 */
export function createClient(transport: Transport): RpcClient {
  const open = new Map<number, OpenCall>()
  const changeListeners = new Set<(change: Change) => void>()
  let lastId = 0
  let closed: string | undefined

  transport.onMessage((text) => {
    const frame = decodeFrame(ServerFrame, text, maxAnswerChars)
    if (frame === undefined) {
      transport.close('The engine sent something that is no answer.')
      return
    }
    if (frame.t === 'change') {
      for (const listener of changeListeners) listener(frame.change)
      return
    }
    const call = open.get(frame.id)
    if (call === undefined) return
    if (frame.t === 'progress') {
      call.progress(frame.progress)
      return
    }
    open.delete(frame.id)
    if (frame.t === 'result') call.resolve(frame.result)
    else call.reject(toAppError(frame.error))
  })

  transport.onClose((reason) => {
    closed = reason
    for (const call of open.values()) call.reject(new AppError('transport', reason))
    open.clear()
  })

  async function call<M extends MethodName>(
    name: M,
    params: ParamsIn<M>,
    { signal, onProgress }: CallOptions<M> = {},
  ): Promise<Result<M>> {
    if (closed !== undefined) throw new AppError('transport', closed)
    if (signal?.aborted) throw new AppError('cancelled', 'Cancelled.')
    const id = ++lastId
    const text = encodeFrame({ t: 'call', id, method: name, params })
    if (text.length > maxCallChars)
      throw new AppError('usage', 'The request is too large. Send less at a time.', { chars: text.length })
    const cancel = () => transport.send(encodeFrame({ t: 'cancel', id }))
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      const result = await new Promise<unknown>((resolve, reject) => {
        // The server is this very build: its handlers are typed by the contract and tested against its schemas.
        open.set(id, { resolve, reject, progress: (progress) => onProgress?.(progress as Progress<M>) })
        transport.send(text)
      })
      return result as Result<M>
    } finally {
      signal?.removeEventListener('abort', cancel)
    }
  }

  return {
    call,
    onChange: (listener) => {
      changeListeners.add(listener)
      return () => changeListeners.delete(listener)
    },
    close: () => transport.close('The connection was closed.'),
    onClose: (listener) => transport.onClose(listener),
  }
}

export function toAppError({ code, message, details, ref }: WireError): AppError {
  return new AppError(code, message, ref === undefined ? details : { ...details, ref })
}
