/** Runs the built command line in a folder of its own, and kills it where asked. */
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const cli = resolve(import.meta.dirname, '../../out/cli/index.js')

/**
 * @typedef {{ code: number | null, out: string, err: string }} Ran
 * @typedef {{ out: string, killed: boolean, code: number | null, tookMs: number }} Broken
 */

/**
 * Mulberry32: a seed gives the same moments again.
 * @param {number} seed
 */
export function randomOf(seed) {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
}

export function program() {
  const root = mkdtempSync(join(tmpdir(), 'crosstrail-torture-'))
  const env = { ...process.env, CROSSTRAIL_DATA: join(root, 'data') }
  return {
    root,
    /**
     * @param {string[]} words
     * @returns {Ran}
     */
    run(...words) {
      const result = spawnSync(process.execPath, [cli, ...words], { env, encoding: 'utf8', maxBuffer: 2 ** 30 })
      return { code: result.status, out: result.stdout, err: result.stderr }
    },
    /**
     * Kills it after `delayMs`, never when Infinity.
     * @param {number} delayMs
     * @param {string[]} words
     * @returns {Promise<Broken>}
     */
    breakOff(delayMs, ...words) {
      return new Promise((done) => {
        const child = spawn(process.execPath, [cli, ...words], { env, stdio: ['ignore', 'pipe', 'ignore'] })
        let out = ''
        child.stdout.on('data', (chunk) => {
          out += chunk
        })
        const startedAt = performance.now()
        const timer = Number.isFinite(delayMs) ? setTimeout(() => child.kill('SIGKILL'), delayMs) : undefined
        child.on('close', (code, signal) => {
          clearTimeout(timer)
          done({ out, code, killed: signal === 'SIGKILL', tookMs: performance.now() - startedAt })
        })
      })
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  }
}
