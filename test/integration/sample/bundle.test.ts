import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { buildBundle, defaultSeed } from '../../../scripts/sample/bundle.mjs'
import { gzip } from '../../../scripts/sample/gzip.mjs'

const shipped = resolve(import.meta.dirname, '../../../resources/sample')
const bundle = buildBundle(defaultSeed)

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => statSync(join(folder, name)).isFile())
    .map((name) => relative('.', name).split(sep).join('/'))
    .sort()
}

function textOf(bytes: Buffer): string {
  return (bytes.readUInt16BE(0) === 0x1f8b ? gunzipSync(bytes) : bytes).toString('utf8')
}

describe('the shipped sample', () => {
  it('is byte for byte what the script writes', () => {
    expect(filesUnder(shipped)).toEqual([...bundle.keys()].sort())
    const other = [...bundle].filter(([path, bytes]) => !readFileSync(join(shipped, path)).equals(bytes))
    expect(other.map(([path]) => path)).toEqual([])
  })

  it('changes with the seed', () => {
    const other = buildBundle(defaultSeed + 1)
    const log = 'kubernetes/audit.log'
    expect(other.get(log)?.equals(bundle.get(log) ?? Buffer.alloc(0))).toBe(false)
  })

  it('stays below two megabytes', () => {
    const sizeBytes = [...bundle.values()].reduce((sum, bytes) => sum + bytes.length, 0)
    expect(sizeBytes).toBeGreaterThan(500_000)
    expect(sizeBytes).toBeLessThan(2_000_000)
  })

  it('names only documentation and private addresses, example keys and example.com', () => {
    const text = [...bundle.values()].map(textOf).join('\n')
    const addresses = new Set(text.match(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])/g))
    const known = /^(?:10\.(?:20|100)\.|192\.0\.2\.|198\.51\.100\.|203\.0\.113\.)/
    expect([...addresses].filter((address) => !known.test(address))).toEqual([])
    const keys = new Set(text.match(/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g))
    expect(keys.size).toBeGreaterThan(10)
    expect([...keys].filter((key) => !key.endsWith('EXAMPLE'))).toEqual([])
    const mails = new Set(text.match(/[\w.-]+@[\w-]+(?:\.[\w-]+)+/g))
    expect([...mails].filter((mail) => !mail.endsWith('@example.com'))).toEqual([])
  })

  it('packs what unpacks to the same bytes', () => {
    const samples = [
      Buffer.alloc(0),
      Buffer.from('a'),
      Buffer.from([0, 143, 144, 255]),
      Buffer.alloc(70_000, 'ab'),
      Buffer.from(Array.from({ length: 66_000 }, (_, at) => (at * at) % 251)),
    ]
    for (const bytes of samples) expect(gunzipSync(gzip(bytes)).equals(bytes)).toBe(true)
  })
})
