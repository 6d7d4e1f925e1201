/**
 * The engine: one per host. Hosts hand in `HostServices`, take `handlers` to their transport and call `close` at the
 * end. Nothing here knows Electron, HTTP or the DOM.
 */
import type { Change, Handlers } from '../contract'
import { auditGapHandlers } from './auditGaps/handlers'
import { caseHandlers } from './case/handlers'
import { caseSlot } from './case/slot'
import { knownCases } from './case/trust'
import { clockHandlers } from './clocks/handlers'
import type { EngineContext, HostServices } from './context'
import { coverageHandlers } from './coverage/handlers'
import { custodyHandlers } from './custody/handlers'
import { denialHandlers } from './denial/handlers'
import { enrichHandlers } from './enrich/handlers'
import { graphHandlers } from './graph/handlers'
import { identityHandlers } from './identities/handlers'
import { importHandlers } from './import/handlers'
import { linkHandlers } from './links/handlers'
import { mappingHandlers } from './mapping/handlers'
import { noteHandlers } from './notes/handlers'
import { outOfBandHandlers } from './outOfBand/handlers'
import { queryHandlers } from './query/handlers'
import { reportHandlers } from './report/handlers'
import { savedViewHandlers } from './savedViews/handlers'
import { shareHandlers } from './share/handlers'
import { traceHandlers } from './traces/handlers'
import { toolVersion, version } from './version'
import { workHandlers } from './work/handlers'

export interface Engine {
  readonly handlers: Handlers
  readonly context: EngineContext
  onChange(listener: (change: Change) => void): () => void
  close(): Promise<void>
}

export function createEngine(host: HostServices): Engine {
  const listeners = new Set<(change: Change) => void>()
  const known = knownCases(host.dataFolder)
  const slot = caseSlot({
    actor: host.actor,
    tool: toolVersion,
    now: () => host.now(),
    recordSession: host.host !== 'cli',
    known,
  })
  const context: EngineContext = {
    host,
    session: () => slot.require(),
    changed: (change) => {
      for (const listener of listeners) listener(change)
    },
  }
  return {
    context,
    handlers: {
      ...caseHandlers(context, slot, version, known),
      ...importHandlers(context, slot),
      ...mappingHandlers(context, slot),
      ...enrichHandlers(context),
      ...queryHandlers(context),
      ...traceHandlers(context),
      ...linkHandlers(context),
      ...clockHandlers(context),
      ...identityHandlers(context),
      ...graphHandlers(context),
      ...coverageHandlers(context),
      ...outOfBandHandlers(context),
      ...auditGapHandlers(context),
      ...denialHandlers(context),
      ...noteHandlers(context),
      ...savedViewHandlers(context),
      ...workHandlers(context),
      ...reportHandlers(context),
      ...custodyHandlers(context),
      ...shareHandlers(context),
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close: () => slot.close(),
  }
}
