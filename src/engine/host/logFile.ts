/**
 * The host's log: one JSON object a line in the person's data folder, for failures whose reference the window shows.
 * It stays on this machine, so it may hold paths and stacks. Two files of bounded size.
 */
import { appendFile, mkdir, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect } from 'node:util'

const maxLogBytes = 5_000_000

export interface LogEntry {
  readonly ref: string
  readonly method: string
  readonly error: unknown
}

/** Returns a function that never throws and never waits: a log that cannot be written must not stop the work. */
export function openLog(dataFolder: string, now: () => Date): (entry: LogEntry) => void {
  const file = join(dataFolder, 'crosstrail.log')
  let queue: Promise<void> = Promise.resolve()
  const write = async (line: string) => {
    await mkdir(dataFolder, { recursive: true, mode: 0o700 })
    const size = await stat(file).then(
      (facts) => facts.size,
      () => 0,
    )
    if (size > maxLogBytes) await rename(file, `${file}.1`)
    await appendFile(file, line, { mode: 0o600 })
  }
  return ({ ref, method, error }) => {
    const text = inspect(error, { depth: 4, breakLength: 120 }).slice(0, 20_000)
    const line = `${JSON.stringify({ at: now().toISOString(), ref, method, error: text })}\n`
    queue = queue.then(() => write(line)).catch(() => undefined)
  }
}
