import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { trail } from './evidence'
import { type Rig, rig } from './rig'

const hash = expect.stringMatching(/^[0-9a-f]{64}$/)
const hostile = '<script>alert(1)</script>\u202e"\'\\ =1+1 \u0000'.replace('\u0000', '')

let own: Rig
beforeAll(async () => {
  own = await rig()
  await own.put('trail.jsonl', trail)
  expect((await own.run('import', 'a.case', 'trail.jsonl', '--copy')).code).toBe(0)
}, 240_000)
afterAll(() => own.remove())

describe('seal', () => {
  it('states record, head and rows, and fits the case that goes on', async () => {
    const sealed = await own.json(['seal', 'a.case', '--out', 'plain.seal'])
    expect(sealed).toStrictEqual({ file: 'plain.seal', seq: expect.any(Number), head: hash, signed: false })
    expect(JSON.parse(await readFile(own.path('plain.seal'), 'utf8'))).toStrictEqual({
      seal: 1,
      caseId: expect.any(String),
      seq: expect.any(Number),
      head: hash,
      at: expect.stringMatching(/Z$/),
      rows: expect.objectContaining({ access_event: 6, import_reject: 1, source_file: 1 }),
      evidence: { files: 1, sha256: hash },
    })
    await own.json(['note', 'a.case', 'add', '--case', '--text', 'later'])
    expect(await own.json(['verify', 'a.case', '--seal', 'plain.seal'])).toMatchObject({ ok: true, findings: [] })
    expect((await own.run('seal', 'a.case', '--out', 'plain.seal')).code).toBe(2)
  })

  it('is signed with a key of its own making, which only its owner can read', async () => {
    expect(await own.json(['seal', 'keygen', 'k.pem'])).toStrictEqual({ key: 'k.pem', publicKey: 'k.pem.pub' })
    expect((await stat(own.path('k.pem'))).mode & 0o077).toBe(0)
    await own.json(['seal', 'keygen', 'other.pem'])
    expect(await own.json(['seal', 'a.case', '--out', 's.seal', '--key', 'k.pem'])).toMatchObject({ signed: true })
    expect((await own.run('verify', 'a.case', '--seal', 's.seal', '--pub', 'k.pem.pub')).code).toBe(0)
    const other = await own.json(['verify', 'a.case', '--seal', 's.seal', '--pub', 'other.pem.pub'], 4)
    expect(other).toMatchObject({ findings: [{ kind: 'seal', message: expect.stringContaining('another key') }] })
    const unsigned = await own.json(['verify', 'a.case', '--seal', 'plain.seal', '--pub', 'k.pem.pub'], 4)
    expect(unsigned).toMatchObject({ findings: [{ message: 'The seal is not signed.' }] })
  })

  it.each([
    ['was changed after it was signed', /"files": 1/, '"files": 2', /signature .+ does not fit/],
    ['is no seal', /"seal": 1/, '"seal": 9', /none of Crosstrail/],
  ])('is refused where it %s', async (_, what, by, message) => {
    const text = await readFile(own.path('s.seal'), 'utf8')
    await own.put('changed.seal', text.replace(what, by))
    const found = await own.json(['verify', 'a.case', '--seal', 'changed.seal'], 4)
    expect(found).toMatchObject({ findings: [{ kind: 'seal', message: expect.stringMatching(message) }] })
  })

  it('shows that the journal was cut back, or written anew with another last record', async () => {
    const path = own.path('a.case', 'journal.jsonl')
    const before = await readFile(path)
    const { seq, head } = JSON.parse(await readFile(own.path('s.seal'), 'utf8'))
    const lines = before.toString('utf8').split('\n')
    await writeFile(path, `${lines.slice(0, seq - 1).join('\n')}\n`)
    const cut = await own.json(['verify', 'a.case', '--seal', 's.seal'], 4)
    expect(JSON.stringify(cut)).toContain('records are missing')
    expect(JSON.stringify(await own.json(['verify', 'a.case', '--head', head], 4))).toContain('does not contain')
    expect((await own.run('note', 'a.case', 'add', '--case', '--text', 'in its place')).code).toBe(0)
    const anew = await own.json(['verify', 'a.case', '--seal', 's.seal'], 4)
    expect(JSON.stringify(anew)).toContain('written anew')
    await writeFile(path, before)
    expect((await own.run('verify', 'a.case', '--seal', 's.seal', '--head', head)).code).toBe(0)
  })

  it.each([
    [['seal', 'a.case']],
    [['seal', 'a.case', 'x']],
    [['seal', 'a.case', '--out', 'n.seal', '--key', 'k.pem.pub']],
    [['seal', 'a.case', '--out', 'n.seal', '--key', 'trail.jsonl']],
    [['seal', 'a.case', '--out', 'n.seal', '--key', 'none']],
    [['verify', 'a.case', '--pub', 'k.pem.pub']],
    [['verify', 'a.case', '--seal', 'none']],
    [['verify', 'a.case', '--head', 'zz']],
  ])('is refused as usage: %j', async (words) => {
    const { code, out, err } = await own.run(...words)
    expect([code, out]).toEqual([2, ''])
    expect(err).not.toContain(own.root)
  })
})

