/** Client and engine in one process: the command line and tests. The same frames, so the same JSON copy and checks. */
import { createClient, type RpcClient } from './client'
import { type Failure, type RpcService, serveConnection } from './server'
import { type Transport, TransportEvents } from './transport'

export interface InProcessOptions {
  readonly log?: (failure: Failure) => void
  readonly checkResults?: boolean
  readonly newRef?: () => string
}

export function inProcessClient(
  service: RpcService,
  { log = () => undefined, ...rest }: InProcessOptions = {},
): RpcClient {
  const [clientEnd, serverEnd] = memoryTransports()
  serveConnection({ service, transport: serverEnd, log, ...rest })
  return createClient(clientEnd)
}

/** Two ends that pass text to each other, in order, after the sender's turn. */
export function memoryTransports(): readonly [Transport, Transport] {
  const events = [new TransportEvents(), new TransportEvents()] as const
  const end = (own: TransportEvents, other: TransportEvents): Transport => ({
    send: (text) => {
      if (!own.closed) queueMicrotask(() => other.message(text))
    },
    onMessage: (listener) => own.onMessage(listener),
    onClose: (listener) => own.onClose(listener),
    close: (reason = 'The connection was closed.') => {
      own.end(reason)
      other.end(reason)
    },
  })
  return [end(events[0], events[1]), end(events[1], events[0])]
}
