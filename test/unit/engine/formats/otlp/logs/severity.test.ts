import { describe, expect, it } from 'vitest'
import { severityName, severityNumber } from '../../../../../../src/engine/formats/otlp/logs/severity'

describe('severities', () => {
  it('have a name for each number from 1 to 24 and none besides', () => {
    expect([1, 4, 9, 10, 13, 17, 21, 24].map(severityName)).toEqual([
      ...['TRACE', 'TRACE4', 'INFO', 'INFO2', 'WARN', 'ERROR', 'FATAL', 'FATAL4'],
    ])
    expect([0, 25, -1, 1.5, Number.NaN].map(severityName)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
  })

  it('are read from numbers, digits and names', () => {
    expect([9, '9', 'SEVERITY_NUMBER_INFO', 'INFO2', 'SEVERITY_NUMBER_FATAL4'].map(severityNumber)).toEqual([
      9, 9, 9, 10, 24,
    ])
    expect(['', 'LOUD', null, 99, {}].map(severityNumber)).toEqual([0, 0, 0, 0, 0])
  })
})
