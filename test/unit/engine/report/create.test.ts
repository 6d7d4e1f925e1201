import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isCancelled } from '../../../../src/common/errors'
import { createReport, type ReportFormat } from '../../../../src/engine/report/create'
import { ordersCase, type ReportCase, reportAt, resourcesFolder } from '../../../support/reportCase'

describe('createReport', () => {
  let orders: ReportCase
  let folder: string
  beforeAll(async () => {
    orders = await ordersCase()
    folder = await mkdtemp(join(tmpdir(), 'crosstrail-out-'))
  })
  afterAll(async () => {
    await orders.close()
    await rm(folder, { recursive: true, force: true })
  })

  async function create(
    name: string,
    format: ReportFormat,
    options: { readonly signal?: AbortSignal; readonly title?: string } = {},
  ) {
    const outPath = join(folder, name)
    const result = await createReport(orders.session, {
      format,
      outPath,
      at: reportAt,
      resourcesFolder,
      figures: async () => [],
      signal: new AbortController().signal,
      onStep: () => undefined,
      ...options,
    })
    return { result, bytes: await readFile(outPath) }
  }

  it.each(['html', 'json'] as const)('writes the same %s twice, with its checksum beside it', async (format) => {
    const first = await create(`a.${format}`, format)
    const second = await create(`b.${format}`, format)
    expect(first.bytes.equals(second.bytes)).toBe(true)
    expect(first.result).toMatchObject({ file: `a.${format}`, pages: 0 })
    expect(first.result.sha256).toBe(createHash('sha256').update(first.bytes).digest('hex'))
    expect(await readFile(join(folder, `a.${format}.sha256`), 'utf8')).toBe(`${first.result.sha256}  a.${format}\n`)
    expect(first.bytes.toString('utf8')).toContain(first.result.bodyDigest)
  })

  it('writes a PDF with pages and the digest of the same model', async () => {
    const html = await create('c.html', 'html')
    const pdf = await create('c.pdf', 'pdf')
    expect(pdf.bytes.subarray(0, 5).toString('latin1')).toBe('%PDF-')
    expect(pdf.result.pages).toBeGreaterThan(2)
    expect(pdf.result.bodyDigest).toBe(html.result.bodyDigest)
  })

  it('takes a title that is markup in every form as text', async () => {
    const title = '#set page(width: 1pt) </title><script>alert(1)</script> $x$ \\'
    const { bytes } = await create('t.html', 'html', { title })
    expect(bytes.toString('utf8')).not.toContain('<script')
    expect((await create('t.pdf', 'pdf', { title })).result.pages).toBeGreaterThan(2)
  })

  it('leaves nothing behind when it is cancelled', async () => {
    const stop = new AbortController()
    stop.abort()
    await expect(create('never.pdf', 'pdf', { signal: stop.signal })).rejects.toSatisfy(isCancelled)
    expect((await readdir(folder)).filter((name) => name.includes('never'))).toEqual([])
  })

  it('says plainly that it cannot write there', async () => {
    await expect(create('missing/folder/a.json', 'json')).rejects.toMatchObject({
      code: 'not-found',
      message: expect.not.stringContaining(folder),
    })
  })

  it('names no folder of this machine', async () => {
    for (const format of ['html', 'json'] as const)
      expect((await create(`leak.${format}`, format)).bytes.toString('utf8')).not.toContain(tmpdir())
  })
})
