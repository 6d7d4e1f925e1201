/** What a report is about: the incident, its findings, and the events that both stand on. */
import { AppError } from '../../../common/errors'
import type { Finding } from '../../../contract/findings'
import type { Incident, StoryItem } from '../../../contract/incidents'
import { type EvidenceItem, severities } from '../../../contract/work'
import type { JournalRecord } from '../../case/journal'
import { type Sql, sql } from '../../db/sql'
import { compileChecked } from '../../query/filter/compile'
import { eventFields } from '../../query/filter/eventFields'
import { toFinding, toIncident } from '../../work/tables'
import { workOf } from '../../work/workIndex'
import type { Ask } from './ask'

export interface Chosen {
  readonly incident: Incident | null
  readonly findings: readonly Finding[]
  /** Event ids in the order in which story and findings name them, each once. */
  readonly eventIds: readonly string[]
  /** Condition on `access_event`: those events and the ones that named filters select. */
  readonly where: Sql
}

/** Errors: `not-found` for an incident or a finding that is not in the case; `filter.invalid`. */
export async function chosen(
  ask: Ask,
  records: readonly JournalRecord[],
  incidentId: string | undefined,
  findingIds: readonly string[] | undefined,
): Promise<Chosen> {
  const work = workOf(records)
  const stored = incidentId === undefined ? undefined : work.get('incident', incidentId)
  if (incidentId !== undefined && stored === undefined)
    throw new AppError('not-found', 'There is no such incident in this case.')
  const incident = stored === undefined ? null : toIncident(stored)
  const findings = findingsOf(work.all('finding').map(toFinding), incident, findingIds)
  const items: readonly (StoryItem | EvidenceItem)[] = [
    ...(incident?.story ?? []),
    ...findings.flatMap(({ evidence }) => evidence),
  ]
  const eventIds = new Set<string>()
  const filters = new Set<string>()
  for (const { about } of items) {
    if (about?.kind === 'record' && about.target.kind === 'event') eventIds.add(about.target.id)
    if (about?.kind === 'query') filters.add(about.where)
  }
  const ids = sql`event_id IN (SELECT CAST(unnest(${sql.strings([...eventIds])}) AS UBIGINT))`
  const conditions = [ids]
  for (const filter of filters) conditions.push(sql`(${await filterWhere(ask, filter)})`)
  return { incident, findings, eventIds: [...eventIds], where: sql.join(conditions, ' OR ') }
}

/** The condition of a filter text; words for the present mean the time of the report. */
export async function filterWhere(ask: Ask, filter: string): Promise<Sql> {
  if (filter.trim() === '') return sql`TRUE`
  const nowUs = BigInt(ask.now.getTime()) * 1000n
  return (await compileChecked(ask.db, filter, eventFields, nowUs, ask.signal)).where
}

function findingsOf(
  all: readonly Finding[],
  incident: Incident | null,
  ids: readonly string[] | undefined,
): readonly Finding[] {
  const byId = new Map(all.map((finding) => [finding.id, finding]))
  const told = (incident?.story ?? []).flatMap(({ about }) => (about?.kind === 'finding' ? [about.id] : []))
  if (ids !== undefined)
    return [...new Set(ids)].map((id) => {
      const finding = byId.get(id)
      if (finding === undefined) throw new AppError('not-found', 'There is no such finding in this case.')
      return finding
    })
  if (told.length > 0) return [...new Set(told)].flatMap((id) => byId.get(id) ?? [])
  return all
    .filter(({ status }) => status !== 'dismissed')
    .sort(
      (a, b) =>
        severities.indexOf(b.severity) - severities.indexOf(a.severity) ||
        (a.createdAt < b.createdAt ? -1 : a.createdAt > b.createdAt ? 1 : 0) ||
        (a.id < b.id ? -1 : 1),
    )
}
