import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import type { CommandInput } from '../words'

/** The start script looks for the application and opens the web host where it is missing. */
export async function run(input: CommandInput): Promise<number> {
  const script = resolve(import.meta.dirname, '../../scripts/start.mjs')
  const child = spawn(process.execPath, [script, ...input.positionals.map((path) => resolve(path))], {
    stdio: 'inherit',
  })
  return new Promise((done) => child.once('exit', (code) => done(code ?? 0)))
}
