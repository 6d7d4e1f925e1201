/**
 * `node scripts/sample/generate.mjs [--out DIR] [--seed N]`: writes the sample incident. The same seed gives the same
 * bytes everywhere. Without arguments it renews `resources/sample`. What is in it: docs/sample.md.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildBundle, defaultSeed } from './bundle.mjs'

const shipped = resolve(import.meta.dirname, '../../resources/sample')
const usage = 'node scripts/sample/generate.mjs [--out DIR] [--seed N]'

/** @returns {{ out: string, seed: number } | undefined} */
function options() {
  try {
    const { values } = parseArgs({ options: { out: { type: 'string' }, seed: { type: 'string' } } })
    const { out = shipped, seed = String(defaultSeed) } = values
    return /^\d{1,9}$/.test(seed) ? { out: resolve(out), seed: Number(seed) } : undefined
  } catch {
    return undefined
  }
}

const chosen = options()
if (chosen === undefined) {
  console.error(usage)
  process.exit(2)
}
// A folder of someone else is only added to; our own is replaced, so that no file of an earlier story stays.
if (chosen.out === shipped) await rm(shipped, { recursive: true, force: true })
const bundle = buildBundle(chosen.seed)
let sizeBytes = 0
for (const [path, bytes] of bundle) {
  const file = join(chosen.out, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, bytes)
  sizeBytes += bytes.length
}
console.log(`${bundle.size} files, ${(sizeBytes / 1_000_000).toFixed(2)} MB in ${chosen.out}`)
