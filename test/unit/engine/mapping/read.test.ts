import { describe, expect, it } from 'vitest'
import { readMappingFile } from '../../../../src/engine/mapping/read'

const good = `{
  "version": 1,
  "name": "Doors",
  "time": { "path": "at", "format": "auto" },
  "columns": {
    "actor_id": { "path": "who" },
    "action": { "path": "what" }
  }
}`

function fault(text: string): string {
  try {
    readMappingFile(text)
    return 'none'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

describe('reading a mapping file', () => {
  it('takes a good one, also with a byte-order mark', () => {
    expect(readMappingFile(`\uFEFF${good}`)).toMatchObject({ name: 'Doors' })
  })

  it.each([
    ['"actor_id"', '"actor_ld"', 'line 6: columns.actor_ld: there is no column “actor_ld”; did you mean actor_id?'],
    ['"action"', '"acton"', 'nothing says what was done: map action'],
    ['"format": "auto"', '"format": "sometimes"', 'line 4: time: “sometimes” is no time format'],
    ['"format": "auto"', '"format": "auto", "zone": "IST"', 'line 4: time: “IST” is no zone'],
    [
      '"path": "who"',
      '"path": "who", "pattern": "(?=x)"',
      'line 6: columns.actor_id: the pattern is not in RE2 syntax',
    ],
    ['"path": "who"', '"path": "a[b"', 'line 6: columns.actor_id: the path “a[b” cannot be read from character 2 on'],
    ['"path": "who"', '"column": "who"', 'line 4: time: some places are columns of CSV and this one is not'],
    ['{ "path": "who" }', '{}', 'line 6: columns.actor_id: it needs a “path”, a “column” or a “default”'],
    ['{ "path": "who" }', '7', 'line 6: columns.actor_id:'],
    ['"version": 1', '"version": 2', 'line 2: version: this version of the mapping file is not known'],
    ['"name": "Doors",', '"name": "Doors", "extra": 1,', 'extra'],
    ['"path": "at", ', '', 'line 4: time: the time needs a “path”, a “column”, or “parts”'],
    ['"path": "what"', '"path": "what", "unit": "s"', 'line 7: columns.action.unit: only duration_us has a unit'],
    ['"columns"', '"records": "a[0]", "columns"', 'line 5: records: an array of records is named with [*]'],
  ])('where %s is %s it tells the line and the reason', (from, to, reason) => {
    expect(fault(good.replace(from, to))).toContain(reason)
  })

  it('tells the line where the text is no JSON', () => {
    expect(fault('{\n "version": 1\n "name": "x" }')).toContain('line 3')
    expect(fault('')).toContain('no JSON')
    expect(fault('[]')).toContain('line 1')
    expect(fault('null')).toContain('line 1')
  })

  it('keeps hostile keys out', () => {
    const text = good.replace('"actor_id"', '"__proto__": { "path": "x" }, "actor_id"')
    expect(({} as { path?: unknown }).path).toBeUndefined()
    const outcome = fault(text)
    if (outcome === 'none') expect(Object.keys(readMappingFile(text).columns)).toEqual(['actor_id', 'action'])
    expect(fault(good.replace('"who"', '"who", "values": {"__proto__": "x", "a": "b"}'))).toBe('none')
    expect(fault(good.replace('"Doors"', '"\\ud800"'))).toContain('half a character')
  })
})
