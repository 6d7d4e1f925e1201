import { cancelled, isAppError } from '../common/errors'
import { printable, printableJson } from '../common/printable'

/** One JSON document on stdout, and nothing else. */
export async function printJson(value: unknown): Promise<void> {
  await write(`${printableJson(value)}\n`)
}

export async function printLines(lines: readonly string[]): Promise<void> {
  await write(lines.map((line) => `${printable(line)}\n`).join(''))
}

let readerGone = false
let onReaderGone: (() => void) | undefined

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  readerGone = true
  onReaderGone?.()
})

/** The reader of our output went away (`| head`): there is nothing more to do, and nothing to say. */
export function isReaderGone(): boolean {
  return readerGone
}

/**
 * Resolves when the pipe has taken the text, so that millions of lines never pile up in memory. Throws `cancelled` once
 * the reader is gone, so that the case is closed in order.
 */
export function write(text: string): Promise<void> {
  return writeOut(text)
}

/** Bytes of evidence as they are; never to a terminal, which would act on them. */
export function writeBytes(bytes: Uint8Array): Promise<void> {
  return writeOut(bytes)
}

function writeOut(data: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    if (readerGone) return reject(cancelled())
    onReaderGone = () => reject(cancelled())
    if (process.stdout.write(data)) resolve()
    else process.stdout.once('drain', resolve)
  })
}

/** Columns padded to the widest cell; the last one runs free. */
export function table(rows: readonly (readonly (string | number)[])[]): string[] {
  const cells = rows.map((row) => row.map((cell) => printable(String(cell))))
  const widths: number[] = []
  for (const row of cells) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length)
  return cells.map((row) =>
    row.map((cell, at) => (at === row.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join('  '),
  )
}

/** Messages and progress go to stderr; a line that replaces itself only on a terminal. */
export function note(text: string): void {
  process.stderr.write(`${printable(text)}\n`)
}

export function status(text: string): void {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[2K${printable(text)}`)
}

export function clearStatus(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[2K')
}

export function debugLog(error: unknown): void {
  if (process.env.CROSSTRAIL_DEBUG === undefined) return
  const cause = isAppError(error) ? error.cause : undefined
  process.stderr.write(
    `${error instanceof Error ? error.stack : String(error)}\n${cause instanceof Error ? cause.stack : ''}\n`,
  )
}

/** Fires on the first Ctrl-C; the second one ends the program. */
export function abortOnInterrupt(): AbortSignal {
  const controller = new AbortController()
  process.once('SIGINT', () => {
    controller.abort()
    process.once('SIGINT', () => process.exit(130))
  })
  process.once('SIGTERM', () => controller.abort())
  return controller.signal
}
