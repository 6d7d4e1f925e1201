import type { CallContext, Handlers, MethodName } from '../../contract'
import type { EngineContext } from '../context'
import { runUserQuery } from '../db/userQuery'
import { timelineLanes } from '../timeline/lanes'
import { checkFilter } from './check'
import { contrast } from './contrast/contrast'
import { countEvents, facets, fieldValues } from './count'
import { distributions } from './distributions'
import { cellRow } from './eventJson'
import { eventPage, eventRank, getEvent } from './events'
import { eventFields } from './filter/eventFields'
import { fieldInfos } from './filter/field'
import { histogram } from './histogram'
import type { Asking } from './scope'
import { searchRecords } from './search/search'
import { silences } from './silences'
import { offerRows } from './sqlExport'
import { topValues } from './top'

type QueryMethod =
  | 'filter.check'
  | 'fields.list'
  | 'fields.values'
  | 'events.page'
  | 'events.rank'
  | 'events.get'
  | 'events.count'
  | 'events.histogram'
  | 'events.distributions'
  | 'events.facets'
  | 'events.top'
  | 'events.silences'
  | 'events.search'
  | 'events.contrast'
  | 'timeline.lanes'
  | 'sql.run'
  | 'sql.export'

export function queryHandlers(context: EngineContext): Pick<Handlers, QueryMethod> {
  const asking = ({ signal }: Pick<CallContext<MethodName>, 'signal'>): Asking => ({
    db: context.session().db,
    now: context.host.now(),
    signal,
  })
  return {
    'filter.check': async ({ filter }, call) => checkFilter(asking(call), filter),
    'fields.list': async () => fieldInfos(eventFields),
    'fields.values': async (params, call) => fieldValues(asking(call), params),
    'events.page': async (params, call) => eventPage(asking(call), params),
    'events.rank': async (params, call) => eventRank(asking(call), params),
    'events.get': async ({ eventId }, { signal }) => getEvent(context.session().db, eventId, signal),
    'events.count': async (params, call) => countEvents(asking(call), params),
    'events.histogram': async (params, call) => histogram(asking(call), params),
    'events.distributions': async (params, call) => distributions(asking(call), params),
    'events.facets': async (params, call) => facets(asking(call), params),
    'events.top': async (params, call) => topValues(asking(call), params),
    'events.silences': async (params, call) => silences(asking(call), params),
    'events.search': async (params, call) => searchRecords(asking(call), params, call.report),
    'events.contrast': async (params, call) => contrast(asking(call), params, call.report),
    'timeline.lanes': async (params, call) => timelineLanes(asking(call), params),
    'sql.export': async (params, call) => offerRows(context, params, call),
    'sql.run': async ({ sql, limit }, { signal }) => {
      const result = await runUserQuery(context.session().db, sql, { limit, signal })
      return { ...result, rows: result.rows.map(cellRow) }
    },
  }
}
