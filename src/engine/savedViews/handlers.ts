import { z } from 'zod'
import { AppError } from '../../common/errors'
import type { Handlers } from '../../contract'
import type { SavedView } from '../../contract/views'
import { record } from '../case/open'
import type { EngineContext } from '../context'
import type { Database } from '../db/database'
import { sql } from '../db/sql'
import { scopeWhere } from '../query/scope'

const ViewRow = z
  .object({
    name: z.string(),
    filter: z.string(),
    from_us: z.coerce.number().nullable(),
    to_us: z.coerce.number().nullable(),
    view_id: z.string().nullable(),
    author: z.string(),
    saved_at: z.string(),
  })
  .transform(
    (row): SavedView => ({
      name: row.name,
      filter: row.filter,
      window: row.from_us === null || row.to_us === null ? null : { fromUs: row.from_us, toUs: row.to_us },
      view: row.view_id,
      author: row.author,
      savedAt: row.saved_at,
    }),
  )

function savedViews(db: Database): Promise<SavedView[]> {
  return db.all(
    ViewRow,
    sql`SELECT name, "filter", from_us, to_us, view_id, author, saved_at FROM saved_view ORDER BY lower(name), name`,
  )
}

export function savedViewHandlers(
  context: EngineContext,
): Pick<Handlers, 'views.list' | 'views.save' | 'views.delete'> {
  return {
    'views.list': async () => savedViews(context.session().db),
    async 'views.save'(given, { signal }) {
      const session = context.session()
      const name = given.name.toWellFormed()
      const filter = given.filter.trim().toWellFormed()
      const { window, view } = given
      // What cannot be asked is not kept.
      await scopeWhere({ db: session.db, now: context.host.now(), signal }, { filter })
      const entry = await record(session, 'view.save', {
        name,
        filter,
        fromUs: window?.fromUs ?? null,
        toUs: window?.toUs ?? null,
        view,
      })
      context.changed({ kind: 'notes' })
      return { name, filter, window, view, author: entry.actor, savedAt: entry.at }
    },
    async 'views.delete'({ name }) {
      const session = context.session()
      const known = (await savedViews(session.db)).some((one) => one.name === name)
      if (!known) throw new AppError('not-found', 'There is no saved view of this name.')
      await record(session, 'view.delete', { name })
      context.changed({ kind: 'notes' })
      return {}
    },
  }
}
