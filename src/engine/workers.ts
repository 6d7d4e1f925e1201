/** Where the built worker threads are: `NAME.worker.ts` is built to `out/workers/NAME.js`, one folder beside every host. */
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export function workerUrl(name: 'import' | 'typst'): URL {
  return new URL(`../workers/${name}.js`, import.meta.url)
}

/** False when the engine runs from source (tests): the work is then done in this thread. */
export function hasWorker(name: 'import' | 'typst'): boolean {
  return existsSync(fileURLToPath(workerUrl(name)))
}
