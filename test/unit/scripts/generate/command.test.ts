import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'

const script = resolve(import.meta.dirname, '../../../../scripts/generate.mjs')
const root = mkdtempSync(join(tmpdir(), 'crosstrail-generate-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

describe('npm run generate', () => {
  it('writes the exports beside the truth and says how much', () => {
    const done = run('--out', join(root, 'a'), '--seed', '3', '--scale', '500', '--scenario', 'ids-none', '--nat', '5')
    expect(done).toMatchObject({ status: 0, stderr: '' })
    expect(done.stdout).toMatch(/^\d+ files\nevents: .*pgaudit \d+.*\nspans: .*orders-api \d+/)
    expect(readdirSync(join(root, 'a')).sort()).toEqual(['exports', 'truth.json', 'truth.jsonl'])
    expect(readdirSync(join(root, 'a', 'exports')).sort()).toEqual(
      ['cloudtrail', 'gateway', 'kubernetes', 'metrics', 'okta', 'postgresql', 'traces'].sort(),
    )
  })

  it('lists scenarios and axes', () => {
    const { status, stdout } = run('--list')
    expect(status).toBe(0)
    expect(stdout).toMatch(/^ {2}hardest {2,}no ids/m)
    expect(stdout).toMatch(/^ {2}--sampling-kind head\|tail {2,}.*\(head\)$/m)
  })

  it('refuses what it does not understand, and a folder that is not empty', () => {
    expect(run('--scale', '500')).toMatchObject({ status: 2, stderr: expect.stringContaining('--out DIR is missing') })
    expect(run('--out', root)).toMatchObject({ status: 2, stderr: expect.stringContaining('not empty') })
  })
})
