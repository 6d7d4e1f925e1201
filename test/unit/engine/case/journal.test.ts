import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { canonicalJson } from '../../../../src/common/canonical'
import { hasDuplicateKeys } from '../../../../src/engine/case/duplicateKeys'
import { Journal, parseJournal, recordHash, zeroHash } from '../../../../src/engine/case/journal'

describe('journal', () => {
  let folder: string
  let path: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'crosstrail-journal-'))
    path = join(folder, 'journal.jsonl')
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  const open = () =>
    Journal.open({ path, actor: 'tester', tool: 'crosstrail/test', now: () => new Date('2026-01-02T03:04:05.678Z') })

  async function withRecords(count: number): Promise<string> {
    const { journal } = await open()
    for (let index = 0; index < count; index++) await journal.append('note.add', { text: `note ${index} — ü 🜚`, index })
    await journal.close()
    return readFile(path, 'utf8')
  }

  it('chains records by the hash of their canonical form', async () => {
    const lines = (await withRecords(2)).trimEnd().split('\n')
    const [first, second] = lines.map((line) => JSON.parse(line))
    expect(first).toMatchObject({
      v: 1,
      seq: 1,
      prev: zeroHash,
      at: '2026-01-02T03:04:05.678Z',
      actor: 'tester',
      op: 'note.add',
    })
    expect(first.hash).toBe(recordHash(first))
    expect(second.prev).toBe(first.hash)
    expect(second.seq).toBe(2)
  })

  it('sets a torn tail aside, whatever byte it is cut at, and keeps every whole record', async () => {
    const whole = Buffer.from(await withRecords(3))
    const lastStart = whole.lastIndexOf(0x0a, whole.length - 2) + 1
    for (let cut = lastStart; cut <= whole.length; cut++) {
      await writeFile(path, whole.subarray(0, cut))
      await rm(join(folder, 'journal.torn'), { force: true })
      const { journal, notices } = await open()
      const kept = cut >= whole.length - 1 ? 3 : 2
      expect(journal.seq).toBe(kept)
      expect(notices).toHaveLength(cut === lastStart || cut >= whole.length - 1 ? 0 : 1)
      await journal.append('after', {})
      await journal.close()
      const again = parseJournal(await readFile(path))
      expect(again.faults).toEqual([])
      expect(again.tornBytes).toBe(0)
      expect(again.records).toHaveLength(kept + 1)
    }
  })

  it('sets aside a tail of zeros, as a power cut can leave it', async () => {
    await withRecords(2)
    await appendFile(path, Buffer.alloc(100))
    const { journal, notices } = await open()
    expect(journal.seq).toBe(2)
    expect(notices[0]).toContain('100 bytes')
    await journal.close()
  })

  it('names a changed, dropped, swapped and repeated record', async () => {
    const lines = (await withRecords(4)).trimEnd().split('\n')
    const [a = '', b = '', c = '', d = ''] = lines
    const faultsOf = (changed: readonly string[]) => parseJournal(Buffer.from(`${changed.join('\n')}\n`)).faults
    expect(faultsOf([a, b, c, d])).toEqual([])
    expect(faultsOf([a, b.replace('note 1', 'note 9'), c, d])[0]?.message).toContain('was changed')
    expect(faultsOf([a, c, d])[0]?.message).toContain('does not follow')
    expect(faultsOf([a, c, b, d]).length).toBeGreaterThan(0)
    expect(faultsOf([a, b, b, c, d]).length).toBeGreaterThan(0)
    expect(faultsOf([a, '{"v":1', c, d])[0]?.message).toContain('not JSON')
  })

  it('refuses a record with a key twice', () => {
    expect(hasDuplicateKeys('{"a":{"b":1,"b":2}}')).toBe(true)
    expect(hasDuplicateKeys('{"a":1,"\\u0061":2}')).toBe(true)
    expect(hasDuplicateKeys('{"a":{"a":1},"b":[{"a":1},{"a":2}],"c":"a\\":"}')).toBe(false)
  })

  it('never throws on any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        const parsed = parseJournal(Buffer.from(bytes))
        expect(parsed.wholeBytes + parsed.tornBytes).toBe(bytes.length)
      }),
    )
  })
})

describe('canonical JSON', () => {
  it('sorts keys by UTF-16 units and leaves no white space', () => {
    expect(canonicalJson({ b: [1, true, null], a: 'é"\n', '\u{1F600}': 1, '\uFB33': 2 })).toBe(
      '{"a":"é\\"\\n","b":[1,true,null],"\u{1F600}":1,"\uFB33":2}',
    )
  })

  it('refuses floats, unsafe integers and lone surrogates', () => {
    for (const value of [1.5, 2 ** 53, Number.NaN, '\ud800']) expect(() => canonicalJson({ value })).toThrow(TypeError)
  })
})
