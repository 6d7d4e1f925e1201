/** Asks again for every figure of a JSON report and says which of them the case answers otherwise now. */
import { z } from 'zod'
import { canonicalJson } from '../../common/canonical'
import { AppError, throwIfAborted } from '../../common/errors'
import type { Result } from '../../contract'
import { IndicatorKind } from '../../contract/incidents'
import type { CaseSession } from '../context'
import { runUserQuery } from '../db/userQuery'
import type { Cell } from '../db/values'
import { sightings } from '../work/indicators'
import { reachOf } from '../work/reach'
import { toIncident } from '../work/tables'
import { workOf } from '../work/workIndex'
import { areas, clocks, gaps, outOfBand } from './collect/analyses'
import { type Ask, shortTime } from './collect/ask'
import { path } from './collect/paths'

const Json: z.ZodType<Cell> = z.json()
const Fact = z.object({
  label: z.string(),
  kind: z.string(),
  value: z.union([z.string(), z.number()]),
  sql: z.string(),
})
const Table = z.object({
  columns: z.array(z.object({ title: z.string(), kind: z.string() })),
  rows: z.array(z.array(Json)),
  total: z.number(),
  sql: z.string(),
})
const Asked = z.object({ method: z.string(), params: z.record(z.string(), Json), value: Json })
const Span = z.object({ firstTs: z.string().nullable(), lastTs: z.string().nullable(), sql: z.string() })
const Cited = z.object({ eventId: z.string(), fields: z.record(z.string(), Json), sql: z.string() })
const Trace = z.object({ spanCount: z.number(), errorCount: z.number(), durationNs: z.string(), sql: z.string() })
const Files = z.object({
  files: z.array(z.object({ sha256: z.string(), records: z.record(z.string(), z.number()) })),
  sql: z.string(),
})

type Rerun = Result<'report.rerun'>