describe('a case from elsewhere', () => {
  it('can be read and verified; it is worked on once somebody accepted it here', async () => {
    await own.json(['pack', 'a.case', 'a.crosstrail'])
    const other = await rig()
    try {
      await other.json(['unpack', own.path('a.crosstrail'), 'b.case'])
      const journal = () => readFile(other.path('b.case', 'journal.jsonl'), 'utf8')
      const before = await journal()
      expect((await other.run('count', 'b.case', '--json')).out).toBe('{"count":6}\n')
      const verified = await other.run('verify', 'b.case')
      expect([verified.code, verified.out]).toEqual([0, expect.stringContaining('The chain is whole')])
      expect(`${verified.out}${verified.err}`).not.toMatch(/authentic|genuine/i)
      expect(verified.err).toContain('made elsewhere')
      const refused = await other.run('note', 'b.case', 'add', '--case', '--text', 'x')
      expect([refused.code, refused.out]).toEqual([3, ''])
      expect(refused.err).toContain('crosstrail accept')
      const report = await other.run('report', 'b.case', '--out', 'b.html')
      expect([report.code, report.out]).toEqual([3, ''])
      expect(report.err).toContain('crosstrail accept')
      // It is refused before the first step, not after the last.
      expect(report.err).not.toContain('Counting')
      expect(existsSync(other.path('b.html'))).toBe(false)
      expect(await journal()).toBe(before)
      expect(await other.json(['accept', 'b.case'])).toMatchObject({ id: expect.any(String), title: 'a' })
      expect((await other.run('note', 'b.case', 'add', '--case', '--text', 'x')).code).toBe(0)
      expect(await journal()).toContain('"op":"case.accept"')
      expect(await other.run('verify', 'b.case')).toMatchObject({ code: 0, err: '' })
    } finally {
      await other.remove()
    }
  })
})

describe('report --keep, --kept and --logo', () => {
  it('takes the choices that were kept, with options beside them first', async () => {
    await writeFile(own.path('logo.svg'), '<svg xmlns="http://www.w3.org/2000/svg"><rect width="9" height="9"/></svg>')
    const at = ['--at', '2026-02-01T00:00:00Z']
    const none = await own.run('report', 'a.case', '--out', 'k.json', '--kept', '--incident', 'x')
    expect([none.code, none.out]).toEqual([2, ''])
    await own.json([
      ...['report', 'a.case', ...at, '--out', 'k.json', '--keep', '--logo', own.path('logo.svg')],
      ...['--author', 'A. Nalyst', '--section', 'evidence', '--language', 'de', '--paper', 'letter'],
    ])
    const read = async () => JSON.parse(await readFile(own.path('k.json'), 'utf8'))
    const first = await read()
    await own.json(['report', 'a.case', ...at, '--out', 'k.json', '--kept'])
    expect((await read()).layout).toEqual(first.layout)
    expect((await read()).logo).toMatchObject({ kind: 'svg' })
    await own.json(['report', 'a.case', ...at, '--out', 'k.json', '--kept', '--language', 'en', '--logo', ''])
    expect((await read()).layout).toEqual({ ...first.layout, language: 'en' })
    expect((await read()).logo).toBeNull()
  })
})

