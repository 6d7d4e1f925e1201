/** One row for each format: how much uncompressed text a second is read, mapped and stored with its raw records. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { measured } from './formats/catalogue.mjs'
import { drawer } from './formats/random.mjs'
import { timed } from './processes.mjs'

/** Raised when the writers change, so that no old set is taken for a new one. */
const generation = 1
const pieceBytes = 1 << 20

/**
 * @typedef {{ id: string, records: number, sizeBytes: number, seconds: number, cpuSeconds: number, kept: number }} FormatRow
 */

/**
 * Each format is imported into a case of its own: two files, so that both parsing threads have work.
 * @param {{ cli: string, root: string, work: string, sizeBytes: number, only?: readonly string[] }} options `sizeBytes` of text a format
 * @returns {Promise<FormatRow[]>}
 */
export async function measureFormats({ cli, root, work, sizeBytes, only = [] }) {
  /** @type {FormatRow[]} */
  const rows = []
  for (const [order, format] of measured.entries()) {
    if (only.length > 0 && !only.includes(format.id)) continue
    const data = await formatData(root, format, sizeBytes, order + 1)
    const caseFolder = join(work, `${format.id}.case`)
    const mapping = format.mapping === undefined ? [] : ['--mapping', data.mapping]
    const run = await timed(process.execPath, [cli, 'import', caseFolder, data.folder, ...mapping, '--json'])
    const { totals } = JSON.parse(run.output)
    rows.push({
      id: format.id,
      records: totals.read,
      kept: totals.kept,
      sizeBytes: data.sizeBytes,
      seconds: run.seconds,
      cpuSeconds: run.cpuSeconds ?? Number.NaN,
    })
    rmSync(caseFolder, { recursive: true, force: true })
  }
  return rows
}

/**
 * @param {string} root
 * @param {import('./formats/catalogue.mjs').Measured} format
 * @param {number} sizeBytes
 * @param {number} seed
 */
async function formatData(root, format, sizeBytes, seed) {
  const folder = join(root, `formats-${generation}-${sizeBytes}`, format.id)
  const mapping = `${folder}.mapping.json`
  const facts = `${folder}.json`
  if (!existsSync(facts)) {
    rmSync(folder, { recursive: true, force: true })
    mkdirSync(folder, { recursive: true })
    const draw = drawer(seed)
    let written = 0
    let index = 0
    for (const part of [1, 2]) {
      const path = join(folder, `part-${part}.${format.extension ?? 'jsonl'}`)
      const file = await open(`${path}.part`, 'w')
      let piece = format.header === undefined ? '' : `${format.header}\n`
      while (written + piece.length < (sizeBytes * part) / 2) {
        const record = format.record(draw, index++)
        piece += `${typeof record === 'string' ? record : JSON.stringify(record)}\n`
        if (piece.length < pieceBytes) continue
        written += (await file.write(piece)).bytesWritten
        piece = ''
      }
      written += (await file.write(piece)).bytesWritten
      await file.close()
      renameSync(`${path}.part`, path)
    }
    if (format.mapping !== undefined) writeFileSync(mapping, JSON.stringify(format.mapping))
    writeFileSync(facts, JSON.stringify({ sizeBytes: written }))
  }
  /** @type {{ sizeBytes: number }} */
  const known = JSON.parse(readFileSync(facts, 'utf8'))
  if (!statSync(folder).isDirectory()) throw new Error(`${folder} is no folder.`)
  return { folder, mapping, sizeBytes: known.sizeBytes }
}

/**
 * @param {readonly FormatRow[]} rows
 * @returns {string} slowest first
 */
export function formatTable(rows) {
  const perSecond = (/** @type {FormatRow} */ row) => row.sizeBytes / 1e6 / row.seconds
  const cells = [...rows]
    .sort((a, b) => perSecond(a) - perSecond(b))
    .map((row) => [
      row.id,
      `${(row.sizeBytes / 1e6).toFixed(0)} MB`,
      row.kept === row.records ? String(row.records) : `${row.records} (${row.kept} kept)`,
      row.seconds.toFixed(1),
      row.cpuSeconds.toFixed(1),
      perSecond(row).toFixed(1),
      Math.round(row.records / row.seconds).toLocaleString('en'),
      perSecond(row) < 15 ? 'below 15' : '',
    ])
  const table = [['format', 'text', 'records', 'wall s', 'CPU s', 'MB/s', 'records/s', ''], ...cells]
  const widths = table[0]?.map((_, at) => Math.max(...table.map((row) => row[at]?.length ?? 0))) ?? []
  return table
    .map((row) =>
      row
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
