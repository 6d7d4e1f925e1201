import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../../src/common/json'
import { httpAccess } from '../../../../../src/engine/formats/httpAccess'
import { routeOf } from '../../../../../src/engine/formats/httpAccess/target'
import { durationUs, epochInstant } from '../../../../../src/engine/formats/httpAccess/times'
import { type Driven, driveJson, driveText } from '../../../../support/formatDriver'
import { iis, lines } from './support'

function accountedOnce(driven: Driven): void {
  expect(driven.accounted.size).toBe(driven.read)
  expect([...driven.accounted.values()].every((times) => times === 1)).toBe(true)
}

describe('hostile input', () => {
  it('accounts for each line once, whatever is cut out of it or put into it', () => {
    const line = fc.constantFrom(...Object.values(lines), ...iis)
    fc.assert(
      fc.property(line, fc.nat(400), fc.nat(40), fc.string({ maxLength: 20 }), (text, from, length, put) => {
        const changed = `${text.slice(0, from)}${put.replace(/[\r\n]/g, '')}${text.slice(from + length)}`
        accountedOnce(driveText(httpAccess, changed))
      }),
      { numRuns: 500 },
    )
  })

  it('accounts for each JSON record once, whatever stands in its fields', () => {
    const keys = ['status', 'remote_addr', 'request', 'time_iso8601', 'request_time', 'traceparent', 'grpc_status']
    const more = [
      'response_code',
      'response_flags',
      'DownstreamStatus',
      'RequestMethod',
      'RequestPath',
      'log',
      '__proto__',
    ]
    const value = fc.dictionary(fc.constantFrom(...keys, ...more), fc.jsonValue({ maxDepth: 2 }))
    fc.assert(
      fc.property(value, (fields) => {
        const record: JsonValue = JSON.parse(
          JSON.stringify({ status: 200, remote_addr: '192.0.2.7', uri: '/', ...fields }),
        )
        httpAccess.json?.match(record, undefined)
        accountedOnce(driveJson(httpAccess, [record]))
      }),
      { numRuns: 500 },
    )
  })

  it('reads long lines in time that grows with their length', () => {
    const began = performance.now()
    for (const filler of ['"', '[', ' ', 'a ', '\\', '%', '1,', 'a.', '-'])
      driveText(httpAccess, `${lines.combined} ${filler.repeat(50_000)}`)
    driveText(httpAccess, lines.combined.replace('/login', '/a'.repeat(60_000)))
    driveText(httpAccess, lines.combined.replace('192.0.2.7', '1, '.repeat(30_000)))
    expect(performance.now() - began).toBeLessThan(10_000)
  })
})

describe('routes', () => {
  it.each([
    ['/', '/'],
    ['/orders/1234/items', '/orders/{id}/items'],
    ['/u/8f14e45f-ceea-467f-a8f1-000000000001', '/u/{id}'],
    ['/c/507f1f77bcf86cd799439011', '/c/{id}'],
    ['/k/01ARZ3NDEKTSV4RRFFQ69G5FAV', '/k/{id}'],
    ['/users/alice@example.com/keys', '/users/{id}/keys'],
    ['/users/alice%40example.com', '/users/{id}'],
    ['/t/eyJhbGciOiJIUzI1NiJ9_abc123def456', '/t/{id}'],
    ['/cus_9182', '/{id}'],
    ['/api/v1/pods', '/api/v1/pods'],
    ['/blog/ten-things-to-know-about-2025', '/blog/ten-things-to-know-about-2025'],
    ['/static/app.js', '/static/app.js'],
    ['/internationalization-of-software', '/internationalization-of-software'],
    ['/facade', '/facade'],
  ])('%s becomes %s', (path, route) => {
    expect(routeOf(path)).toBe(route)
  })
})

describe('numbers keep their digits', () => {
  it.each([
    ['1760104536', 1_760_104_536_000_000n, 's'],
    ['1760104536.310', 1_760_104_536_310_000n, 'ms'],
    ['1760104536.3101239', 1_760_104_536_310_123n, 'us'],
    ['1760104536310', 1_760_104_536_310_000n, 'ms'],
    ['1760104536310123', 1_760_104_536_310_123n, 'us'],
    ['1760104536310123456', 1_760_104_536_310_123n, 'us'],
  ])('the time %s', (value, us, precision) => {
    expect(epochInstant(value)).toEqual({ us, precision, zoned: true })
  })

  it.each(['17601045', '17601045361', '-1760104536', '1e9', ''])('the text %s is no time', (value) => {
    expect(epochInstant(value)).toBeUndefined()
  })

  it.each([
    ['0.000929675', 's', 929n],
    ['9.29675e-4', 's', 929n],
    ['1234567', 'ns', 1234n],
    ['7', 'ns', 0n],
    ['12', 'ms', 12_000n],
    ['-1', 's', undefined],
    ['-', 's', undefined],
  ] as const)('%s %s', (value, unit, us) => {
    expect(durationUs(value, unit)).toBe(us)
  })
})
