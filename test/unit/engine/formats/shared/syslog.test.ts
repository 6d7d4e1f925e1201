import { describe, expect, it } from 'vitest'
import { syslogLine } from '../../../../../src/engine/formats/shared/syslog'

describe('syslog headers', () => {
  it.each([
    [
      'the old header',
      '<134>Nov  4 08:15:54 db1 postgres[77]: [3-1] LOG:  hello',
      { host: 'db1', program: 'postgres', pid: '77', time: undefined, message: '[3-1] LOG:  hello' },
    ],
    [
      'the old header in a file, without a priority',
      'Nov 24 08:15:54 db1 nginx: 192.0.2.7 - -',
      { host: 'db1', program: 'nginx', pid: undefined, time: undefined, message: '192.0.2.7 - -' },
    ],
    [
      'the old header with a new time',
      '2026-11-24T08:15:54.123456+01:00 db1 postgres[77]: x',
      { host: 'db1', program: 'postgres', pid: '77', time: '2026-11-24T08:15:54.123456+01:00', message: 'x' },
    ],
    [
      'the new header',
      '<134>1 2026-11-24T08:15:54Z db1 postgres 77 - - [3-1] x',
      { host: 'db1', program: 'postgres', pid: '77', time: '2026-11-24T08:15:54Z', message: '[3-1] x' },
    ],
    [
      'the new header with structured data',
      '<134>1 - db1 postgres - ID47 [origin ip="192.0.2.1"][meta seq="1"] \uFEFFx',
      { host: 'db1', program: 'postgres', pid: undefined, time: undefined, message: 'x' },
    ],
  ])('takes off %s', (_what, line, expected) => {
    expect(syslogLine(line)).toEqual(expected)
  })

  it.each([
    '2026-11-24T08:15:54.123Z shop-classic 192.0.2.7:2817 10.0.0.1:80 0.1 0.1 0.1 200',
    '2026-11-24 08:15:54 UTC [77] LOG:  x',
    '[24/Nov/2026:08:15:54 +0000] x: y',
    'Nov 24 08:15:54 db1 no program here',
    '',
  ])('sees none in %s', (line) => {
    expect(syslogLine(line)).toBeUndefined()
  })
})
