import { describe, expect, it } from 'vitest'
import { entraSignin } from '../../../../../src/engine/formats/entraSignin'
import { driveCsv } from '../../../../support/formatDriver'

const record = {
  '\uFEFFDate (UTC)': '2026-03-04T05:06:07Z',
  'Request ID': '33333333-aaaa-4bbb-8ccc-000000000003',
  'User agent': 'Mozilla/5.0 (X11) Gecko/20100101 Firefox/120.0',
  'Correlation ID': '66666666-aaaa-4bbb-8ccc-000000000006',
  'User ID': '44444444-aaaa-4bbb-8ccc-000000000004',
  User: 'Alice Example',
  Username: 'alice@example.com',
  'Incoming token type': 'None',
  Application: 'Example Portal',
  'Application ID ': '55555555-aaaa-4bbb-8ccc-000000000005',
  Resource: 'Example Service',
  'Resource ID ': '88888888-aaaa-4bbb-8ccc-000000000008',
  'Home tenant ID': '11111111-aaaa-4bbb-8ccc-000000000001',
  'IP address': '203.0.113.7',
  Location: 'Oslo, Oslo, NO',
  Status: 'Failure',
  'Sign-in error code': '50126',
  'Failure reason': 'Error validating credentials.',
  'Multifactor authentication result': '',
  'Authentication requirement': 'Single-factor authentication',
  'Session ID': '99999999-aaaa-4bbb-8ccc-000000000009',
  'Autonomous system  number': '64500',
  'Conditional Access': 'Not Applied',
  Latency: '239',
}
const header = Object.keys(record)
const values = Object.values(record)

const change = (column: string, value: string) => values.map((old, index) => (header[index] === column ? value : old))

describe('sign-ins as the portal gives them', () => {
  it('are recognised by their columns', () => {
    expect(entraSignin.csv?.match(header, values)).toEqual({ score: 0.95, header: true })
    expect(entraSignin.csv?.match(['Date', 'User', 'Status'], ['a', 'b', 'c']).score).toBe(0)
  })

  it('fill the columns', () => {
    const driven = driveCsv(entraSignin, header, [values])
    expect(driven.events[0]).toMatchObject({
      source_event_id: '33333333-aaaa-4bbb-8ccc-000000000003',
      ts: BigInt(Date.UTC(2026, 2, 4, 5, 6, 7)) * 1000n,
      action: 'Sign-in activity',
      service: 'Example Portal',
      outcome: 'auth_failed',
      outcome_code: '50126',
      outcome_reason: 'Error validating credentials.',
      actor_key: 'mail:alice@example.com',
      actor_name: 'Alice Example',
      session_id: '99999999-aaaa-4bbb-8ccc-000000000009',
      src_ip: '203.0.113.7',
      src_country: 'NO',
      src_city: 'Oslo',
      src_asn: '64500',
      ua_family: 'Firefox',
      resource_key: 'entra:application/88888888-aaaa-4bbb-8ccc-000000000008',
      duration_us: 239_000n,
    })
    expect(driven.rows[0]).toMatchObject({
      identity: null,
      alternate: `entra_signin:33333333-aaaa-4bbb-8ccc-000000000003/${Date.UTC(2026, 2, 4, 5, 6, 7) / 1000}/50126`,
    })
  })

  it.each([
    ['Success', '', 'success'],
    ['Failure', '', 'failed'],
    ['Interrupted', '', 'interrupted'],
    ['', '', 'unknown'],
    ['Success', '0', 'success'],
    ['Interrupted', '50074', 'interrupted'],
  ])('take the word %s with the code "%s" as %s', (status, code, outcome) => {
    const changed = change('Status', status).map((old, index) => (header[index] === 'Sign-in error code' ? code : old))
    expect(driveCsv(entraSignin, header, [changed]).events[0]?.outcome).toBe(outcome)
  })

  it.each([
    ['Oslo, Oslo, NO', 'NO', 'Oslo'],
    ['NO', 'NO', undefined],
    [', , NO', 'NO', undefined],
    ['', undefined, undefined],
  ])('split the place %s', (place, country, city) => {
    const row = driveCsv(entraSignin, header, [change('Location', place)]).events[0]
    expect([row?.src_country, row?.src_city]).toEqual([country, city])
  })

  it('know applications by their principal', () => {
    const names = header.map((name) => (name === 'Username' ? 'Service principal ID' : name))
    const row = driveCsv(
      entraSignin,
      names.filter((name) => name !== 'User ID' && name !== 'User'),
      [values.filter((_, index) => header[index] !== 'User ID' && header[index] !== 'User')],
    ).events[0]
    expect(row?.actor_type).toBe('app')
  })

  it('account for short, empty and over-long records', () => {
    const driven = driveCsv(entraSignin, header, [[], [''], values.slice(0, 3), [...values, 'more']])
    expect(driven.rejects.map(({ recordNo }) => recordNo)).toEqual([0, 1])
    expect(driven.kept).toEqual([2, 3])
  })
})
