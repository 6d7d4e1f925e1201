import type { Change, Handlers } from '../../../src/contract'
import { methods } from '../../../src/contract'
import type { RpcService } from '../../../src/rpc/server'

/** A service of the given handlers; every other method says that it was not expected. */
export function service(handlers: Partial<Handlers>): RpcService & { readonly change: (change: Change) => void } {
  const listeners = new Set<(change: Change) => void>()
  const unexpected = Object.fromEntries(
    Object.keys(methods).map((name) => [name, () => Promise.reject(new Error(`${name} was not expected`))]),
  )
  return {
    // Every name of the method table is there; a test that calls one it did not give fails on purpose.
    handlers: { ...(unexpected as unknown as Handlers), ...handlers },
    onChange: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    change: (change) => {
      for (const listener of listeners) listener(change)
    },
  }
}
