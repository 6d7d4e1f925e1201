/** The incident and the findings with everything that their items point to. */
import { formatShortest, parseInstant } from '../../../common/time'
import type { Finding } from '../../../contract/findings'
import type { Incident } from '../../../contract/incidents'
import type { About } from '../../../contract/work'
import { type Sql, sql } from '../../db/sql'
import { describe } from '../../work/describe'
import { reachOf } from '../../work/reach'
import {
  type Fact,
  type ModelAbout,
  type ModelFinding,
  type ModelIncident,
  type ModelItem,
  printLimits,
} from '../model'
import { type Ask, askFacts } from './ask'
import { filterWhere } from './chosen'
import { collectTrace } from './traces'

export interface WantedFigure {
  readonly id: string
  readonly kind: 'timeline' | 'graph'
  readonly where: string
}

interface Item {
  readonly about: About | null
  readonly text: string
  readonly mark?: string | null
  readonly at?: string | null
}

/** Collects items; remembers the figures that they want drawn. */
export class Items {
  readonly figures: WantedFigure[] = []
  readonly #ask: Ask
  readonly #findings: ReadonlyMap<string, Finding>
  readonly #numbers: ReadonlyMap<string, number>

  constructor(ask: Ask, findings: readonly Finding[], citedIds: readonly string[]) {
    this.#ask = ask
    this.#findings = new Map(findings.map((finding) => [finding.id, finding]))
    this.#numbers = new Map(citedIds.map((id, index) => [id, index + 1]))
  }

  async all(items: readonly Item[]): Promise<ModelItem[]> {
    const found: ModelItem[] = []
    for (const { about, text, mark = null, at = null } of items.slice(0, printLimits.storyItems)) {
      const us = at === null ? undefined : parseInstant(at)?.us
      found.push({
        about: about === null ? null : await this.#about(about),
        text,
        mark,
        at: us === undefined ? at : formatShortest(us),
      })
    }
    return found
  }

  async #about(about: About): Promise<ModelAbout | null> {
    const ask = this.#ask
    switch (about.kind) {
      case 'query':
        return { kind: 'query', where: about.where, facts: await extent(ask, await filterWhere(ask, about.where)) }
      case 'figure': {
        const figureId = `item-${this.figures.length + 1}`
        this.figures.push({ id: figureId, kind: about.figure, where: about.where })
        const facts = await extent(ask, await filterWhere(ask, about.where))
        return { kind: 'figure', where: about.where, figureId, facts }
      }
      case 'finding': {
        const finding = this.#findings.get(about.id)
        // A finding that was deleted since, or left out by the one who prints, is not told of.
        return finding === undefined
          ? null
          : { kind: 'finding', id: finding.id, title: finding.title, severity: finding.severity }
      }
      case 'record': {
        const { target } = about
        const [found] = await describe(ask.db, [target], ask.signal)
        if (target.kind === 'event' && found?.known === true)
          return { kind: 'event', eventId: target.id, number: this.#numbers.get(target.id) ?? null }
        const { known = false, title = `${target.kind} ${target.id}`, ts = null, outcome = null } = found ?? {}
        const trace = target.kind === 'trace' && known ? await collectTrace(ask, target.id) : null
        return { kind: 'record', target, known, title, ts, outcome, trace }
      }
    }
  }
}

function extent(ask: Ask, where: Sql): Promise<Fact[]> {
  return askFacts(ask, [
    ['Events', 'count', sql`SELECT count(*) AS value FROM access_event WHERE ${where}`],
    ['First', 'time', sql`SELECT min(ts) AS value FROM access_event WHERE ${where}`],
    ['Last', 'time', sql`SELECT max(ts) AS value FROM access_event WHERE ${where}`],
  ])
}

export async function collectFindings(items: Items, findings: readonly Finding[]): Promise<ModelFinding[]> {
  const found: ModelFinding[] = []
  for (const finding of findings.slice(0, printLimits.findings)) {
    const { id, title, severity, confidence, status, techniques, statement, alternatives, author, createdAt } = finding
    const evidence = await items.all(finding.evidence)
    found.push({
      ...{ id, title, severity, confidence, status, techniques, statement, evidence, alternatives, author, createdAt },
    })
  }
  return found
}

export async function collectIncident(ask: Ask, items: Items, incident: Incident, where: Sql): Promise<ModelIncident> {
  const { id, title, severity, state, summary, impact, scope, affected } = incident
  return {
    ...{ id, title, severity, state, summary, impact, scope, affected },
    story: await items.all(incident.story),
    reach: {
      method: 'incidents.reach',
      params: { id },
      value: await reachOf(ask.db, affected, ask.signal),
    },
    facts: await chosenFacts(ask, where),
  }
}

/** What the events that were chosen say, taken together. */
function chosenFacts(ask: Ask, where: Sql): Promise<Fact[]> {
  const count = (what: Sql, and = sql.empty) => sql`SELECT ${what} AS value FROM access_event WHERE (${where})${and}`
  const names = (label: Sql) => sql`
    SELECT string_agg(name, ', ' ORDER BY name) AS value
    FROM (SELECT DISTINCT ${label} AS name FROM access_event WHERE ${where} ORDER BY name LIMIT ${printLimits.topRows})
    WHERE name IS NOT NULL`
  return askFacts(ask, [
    ['Events that the report stands on', 'count', count(sql`count(*)`)],
    ['First of them', 'time', count(sql`min(ts)`)],
    ['Last of them', 'time', count(sql`max(ts)`)],
    ['Refused among them', 'count', count(sql`count(*)`, sql` AND outcome IN ('denied', 'auth_failed')`)],
    [
      'Changes to rights among them',
      'count',
      count(sql`count(*)`, sql` AND (activity IN ('grant', 'revoke') OR class IN ('policy', 'iam'))`),
    ],
    ['Rows returned or changed', 'count', count(sql`coalesce(sum(db_rows), 0)::BIGINT`)],
    ['Actors named', 'text', names(sql`coalesce(actor_name, actor_email, actor_id, actor_key)`)],
    ['Client addresses named', 'text', names(sql`src_ip`)],
    ['Resources named', 'text', names(sql`coalesce(resource_name, resource_key)`)],
    ['Sources of the records', 'text', names(sql`source`)],
    [
      'Tied to a trace (certain or strong)',
      'count',
      sql`
        SELECT count(DISTINCT event_id) AS value
        FROM link
        WHERE "level" IN ('certain', 'strong') AND coalesce(verdict, '') <> 'rejected'
          AND event_id IN (SELECT event_id FROM access_event WHERE ${where})`,
    ],
  ])
}
