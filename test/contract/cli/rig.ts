/** Runs the built command line as a person would: a process, its two streams, its exit code. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { ensureBuilt, outFolder } from '../../support/built'

export interface Ran {
  /** Null where a signal ended it. */
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface Rig {
  /** Everything of this run lies below it, also the program's own settings. */
  readonly root: string
  path(...parts: readonly string[]): string
  put(name: string, content: string | Uint8Array): Promise<string>
  run(...words: readonly string[]): Promise<Ran>
  /** Runs it and reads the one JSON document that it printed. Throws where the exit code is another one. */
  json(words: readonly string[], code?: number): Promise<unknown>
  /** The objects of JSON lines. */
  lines(...words: readonly string[]): Promise<Record<string, unknown>[]>
  start(...words: readonly string[]): ChildProcess
  remove(): Promise<void>
}

export async function rig(): Promise<Rig> {
  ensureBuilt()
  const root = await mkdtemp(join(tmpdir(), 'crosstrail-cli-'))
  const entry = resolve(outFolder, 'cli/index.js')
  const env = { ...process.env, CROSSTRAIL_DATA: join(root, 'data'), CROSSTRAIL_ACTOR: 'tester' }
  const path = (...parts: readonly string[]) => join(root, ...parts)
  const start = (...words: readonly string[]) =>
    spawn(process.execPath, [entry, ...words], { env, cwd: root, stdio: ['pipe', 'pipe', 'pipe'] })
  const run = async (...words: readonly string[]) => ended(start(...words))
  return {
    root,
    path,
    start,
    run,
    async put(name, content) {
      await writeFile(path(name), content)
      return path(name)
    },
    async json(words, code = 0) {
      const ran = await run(...words, '--json')
      if (ran.code !== code) throw new Error(`${words.join(' ')}: exit code ${ran.code}, ${ran.err}`)
      if (!ran.out.endsWith('\n') || ran.out.trimEnd().includes('\n')) throw new Error('not one line of output')
      return JSON.parse(ran.out)
    },
    async lines(...words) {
      const ran = await run(...words, '--json')
      if (ran.code !== 0) throw new Error(`${words.join(' ')}: exit code ${ran.code}, ${ran.err}`)
      return ran.out
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line))
    },
    remove: () => rm(root, { recursive: true, force: true }),
  }
}

/** Reads both streams to their end. */
export function ended(child: ChildProcess): Promise<Ran> {
  let out = ''
  let err = ''
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk
  })
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    err += chunk
  })
  return new Promise((done, fail) => {
    child.once('error', fail)
    child.once('close', (code) => done({ code, out, err }))
  })
}

/** Waits until the program has printed something that fits. */
export function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  let seen = ''
  return new Promise((done, fail) => {
    const look = (chunk: Buffer) => {
      seen += chunk.toString('utf8')
      if (pattern.test(seen)) done(seen)
    }
    child.stdout?.on('data', look)
    child.stderr?.on('data', look)
    child.once('close', () => fail(new Error(`ended before it said ${pattern}: ${seen}`)))
  })
}
