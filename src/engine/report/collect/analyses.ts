/** What the analyses of links and their absence say, each with what was asked, so that it can be asked again. */
import { z } from 'zod'
import { formatShortest } from '../../../common/time'
import { listAuditGaps } from '../../auditGaps/list'
import { listClocks } from '../../clocks/handlers'
import { coverageMap } from '../../coverage/map'
import { sql } from '../../db/sql'
import { listOutOfBand } from '../../outOfBand/list'
import { type ModelAnalyses, printLimits } from '../model'
import type { Ask } from './ask'

const time = (us: number) => formatShortest(BigInt(us))
/** Four digits are more than any of these is worth; text, since the canonical form has no floats. */
const share = (value: number) => value.toPrecision(4)

const Any = z.object({ n: z.number() })

/** `wanted` says which sections are printed; what is not is not computed. Null without events. */
export async function collectAnalyses(ask: Ask, wanted: (section: string) => boolean): Promise<ModelAnalyses> {
  const found = await ask.db.get(Any, sql`SELECT count(*) AS n FROM (SELECT 1 FROM span LIMIT 1)`, ask.signal)
  // Without traces there is nothing that an access could be out of.
  const traced = (found?.n ?? 0) > 0
  const coverage = traced && (wanted('coverage') || wanted('out-of-band'))
  return {
    outOfBand: coverage ? await outOfBand(ask) : null,
    coverage: coverage ? await areas(ask) : null,
    clocks: traced && wanted('coverage') ? await clocks(ask) : null,
    auditGaps: traced && wanted('audit-gaps') ? await gaps(ask) : null,
  }
}

export async function outOfBand(ask: Ask): Promise<NonNullable<ModelAnalyses['outOfBand']>> {
  const params = { where: '', limit: 0 }
  const { counts, groups } = await listOutOfBand(ask, { ...params, verdicts: ['out_of_band'] })
  return {
    method: 'outOfBand.list',
    params,
    value: {
      explained: counts.explained,
      explainable: counts.explainable,
      outOfCoverage: counts.out_of_coverage,
      outOfBand: counts.out_of_band,
      total: groups.length,
      groups: groups.slice(0, printLimits.bandGroups).map((group) => ({
        actor: group.actor,
        area: group.area,
        source: group.source,
        basis: group.basis,
        resources: group.resources,
        address: group.address,
        client: group.client,
        session: group.session,
        tickets: group.tickets,
        events: group.events,
        outOfBand: group.outOfBand,
        denied: group.denied,
        rows: group.rows === null ? null : String(group.rows),
        units: group.units,
        unlinkedUnits: group.unlinkedUnits,
        comparedWith: group.comparedWith,
        comparedLinked: group.comparedLinked,
        comparedNamed: group.comparedNamed,
        chance: group.tail < 1e-12 ? 'less than 1e-12' : group.tail.toPrecision(2),
        firstTs: time(group.fromUs),
        lastTs: time(group.toUs),
      })),
    },
  }
}

export async function areas(ask: Ask): Promise<NonNullable<ModelAnalyses['coverage']>> {
  const params = { buckets: 60, maxRows: 60 }
  const map = await coverageMap(ask, { ...params, scope: { filter: '' } })
  const rows = map.rows.filter(({ kind }) => kind === 'area')
  return {
    method: 'coverage.map',
    params,
    value: {
      total: rows.length,
      truncated: map.truncated,
      rows: rows.slice(0, printLimits.areas).map(({ source, area, events, linked, services, rate }) => ({
        source,
        area,
        events,
        linked,
        services,
        rate:
          rate === null
            ? null
            : { value: share(rate.value), low: share(rate.low), high: share(rate.high), basis: rate.basis, n: rate.n },
      })),
    },
  }
}

export async function clocks(ask: Ask): Promise<NonNullable<ModelAnalyses['clocks']>> {
  const all = await listClocks(ask.db)
  return {
    method: 'clocks.list',
    params: {},
    value: {
      total: all.length,
      rows: all.slice(0, printLimits.clocks).map((clock) => ({
        source: clock.source,
        service: clock.service,
        offsetUs: Math.round(clock.offsetUs),
        jitterUs: Math.round(clock.jitterUs),
        pairs: clock.pairs,
        basis: clock.basis,
        suggested: clock.suggested,
        set: clock.set === null ? null : { offsetUs: Math.round(clock.set.offsetUs), enabled: clock.set.enabled },
      })),
    },
  }
}

export async function gaps(ask: Ask): Promise<NonNullable<ModelAnalyses['auditGaps']>> {
  const params = { where: '', limit: printLimits.auditGaps }
  const { gaps: found, total, silences } = await listAuditGaps(ask, params)
  return {
    method: 'auditGaps.list',
    params,
    value: {
      total,
      gaps: found.map(({ ts, service, name, source, what, alike, alikeLinked, silent, trace_id, span_id }) => ({
        ...{ ts, service, name, source, what, alike, alikeLinked, silent },
        traceId: trace_id,
        spanId: span_id,
      })),
      silences: silences.slice(0, printLimits.auditGaps).map(({ source, fromUs, toUs, usualUs, spans, expected }) => ({
        source,
        fromTs: time(fromUs),
        toTs: time(toUs),
        usualUs: Math.round(usualUs),
        spans,
        expected: share(expected),
      })),
    },
  }
}
