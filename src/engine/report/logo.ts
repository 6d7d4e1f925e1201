/**
 * The picture on the cover. Comes from a person's file, so it is checked as if it were hostile, and kept in the journal
 * (`report.logo`), by its SHA-256: a rebuild, a package and a share then have it too. Of a PNG only the chunks that make
 * the picture are kept, so that no text of the file travels with the report.
 * Format: PNG, third edition (W3C), section 5 (chunks), 11.2 (critical chunks).
 */
import { createHash } from 'node:crypto'
import { crc32, inflateSync } from 'node:zlib'
import { z } from 'zod'
import { AppError } from '../../common/errors'
import { LOGO_BYTES } from '../../contract/report'
import type { JournalRecord } from '../case/journal'
import { record } from '../case/open'
import type { CaseSession } from '../context'
import { checked } from './figures'

export interface Logo {
  readonly sha256: string
  readonly kind: 'png' | 'svg'
  /** The file in base64. */
  readonly data: string
}

const Stored = z.object({ sha256: z.string(), kind: z.enum(['png', 'svg']), data: z.string() })
const signature = Buffer.from('89504e470d0a1a0a', 'hex')
const maxSidePx = 4_000
const maxPixelBytes = 64 * 2 ** 20
const kept = new Set(['IHDR', 'PLTE', 'tRNS', 'sRGB', 'gAMA', 'IDAT', 'IEND'])

/** Keeps a picture with the case and gives its id, its SHA-256. Errors: `input.refused`, `case.foreign`, `io.*`. */
export async function keepLogo(session: CaseSession, file: Uint8Array): Promise<Logo> {
  const logo = readLogo(file)
  if (findLogo(session.journal.records(), logo.sha256) === undefined) await record(session, 'report.logo', { ...logo })
  return logo
}

/** The kept picture of this id. One whose bytes do not have the hash any more counts as not there. */
export function findLogo(records: readonly JournalRecord[], sha256: string): Logo | undefined {
  for (const { op, args } of records) {
    if (op !== 'report.logo' || args.sha256 !== sha256) continue
    const stored = Stored.safeParse(args).data
    if (stored === undefined) continue
    const logo = attempt(() => readLogo(Buffer.from(stored.data, 'base64')))
    if (logo?.sha256 === sha256) return logo
  }
  return undefined
}

function attempt<T>(make: () => T): T | undefined {
  try {
    return make()
  } catch {
    return undefined
  }
}

/** What is kept of a file. Reading what is kept gives the same again. Errors: `input.refused`. */
export function readLogo(file: Uint8Array): Logo {
  if (file.byteLength > LOGO_BYTES) throw refused(`A logo has at most ${LOGO_BYTES / 1024} KiB.`)
  const bytes = Buffer.from(file)
  const isPng = bytes.subarray(0, signature.length).equals(signature)
  const clean = isPng ? cleanPng(bytes) : cleanSvg(bytes)
  return {
    sha256: createHash('sha256').update(clean).digest('hex'),
    kind: isPng ? 'png' : 'svg',
    data: clean.toString('base64'),
  }
}

function refused(why: string, cause?: unknown): AppError {
  return new AppError('input.refused', why, {}, { cause })
}

function cleanPng(bytes: Buffer): Buffer {
  const damaged = refused('This PNG is damaged.')
  const parts: Buffer[] = [signature]
  const pixels: Buffer[] = []
  let header: Buffer | undefined
  let at = signature.length
  for (let type = ''; type !== 'IEND'; ) {
    if (at + 12 > bytes.length) throw damaged
    const length = bytes.readUInt32BE(at)
    const end = at + 12 + length
    if (end > bytes.length || crc32(bytes.subarray(at + 4, end - 4)) !== bytes.readUInt32BE(end - 4)) throw damaged
    type = bytes.toString('latin1', at + 4, at + 8)
    const data = bytes.subarray(at + 8, end - 4)
    if ((header === undefined) !== (type === 'IHDR')) throw damaged
    if (type === 'IHDR') header = data
    if (type === 'IDAT') pixels.push(data)
    if (kept.has(type)) parts.push(bytes.subarray(at, end))
    else if (type === type.charAt(0).toUpperCase() + type.slice(1) && /^[A-Z]/.test(type))
      throw refused('This PNG has parts that are not known.')
    at = end
  }
  if (header?.length !== 13) throw damaged
  const wanted = pixelBytes(header)
  try {
    // The picture is unpacked once, within what its size allows: what is printed later can be no bomb.
    const found = inflateSync(Buffer.concat(pixels), { maxOutputLength: wanted + 2 ** 16 }).length
    if (found < wanted) throw damaged
  } catch (error) {
    throw refused('This PNG is damaged.', error)
  }
  return Buffer.concat(parts)
}

const channels: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 }

/** The least number of bytes that the pixels have unpacked; interlaced ones have somewhat more. */
function pixelBytes(header: Buffer): number {
  const width = header.readUInt32BE(0)
  const height = header.readUInt32BE(4)
  const perPixel = channels[header[9] ?? 9]
  if (perPixel === undefined || width === 0 || height === 0) throw refused('This PNG is damaged.')
  if (width > maxSidePx || height > maxSidePx)
    throw refused(`A logo has at most ${maxSidePx} pixels a side; this one has ${width} × ${height}.`)
  const bytes = height * (1 + Math.ceil((width * perPixel * (header[8] ?? 8)) / 8))
  if (bytes > maxPixelBytes) throw refused('This PNG is too large once unpacked.')
  return bytes
}

function cleanSvg(bytes: Buffer): Buffer {
  const text = decode(bytes).replace(/^\s*<\?xml[^>]*\?>\s*/, '')
  const drawing = text.replace(/<!--.*?-->/gs, '').trim()
  if (
    !/^<svg\b[^>]*\bxmlns\s*=\s*["']http:\/\/www\.w3\.org\/2000\/svg["']/.test(drawing) ||
    !drawing.endsWith('</svg>')
  )
    throw refused('A logo is a PNG or SVG file.')
  try {
    return Buffer.from(checked(drawing), 'utf8')
  } catch (error) {
    throw refused(
      'This SVG holds more than a drawing: scripts, styles, links, pictures and animation are not taken. Export it as a plain SVG, or as PNG.',
      error,
    )
  }
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch (error) {
    throw refused('A logo is a PNG or SVG file.', error)
  }
}
