/** The words that a format's code knows: names of fields and values that it looks for, read from its own sources. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Format } from '../../src/engine/formats/types'

const root = resolve(import.meta.dirname, '../../src/engine/formats')

function sourcesIn(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8'))
    .join('\n')
}

const sources = readdirSync(root, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map((entry) => sourcesIn(join(root, entry.name)))

export function wordsOf(format: Format): readonly string[] {
  const own = sources.filter((text) => text.includes(`id: '${format.id}'`))
  const literals = own.flatMap((text) => [...text.matchAll(/'([^'\\\n]{1,60})'/g)].map((match) => match[1] ?? ''))
  const names = own.flatMap((text) => [...text.matchAll(/\.(\w{2,40})\b/g)].map((match) => match[1] ?? ''))
  return [...new Set([...literals.filter((word) => !word.startsWith('.')), ...names])]
}