/** Queries from the file run as those typed by a person do: one SELECT, read-only, capped. */
export async function rerunReport(session: CaseSession, model: unknown, signal: AbortSignal): Promise<Rerun> {
  const parsed = z.looseObject({ report: z.literal('crosstrail'), at: z.iso.datetime() }).safeParse(model)
  if (!parsed.success) throw new AppError('input.refused', 'This is no report in its JSON form.')
  const ask: Ask = { db: session.db, signal, now: new Date(parsed.data.at) }
  const differences: Rerun['differences'] = []
  let figures = 0
  await walk(parsed.data, '')
  return { figures, differences }

  async function walk(value: unknown, where: string): Promise<void> {
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) await walk(item, `${where}[${index}]`)
      return
    }
    if (typeof value !== 'object' || value === null) return
    if ('sql' in value || ('method' in value && 'params' in value)) await compare(value, where)
    for (const [name, item] of Object.entries(value)) await walk(item, where === '' ? name : `${where}.${name}`)
  }

  async function compare(item: object, where: string): Promise<void> {
    throwIfAborted(signal)
    figures++
    const pair = await answer(item).catch((error: unknown) => {
      if (signal.aborted) throw error
      return { said: item, is: error instanceof Error ? error.message : String(error) }
    })
    const [said, is] = [text(pair.said), text(pair.is)]
    if (said !== is) differences.push({ where, said: said.slice(0, 2000), is: is.slice(0, 2000) })
  }

  async function answer(item: object): Promise<{ readonly said: unknown; readonly is: unknown }> {
    const fact = Fact.safeParse(item).data
    if (fact !== undefined) {
      const found = (await rows(fact.sql, 1))[0]?.value ?? 'none'
      return { said: fact.value, is: fact.kind === 'time' ? shortTime(String(found)) : found }
    }
    const table = Table.safeParse(item).data
    if (table !== undefined) {
      const found = await rows(table.sql, Math.max(1, table.rows.length))
      const [total] = await rows(`SELECT count(*) AS n FROM (${table.sql})`, 1)
      const cells = found
        .slice(0, table.rows.length)
        .map((row) =>
          Object.values(row).map((cell, at) =>
            table.columns[at]?.kind === 'time' && typeof cell === 'string' ? shortTime(cell) : cell,
          ),
        )
      return { said: { total: table.total, rows: table.rows }, is: { total: total?.n ?? 0, rows: cells } }
    }
    const asked = Asked.safeParse(item).data
    if (asked !== undefined) return { said: asked.value, is: await askAgain(session, ask, asked.method, asked.params) }
    return rowsOf(item)
  }

  /** Parts of the report that tell of rows of a table rather than of a figure. */
  async function rowsOf(item: object): Promise<{ readonly said: unknown; readonly is: unknown }> {
    const cited = Cited.safeParse(item).data
    if (cited !== undefined) {
      const [row] = await rows(cited.sql, 1)
      // Times are cut to the precision of the source and structures reshaped: the words are compared.
      const words = Object.entries(cited.fields).filter(
        ([name, cell]) => typeof cell === 'string' && !/^ts(_end)?$/.test(name),
      )
      return {
        said: { event_id: cited.eventId, ...Object.fromEntries(words) },
        is: { event_id: row?.event_id, ...Object.fromEntries(words.map(([name]) => [name, string(row?.[name])])) },
      }
    }
    const trace = Trace.safeParse(item).data
    if (trace !== undefined) {
      const [row] = await rows(trace.sql, 1)
      return {
        said: [trace.spanCount, trace.errorCount, trace.durationNs],
        is: [row?.span_count, row?.error_count, string(row?.duration_ns)],
      }
    }
    const files = Files.safeParse(item).data
    if (files !== undefined) {
      const found = await rows(files.sql, Math.max(1, files.files.length))
      return {
        said: files.files.map(({ sha256, records }) => [sha256, ...Object.values(records)]),
        is: found.map((row) => [
          row.sha256,
          ...['read', 'kept', 'duplicate', 'skipped', 'rejected'].map((name) => row[`records_${name}`]),
        ]),
      }
    }
    const span = Span.parse(item)
    const [row] = await rows(span.sql, 1)
    const time = (cell: Cell | undefined) => (typeof cell === 'string' ? shortTime(cell) : null)
    return { said: [span.firstTs, span.lastTs], is: [time(row?.first_ts), time(row?.last_ts)] }
  }

  async function rows(query: string, limit: number): Promise<Record<string, Cell>[]> {
    return (await runUserQuery(session.db, query, { limit, signal })).rows
  }
}

const string = (cell: Cell | undefined) => (typeof cell === 'number' ? String(cell) : cell)

function text(value: unknown): string {
  try {
    return canonicalJson(value)
  } catch {
    // A float or a value that is missing: never equal to what a report says.
    return JSON.stringify(value) ?? 'nothing'
  }
}

/** Methods that a report may name; nothing else is called. Errors: `not-found`, `input.refused`. */
async function askAgain(
  session: CaseSession,
  ask: Ask,
  method: string,
  params: Readonly<Record<string, Cell>>,
): Promise<unknown> {
  switch (method) {
    case 'outOfBand.list':
      return (await outOfBand(ask)).value
    case 'coverage.map':
      return (await areas(ask)).value
    case 'clocks.list':
      return (await clocks(ask)).value
    case 'auditGaps.list':
      return (await gaps(ask)).value
    case 'denial.path':
      return (
        await path(
          ask,
          z
            .string()
            .regex(/^\d{1,20}$/)
            .parse(params.eventId),
        )
      ).value
    case 'indicators.sightings':
      return sightings(ask.db, IndicatorKind.parse(params.kind), z.string().parse(params.value), ask.signal)
    case 'incidents.reach': {
      const item = workOf(session.journal.records()).get('incident', z.string().parse(params.id))
      if (item === undefined) throw new AppError('not-found', 'There is no such incident in this case.')
      return reachOf(ask.db, toIncident(item).affected, ask.signal)
    }
    default:
      throw new AppError('input.refused', 'The report names a method that gives no figures.')
  }
}
