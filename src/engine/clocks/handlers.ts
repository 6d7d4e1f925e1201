/** What is known of the clocks, and the analyst's word on them. */
import { z } from 'zod'
import { AppError } from '../../common/errors'
import type { Handlers } from '../../contract'
import type { ClockRow } from '../../contract/linking'
import { record } from '../case/open'
import type { EngineContext } from '../context'
import type { Database } from '../db/database'
import { sql } from '../db/sql'
import { relink } from '../links/handlers'

const StoredClock = z.object({
  source: z.string(),
  service: z.string().nullable(),
  basis: z.enum(['links', 'pairs', 'search', 'set']),
  pairs: z.number(),
  offset_us: z.number(),
  jitter_us: z.number(),
  drift_ppm: z.number(),
  middle_us: z.number(),
  set_us: z.number().nullable(),
  enabled: z.boolean().nullable(),
  author: z.string().nullable(),
  decided_at: z.string().nullable(),
})

export function clockHandlers(context: EngineContext): Pick<Handlers, 'clocks.list' | 'clocks.set'> {
  return {
    'clocks.list': async () => ({ clocks: await listClocks(context.session().db) }),
    async 'clocks.set'({ source, service, offsetUs, enabled }, { signal }) {
      const session = context.session()
      const known = await session.db.rows(sql`SELECT 1 FROM access_event WHERE source = ${source} LIMIT 1`)
      if (known.length === 0) throw new AppError('not-found', `The case has no events of “${source}”.`)
      await record(session, 'clock.set', { source, service, offsetUs, enabled })
      await relink(session, signal)
      context.changed({ kind: 'links' })
      return {}
    },
  }
}

export async function listClocks(db: Database): Promise<ClockRow[]> {
  const rows = await db.all(
    StoredClock,
    sql`
      SELECT coalesce(e.source, c.source) AS source, coalesce(e.service, c.service) AS service, coalesce(e.basis, 'set') AS basis,
        coalesce(e.pairs, 0) AS pairs, coalesce(e.offset_us, c.offset_us) AS offset_us, coalesce(e.jitter_us, 0) AS jitter_us,
        coalesce(e.drift_ppm, 0) AS drift_ppm, coalesce(e.middle_us, 0) AS middle_us, c.offset_us AS set_us, c.enabled, c.author,
        c.decided_at
      FROM clock_estimate e FULL JOIN clock c ON c.source = e.source AND c.service IS NOT DISTINCT FROM e.service
      ORDER BY 1, 2 NULLS FIRST`,
  )
  const decided = new Set(
    rows.filter(({ service, enabled }) => service === null && enabled !== null).map(({ source }) => source),
  )
  return rows.map((row) => {
    const { set_us: setUs, enabled, author, decided_at: at } = row
    const suggested = row.basis === 'search' && enabled === null && !decided.has(row.source)
    return {
      source: row.source,
      service: row.service,
      offsetUs: row.offset_us,
      jitterUs: row.jitter_us,
      driftPpm: row.drift_ppm,
      pairs: row.pairs,
      basis: row.basis,
      suggested,
      set: setUs === null || enabled === null ? null : { offsetUs: setUs, enabled, author: author ?? '', at: at ?? '' },
      middleUs: row.middle_us,
      text: sentence(row, suggested),
    }
  })
}

const bases: Readonly<Record<ClockRow['basis'], string>> = {
  links: 'exact links',
  pairs: 'pairs without a rival',
  search: 'pairs found by a search of five minutes to either side',
  set: 'nothing measured',
}

function sentence(row: z.infer<typeof StoredClock>, suggested: boolean): string {
  const seconds = (us: number) => `${(Math.abs(us) / 1e6).toFixed(3)} s`
  const about = `${row.source} ↔ ${row.service ?? 'all services'}`
  const measured = `${about}: ${seconds(row.offset_us)} ${row.offset_us < 0 ? 'behind' : 'ahead'}, scatter ${seconds(row.jitter_us)}, from ${row.pairs} ${bases[row.basis]}`
  const drift = row.drift_ppm === 0 ? '' : `, drift ${row.drift_ppm.toFixed(1)} µs a second`
  const word =
    row.enabled === null
      ? suggested
        ? '; suggested, not in use'
        : ''
      : row.enabled
        ? `; set to ${seconds(row.set_us ?? 0)}`
        : '; switched off'
  return `${measured}${drift}${word}.`
}