describe('verify-report', () => {
  it.each(['json', 'html', 'pdf'])('knows the %s that it made, and one that was changed', async (format) => {
    const file = `r.${format}`
    const made = await own.json(['report', 'a.case', '--at', '2026-02-01T00:00:00Z', '--out', file])
    const known = await own.json(['verify-report', 'a.case', file])
    expect(known).toMatchObject({ sha256: Object(made).sha256, report: { bodyDigest: Object(made).bodyDigest } })
    expect(known).toStrictEqual({
      file,
      ok: true,
      sha256: hash,
      report: { seq: expect.any(Number), at: '2026-02-01T00:00:00Z', format, sha256: hash, bodyDigest: hash },
      findings: [],
    })
    const bytes = await readFile(own.path(file))
    const at = format === 'json' ? bytes.indexOf('192.0.2.') + 8 : bytes.length - 3
    bytes[at] = (bytes[at] ?? 0) ^ 1
    await own.put(`changed.${format}`, bytes)
    const changed = await own.json(['verify-report', 'a.case', `changed.${format}`], 4)
    expect(changed).toMatchObject({
      ok: false,
      findings: [
        { kind: 'report' },
        ...(format === 'json' ? [{ message: expect.stringContaining('body digest') }] : []),
      ],
    })
  })

  it('does not know another file, and says so plainly where there is none', async () => {
    expect(await own.json(['verify-report', 'a.case', 'trail.jsonl'], 4)).toMatchObject({ ok: false, report: null })
    expect((await own.run('verify-report', 'a.case', 'none.pdf')).code).not.toBe(0)
  })
})

describe('expected hashes', () => {
  const sum = createHash('sha256').update(trail).digest('hex')

  it('lets an import through whose files are those of the list, and journals the list', async () => {
    await own.put('good.sums', `${sum}  export/trail.jsonl\n`)
    expect((await own.run('import', 'e.case', 'trail.jsonl', '--expect', 'good.sums')).code).toBe(0)
    const journal = await readFile(own.path('e.case', 'journal.jsonl'), 'utf8')
    expect(journal).toContain('"op":"import.expected"')
  })

  it.each([
    ['differs', `${'0'.repeat(64)} *trail.jsonl\n`, /1 differ, first trail\.jsonl \(expected 0+, is [0-9a-f]{64}\)/],
    ['is missing', `${sum}  trail.jsonl\nSHA256 (gone.json) = ${sum}\n`, /1 missing, first gone\.json/],
    ['is extra', `${sum}  another.jsonl\n`, /1 not in the list, first trail\.jsonl/],
  ])('imports nothing where a file %s', async (_, list, message) => {
    await own.put('bad.sums', list)
    const { code, err } = await own.run('import', 'f.case', 'trail.jsonl', '--expect', 'bad.sums')
    expect(code).toBe(3)
    expect(err).toMatch(message)
    expect(await own.json(['count', 'f.case'])).toEqual({ count: 0 })
  })

  it('refuses a list that is none', async () => {
    await own.put('none.sums', 'hello\n')
    expect((await own.run('import', 'g.case', 'trail.jsonl', '--expect', 'none.sums')).code).toBe(2)
  })
})

describe('acquired', () => {
  it('says how a file was taken, in the list and in the report', async () => {
    const added = await own.json([
      'acquired',
      'a.case',
      'add',
      'trail.jsonl',
      '--by',
      'alice@example.com',
      '--at',
      '2026-01-03T10:00:00Z',
      '--how',
      hostile,
      '--tool',
      'aws-cli',
      '--system',
      'prod',
      '--actor',
      'bob@example.com',
    ])
    expect(added).toStrictEqual({ files: 1 })
    expect(await own.json(['acquired', 'a.case', 'list'])).toStrictEqual([
      {
        sha256: hash,
        name: 'trail.jsonl',
        by: 'alice@example.com',
        at: '2026-01-03T10:00:00Z',
        how: hostile,
        tool: 'aws-cli',
        system: 'prod',
        text: '',
        author: 'bob@example.com',
        recordedAt: expect.any(String),
        seq: expect.any(Number),
      },
    ])
    await own.json(['report', 'a.case', '--out', 'acquired.html'])
    const html = await readFile(own.path('acquired.html'), 'utf8')
    expect(html).toContain('acquired from prod, by alice@example')
    expect(html).not.toContain('<script>')
    expect((await own.run('verify', 'a.case')).code).toBe(0)
  })

  it.each([
    [['acquired', 'a.case', 'add', 'none.json', '--by', 'x']],
    [['acquired', 'a.case', 'add', 'trail.jsonl']],
    [['acquired', 'a.case', 'add']],
    [['acquired', 'a.case', 'frob']],
  ])('refuses %j as usage', async (words) => {
    expect((await own.run(...words)).code).toBe(2)
  })
})
