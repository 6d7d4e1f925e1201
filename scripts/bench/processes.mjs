/** Runs programs and measures them from outside. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

const pollMs = 50

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ codes?: readonly number[], env?: NodeJS.ProcessEnv }} options exit codes that are well; what differs in the environment
 * @returns {Promise<{ seconds: number, peakBytes: number | undefined }>} `peakBytes` of the process and its children, on Linux
 */
export function timed(command, args, { codes = [0], env = {} } = {}) {
  return new Promise((done, failed) => {
    const startedAt = performance.now()
    const child = spawn(command, args, {
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, ...env },
    })
    let said = ''
    child.stderr.on('data', (part) => {
      said = (said + part).slice(-2000)
    })
    /** @type {Map<number, number>} */
    const peaks = new Map()
    const poll = () => {
      if (child.pid !== undefined) readPeaks(child.pid, peaks)
    }
    const timer = process.platform === 'linux' ? setInterval(poll, pollMs) : undefined
    child.on('error', failed)
    child.on('close', (code) => {
      clearInterval(timer)
      if (!codes.includes(code ?? -1)) return failed(new Error(`${command} ended with ${code}: ${said}`))
      const seconds = (performance.now() - startedAt) / 1000
      const peakBytes = peaks.size === 0 ? undefined : [...peaks.values()].reduce((sum, bytes) => sum + bytes, 0)
      done({ seconds, peakBytes })
    })
  })
}

/**
 * The highest resident size so far of a process and what it started; the sum over a tree is an upper bound.
 * @param {number} pid
 * @param {Map<number, number>} peaks
 */
function readPeaks(pid, peaks) {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    if (kilobytes !== undefined) peaks.set(pid, Number(kilobytes) * 1024)
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ')
    for (const child of children) if (child.trim() !== '') readPeaks(Number(child), peaks)
  } catch {
    // It ended between two looks: its last figure stands.
  }
}

/**
 * @param {string} command
 * @returns {Promise<boolean>} whether the system has it
 */
export async function exists(command) {
  return timed(command, ['--version']).then(
    () => true,
    () => false,
  )
}
