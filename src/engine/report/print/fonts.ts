/**
 * Which fonts a report needs, and whether they can show its text. Fonts are files that come with the product (OFL),
 * never those of the machine; only the character map of each is read until one is chosen.
 * Format of `cmap`: OpenType 1.9, subtables 4 and 12.
 */
import { closeSync, existsSync, openSync, readSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { AppError } from '../../../common/errors'

interface FontSource {
  readonly family: string
  /** Module path of the TTF, also its name in a packaged `report/fonts` folder. */
  readonly files: readonly string[]
}

function google(family: string, name: string, weights: readonly string[]): FontSource {
  return {
    family,
    files: weights.map((weight) => `@expo-google-fonts/${name}/${weight}/${family.replaceAll(' ', '')}_${weight}.ttf`),
  }
}

/** In order of preference; the first two are in every report. Emoji come last, since they also draw digits and signs. */
const sources: readonly FontSource[] = [
  google('Noto Sans', 'noto-sans', ['400Regular', '600SemiBold']),
  google('Noto Sans Mono', 'noto-sans-mono', ['400Regular']),
  google('Noto Sans Arabic', 'noto-sans-arabic', ['400Regular']),
  google('Noto Sans Hebrew', 'noto-sans-hebrew', ['400Regular']),
  google('Noto Sans Thai', 'noto-sans-thai', ['400Regular']),
  google('Noto Sans Devanagari', 'noto-sans-devanagari', ['400Regular']),
  google('Noto Sans SC', 'noto-sans-sc', ['400Regular']),
  google('Noto Sans KR', 'noto-sans-kr', ['400Regular']),
  {
    family: 'Noto Sans Symbols 2',
    files: ['@expo-google-fonts/noto-sans-symbols-2/400Regular/NotoSansSymbols2_400Regular.ttf'],
  },
  google('Noto Emoji', 'noto-emoji', ['400Regular']),
]

export interface Font {
  readonly family: string
  /** Absolute paths of its files. */
  readonly paths: readonly string[]
  covers(codePoint: number): boolean
}

const require = createRequire(import.meta.url)

/** The fonts in order, each with its coverage. Errors: `report.failed` where a file is missing or no font. */
export function openFonts(resourcesFolder: string): readonly Font[] {
  return sources.map(({ family, files }) => {
    const paths = files.map((file) => locate(file, resourcesFolder))
    let ranges: readonly Range[] | undefined
    return {
      family,
      paths,
      covers: (codePoint) => {
        ranges ??= readRanges(paths[0] ?? '')
        return contains(ranges, codePoint)
      },
    }
  })
}

function locate(file: string, resourcesFolder: string): string {
  const packaged = join(resourcesFolder, 'report', 'fonts', file.slice(file.lastIndexOf('/') + 1))
  if (existsSync(packaged)) return packaged
  try {
    return require.resolve(file)
  } catch (error) {
    throw missing(file, error)
  }
}

function missing(file: string, cause: unknown): AppError {
  const name = file.slice(file.lastIndexOf('/') + 1)
  return new AppError('report.failed', `The font ${name} is missing. Install Crosstrail again.`, {}, { cause })
}

type Range = readonly [first: number, last: number]

function contains(ranges: readonly Range[], codePoint: number): boolean {
  let low = 0
  let high = ranges.length - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const range = ranges[middle]
    if (range === undefined || codePoint < range[0]) high = middle - 1
    else if (codePoint > range[1]) low = middle + 1
    else return true
  }
  return false
}

/** The code points that a TrueType file has glyphs for, as sorted ranges. */
export function readRanges(path: string): readonly Range[] {
  try {
    const table = readCmap(path)
    const subtables = Array.from({ length: table.readUInt16BE(2) }, (_, index) => table.readUInt32BE(8 + index * 8))
    const ranges = subtables.flatMap((offset) => readSubtable(table.subarray(offset)))
    if (ranges.length === 0) throw new RangeError('no Unicode character map')
    return merged(ranges)
  } catch (error) {
    throw missing(path, error)
  }
}

function readCmap(path: string): Buffer {
  const file = openSync(path, 'r')
  try {
    const read = (offset: number, length: number): Buffer => {
      const buffer = Buffer.alloc(length)
      return buffer.subarray(0, readSync(file, buffer, 0, length, offset))
    }
    const count = read(4, 2).readUInt16BE(0)
    const directory = read(12, count * 16)
    for (let at = 0; at < directory.length; at += 16)
      if (directory.toString('latin1', at, at + 4) === 'cmap')
        return read(directory.readUInt32BE(at + 8), directory.readUInt32BE(at + 12))
    throw new RangeError('no cmap table')
  } finally {
    closeSync(file)
  }
}

/** A font has several subtables that say much the same. */
function merged(ranges: readonly Range[]): readonly Range[] {
  const result: [number, number][] = []
  for (const [first, last] of [...ranges].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const previous = result.at(-1)
    if (previous !== undefined && first <= previous[1] + 1) previous[1] = Math.max(previous[1], last)
    else result.push([first, last])
  }
  return result
}

function readSubtable(table: Buffer): Range[] {
  switch (table.readUInt16BE(0)) {
    case 12:
      return Array.from(
        { length: table.readUInt32BE(12) },
        (_, index): Range => [table.readUInt32BE(16 + index * 12), table.readUInt32BE(20 + index * 12)],
      )
    case 4: {
      const count = table.readUInt16BE(6) / 2
      return Array.from(
        { length: count },
        (_, index): Range => [table.readUInt16BE(16 + 2 * count + 2 * index), table.readUInt16BE(14 + 2 * index)],
      ).filter(([first]) => first !== 0xffff)
    }
    default:
      return []
  }
}
