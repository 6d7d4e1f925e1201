/** Runs programs and measures them from outside. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

const pollMs = 50
const maxOutputBytes = 16_000_000
/** The unit of times in `/proc`, the same on all Linux systems that Node runs on. */
const ticksPerSecond = 100

/**
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ codes?: readonly number[], env?: NodeJS.ProcessEnv }} options exit codes that are well; what differs in the environment
 * @returns {Promise<{ seconds: number, peakBytes: number | undefined, cpuSeconds: number | undefined, output: string }>}
 *   `peakBytes` of the process and its children and `cpuSeconds` of the process, on Linux; at most 16 MB of output
 */
export function timed(command, args, { codes = [0], env = {} } = {}) {
  return new Promise((done, failed) => {
    const startedAt = performance.now()
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    })
    let said = ''
    /** @type {Buffer[]} */
    const parts = []
    let outputBytes = 0
    child.stdout.on('data', (part) => {
      outputBytes += part.length
      if (outputBytes <= maxOutputBytes) parts.push(part)
    })
    child.stderr.on('data', (part) => {
      said = (said + part).slice(-2000)
    })
    /** @type {Map<number, number>} */
    const peaks = new Map()
    /** @type {number | undefined} */
    let cpuSeconds
    const poll = () => {
      if (child.pid === undefined) return
      readPeaks(child.pid, peaks)
      cpuSeconds = cpuOf(child.pid) ?? cpuSeconds
    }
    const timer = process.platform === 'linux' ? setInterval(poll, pollMs) : undefined
    child.on('error', failed)
    child.on('close', (code) => {
      clearInterval(timer)
      if (!codes.includes(code ?? -1)) return failed(new Error(`${command} ended with ${code}: ${said}`))
      const seconds = (performance.now() - startedAt) / 1000
      const peakBytes = peaks.size === 0 ? undefined : [...peaks.values()].reduce((sum, bytes) => sum + bytes, 0)
      done({ seconds, peakBytes, cpuSeconds, output: Buffer.concat(parts).toString('utf8') })
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
 * CPU time so far of all threads of a process; the last look is at most one poll old.
 * @param {number} pid
 * @returns {number | undefined}
 */
function cpuOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // After the name, which may hold anything: utime and stime are the 12th and 13th fields.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond
  } catch {
    return undefined
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
