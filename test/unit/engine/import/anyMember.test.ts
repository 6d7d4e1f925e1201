/**
 * Whatever a member holds and however it arrives, each format ends, accounts for every record once, and gives the same
 * rows for the same bytes.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../src/common/json'
import { formats } from '../../../../src/engine/formats/registry'
import type { Format } from '../../../../src/engine/formats/types'
import { anyRecord } from '../../../support/anyRecord'
import { wordsOf } from '../../../support/formatWords'
import { driveMember } from '../../../support/memberDriver'
import { hexBytes, resourceSpans, span, str, tracesData } from '../formats/otlp/wireSupport'

/** The beginnings of what is shipped as a sample, and of carriers that it has not. */
function seeds(): readonly Buffer[] {
  const root = resolve(import.meta.dirname, '../../../../resources/sample')
  const shipped = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(gz|json|jsonl|csv|log)$/.test(entry.name))
    .filter((_, index) => index % 7 === 0)
    .map((entry) => {
      const bytes = readFileSync(join(entry.parentPath, entry.name))
      return (entry.name.endsWith('.gz') ? gunzipSync(bytes) : bytes).subarray(0, 4_000)
    })
  const texts = [
    '192.0.2.7 - alice [02/Jan/2026:03:04:05 +0000] "GET /a?b=1 HTTP/1.1" 200 12 "-" "tests ☂"\n'.repeat(3),
    '2026-01-02 03:04:05.000 UTC [12] u@d/a LOG:  AUDIT: SESSION,1,1,READ,SELECT,,,"SELECT 1\r\n\tFROM t",<none>\r\n'.repeat(
      2,
    ),
    '2026-01-02 03:04:05.000 UTC,"alice","db",1,"192.0.2.7:5432",65a1b2c3.1,1,"SELECT",2026-01-02 03:00:00 UTC,3/1,0,LOG,00000,"AUDIT: SESSION,1,1,READ,SELECT,,,""a\nb"",<none>",,,,,,,,,"psql","client backend",,0\n',
    '# HELP up x\n# TYPE up counter\nup{a="b\\"c",d="☂"} 1 1767323045000\nup 2\n# EOF\n',
    'RecordId,CreationDate,RecordType,Operation,UserId,AuditData\n1,2026-01-02,6,FileDownloaded,a,"{""Id"":""x"",""CreationTime"":""2026-01-02T03:04:05"",""Operation"":""FileDownloaded"",""Workload"":""OneDrive""}"\n',
  ].map((text) => Buffer.from(text))
  const spans = tracesData(resourceSpans(span(hexBytes(2, 'a1b2c3d4a1b2c3d4'), str(5, 'work')), span()))
  const size = Buffer.alloc(4)
  size.writeUInt32BE(spans.length)
  return [...shipped, ...texts, Buffer.from(spans), Buffer.concat([size, spans, size, spans])]
}
const known = seeds()

/** A seed with some of its bytes changed, left out, doubled or cut off. */
const changed: fc.Arbitrary<Buffer> = fc
  .tuple(
    fc.constantFrom(...known),
    fc.array(fc.tuple(fc.nat(4_000), fc.constantFrom('set', 'drop', 'twice', 'cut'), fc.nat(255)), { maxLength: 3 }),
  )
  .map(([seed, changes]) =>
    changes.reduce((bytes, [where, what, value]) => {
      const at = where % (bytes.length + 1)
      const [head, tail] = [bytes.subarray(0, at), bytes.subarray(at)]
      if (what === 'cut') return head
      if (what === 'set') return Buffer.concat([head, Buffer.from([value]), tail.subarray(1)])
      return what === 'drop'
        ? Buffer.concat([head, tail.subarray(value)])
        : Buffer.concat([head, tail.subarray(0, value), tail])
    }, seed),
  )

/** Records of the format's own words, one a line, in a list or where its layouts look for them. */
function documents(format: Format): fc.Arbitrary<Buffer> {
  const words = wordsOf(format)
  const record = anyRecord(words.length === 0 ? ['a'] : words, [...words, '2026-01-02T03:04:05Z', 1767323045000])
  const layouts = [...(format.json?.layouts.map((layout) => layout.records) ?? []), ['*']]
  const nested = (path: readonly string[], values: readonly JsonValue[]): JsonValue =>
    path
      .slice(0, -1)
      .reduceRight<JsonValue>(
        (value, step) => (step === '*' ? [value] : Object.fromEntries([[step, value]])),
        [...values],
      )
  const text = fc.oneof(
    fc.array(record, { maxLength: 5 }).map((values) => values.map((value) => JSON.stringify(value)).join('\n')),
    fc
      .tuple(fc.constantFrom(...layouts), fc.array(record, { maxLength: 5 }), fc.constantFrom(undefined, 1))
      .map(([path, values, indent]) => JSON.stringify(nested(path, values), null, indent)),
  )
  return text.map((content) => Buffer.from(content))
}

const marks = fc.constantFrom('', '', '', '\ufeff')
const bytes = fc.uint8Array({ maxLength: 300 }).map((content) => Buffer.from(content))
const cuts = fc.array(fc.nat(4_000), { maxLength: 8 })

async function expectSound(all: readonly Format[], content: Buffer, at: readonly number[]): Promise<boolean> {
  const whole = await driveMember(all, content)
  for (const { offset, length } of whole.places) {
    expect(offset).toBeGreaterThanOrEqual(0)
    expect(offset + length).toBeLessThanOrEqual(content.length)
  }
  for (const { offset } of whole.rejects) expect(offset).toBeLessThanOrEqual(content.length)
  const offsets = whole.places.map(({ offset }) => offset)
  // In protobuf, what a message lacks or breaks at is told before the parts of it that are whole.
  if (content.every((byte) => byte >= 0x09)) expect(offsets).toEqual([...offsets].sort((a, b) => a - b))
  expect(await driveMember(all, content, at)).toEqual(whole)
  return whole.rows.length > 0
}

describe('any member in any chunks', () => {
  it.each(formats.map((format) => [format.id, format] as const))(
    'read as %s',
    async (_, format) => {
      const content = fc.oneof(changed, documents(format), bytes)
      await fc.assert(
        fc.asyncProperty(marks, content, cuts, async (mark, body, at) => {
          await expectSound([format], Buffer.concat([Buffer.from(mark), body]), at)
        }),
        { numRuns: 120 },
      )
    },
    60_000,
  )

  it('read as whatever it is', async () => {
    let withRows = 0
    await fc.assert(
      fc.asyncProperty(marks, changed, cuts, async (mark, body, at) => {
        if (await expectSound(formats, Buffer.concat([Buffer.from(mark), body]), at)) withRows++
      }),
      { numRuns: 400 },
    )
    expect(withRows).toBeGreaterThan(100)
  }, 60_000)

  it('in UTF-16 gives what it gives in UTF-8', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...known), fc.boolean(), cuts, async (seed, swapped, at) => {
        const text = seed.toString('utf8')
        fc.pre(!text.includes('\ufffd') && !text.includes('\0'))
        const wide = Buffer.from(`\ufeff${text}`, 'utf16le')
        const [narrow, other] = [
          await driveMember(formats, text),
          await driveMember(formats, swapped ? wide.swap16() : wide, at),
        ]
        expect(other.rows).toEqual(narrow.rows)
        expect([other.kept, other.rejects.length]).toEqual([narrow.kept, narrow.rejects.length])
      }),
      { numRuns: 60 },
    )
  }, 60_000)
})
