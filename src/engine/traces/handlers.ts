import type { Handlers } from '../../contract'
import type { EngineContext } from '../context'
import { getTrace } from './getTrace'
import { listSpans, spanWhere } from './list'
import { searchTraces } from './search'

type TraceMethod = 'traces.search' | 'traces.get' | 'spans.list'

export function traceHandlers(context: EngineContext): Pick<Handlers, TraceMethod> {
  const asking = (signal: AbortSignal) => ({ db: context.session().db, now: context.host.now(), signal })
  return {
    'traces.search': async (params, { signal }) => searchTraces(asking(signal), params),
    'traces.get': async ({ traceId }, { signal }) => getTrace(context.session().db, traceId, signal),
    'spans.list': async ({ where, limit }, { signal }) => {
      const { db } = context.session()
      const condition = await spanWhere(asking(signal), where)
      const spans = []
      for await (const span of listSpans(db, { where: condition, limit: limit + 1 }, signal)) spans.push(span)
      return { spans: spans.slice(0, limit), truncated: spans.length > limit }
    },
  }
}
