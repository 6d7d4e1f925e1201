/** Another importer's reading of the same logs, entry by entry: when, who, where from, which database and code. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { at, get, type JsonValue, list, text, textAt } from '../../../../../src/common/json'
import { pgaudit } from '../../../../../src/engine/formats/pgaudit'
import type { EmittedRow } from '../../../../../src/engine/formats/types'
import { driveCsv, driveText } from '../../../../support/formatDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../../support/sharedData'
import { splitCsv } from './support'

interface Reading {
  readonly user: string | undefined
  readonly database: string | undefined
  readonly address: string | undefined
  readonly port: string | undefined
  readonly session: string | undefined
  readonly state: string | undefined
  readonly application: string | undefined
}

const names = ['user', 'database', 'address', 'port', 'session', 'state', 'application'] as const

function ours(item: EmittedRow): Reading {
  if (item.table === 'access_event') {
    const { row } = item
    return {
      user: row.actor_name,
      database: row.db_name,
      address: row.src_ip,
      port: text(row.src_port),
      session: row.session_id,
      state: row.outcome_code,
      application: row.user_agent,
    }
  }
  const attributes: JsonValue = item.table === 'log_record' ? JSON.parse(item.row.attributes ?? '{}') : {}
  const field = (name: string) => textAt(attributes, name)
  return {
    user: field('user'),
    database: field('database'),
    address: field('host'),
    port: field('port'),
    session: field('session_id'),
    state: field('sql_state_code'),
    application: field('application_name'),
  }
}

function theirs(entry: JsonValue): Reading {
  const log = at(entry, 'postgresql', 'log')
  return {
    user: textAt(entry, 'user', 'name'),
    database: textAt(log, 'database'),
    address: textAt(log, 'client_addr'),
    port: textAt(log, 'client_port'),
    session: textAt(log, 'session_id'),
    state: textAt(log, 'sql_state_code'),
    application: textAt(log, 'application_name'),
  }
}

/** Values that both state and that differ. */
function differences(a: Reading, b: Reading): string[] {
  return names.flatMap((name) =>
    a[name] === undefined || b[name] === undefined || a[name] === b[name] ? [] : [`${name}: ${a[name]} ≠ ${b[name]}`],
  )
}

const timeOf = (item: EmittedRow) =>
  item.table === 'access_event' || item.table === 'log_record' ? item.row.ts : undefined

describe.skipIf(!hasSharedData)(`the same logs as another importer reads them${sharedDataNotice}`, () => {
  it('agrees in user, address, database, session and code, and in every time but one zone’s', () => {
    const folder = sharedData('postgresql', 'elastic')
    const found: string[] = []
    let compared = 0
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.log'))) {
      const log = readFileSync(`${folder}/${name}`, 'utf8')
      const driven = name.includes('-csv') ? driveCsv(pgaudit, undefined, splitCsv(log)) : driveText(pgaudit, log)
      const expected: JsonValue = JSON.parse(readFileSync(`${folder}/${name}-expected.json`, 'utf8'))
      for (const entry of list(get(expected, 'expected'))) {
        // Their entry for a further line of ours is no entry of its own.
        if (/^(?:DETAIL|HINT|STATEMENT|CONTEXT)$/.test(textAt(entry, 'log', 'level') ?? '')) continue
        const time = Date.parse(textAt(entry, '@timestamp') ?? '')
        const atThatTime = driven.rows.filter((item) => timeOf(item) === BigInt(time) * 1000n)
        const readings = atThatTime.map((item) => differences(ours(item), theirs(entry)))
        const best = readings.sort((a, b) => a.length - b.length)[0] ?? ['no row at that time']
        compared++
        for (const difference of best) found.push(`${name} ${textAt(entry, '@timestamp')} ${difference}`)
      }
    }
    expect(compared).toBeGreaterThan(150)
    // A server that prints EST is five hours behind UTC, in July too: in a zone with summer time it would print EDT.
    const july = [
      ...['43.557', '44.227'].map((seconds) => `9-6-multi-core.log 2017-07-31T17:36:${seconds}Z`),
      ...['23.016', '55.637'].map((seconds) => `9-6-multi-core.log 2017-07-31T17:46:${seconds}Z`),
      ...['36:43', '36:44', '46:23', '46:55'].map((time) => `9-6-new-timestamp.log 2017-07-31T17:${time}.000Z`),
    ]
    expect(found).toEqual(july.map((entry) => `test-postgresql-${entry} no row at that time`))
  })
})
