import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import { AppError, cancelled } from '../../../common/errors'
import { compileTypst, type TypstJob, type TypstOutput } from './typst'

const Output = z.object({
  pdf: z.instanceof(Uint8Array),
  pages: z.number(),
  backend: z.enum(['native', 'wasm']),
  warnings: z.array(z.string()),
})

/** Where the build puts `typst.worker.ts`, seen from any output file; absent when the sources run as they are. */
const built = new URL('../workers/typst.js', import.meta.url)

/** The largest reports take about 1 GB; one that takes more is stopped instead of the process. */
const maxOldGenerationSizeMb = 2_048

/** Sets the report in a thread of its own, ended at once when the signal fires. Errors: `report.failed`, `cancelled`. */
export async function setInWorker(job: TypstJob, signal: AbortSignal): Promise<TypstOutput> {
  if (signal.aborted) throw cancelled()
  if (!existsSync(fileURLToPath(built))) return compileTypst(job)
  const worker = new Worker(built, { workerData: job, resourceLimits: { maxOldGenerationSizeMb } })
  const stop = () => void worker.terminate()
  signal.addEventListener('abort', stop, { once: true })
  try {
    return await new Promise<TypstOutput>((resolve, reject) => {
      worker.once('message', (message: unknown) => resolve(Output.parse(message)))
      worker.once('error', reject)
      worker.once('exit', () => reject(new Error('The thread ended without a report.')))
    })
  } catch (cause) {
    if (signal.aborted) throw cancelled()
    throw new AppError('report.failed', 'The report could not be set.', {}, { cause })
  } finally {
    signal.removeEventListener('abort', stop)
    await worker.terminate()
  }
}
