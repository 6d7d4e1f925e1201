/** Thread that sets one report and ends: the compiler keeps its memory for as long as its thread lives. */
import { parentPort, workerData } from 'node:worker_threads'
import { z } from 'zod'
import { compileTypst } from './typst'

const Job = z.object({
  template: z.string(),
  data: z.string(),
  fonts: z.array(z.string()),
  createdSeconds: z.number(),
})

compileTypst(Job.parse(workerData)).then(
  // The compiler's memory may belong to it: what leaves the thread is a copy.
  (output) => parentPort?.postMessage({ ...output, pdf: Uint8Array.from(output.pdf) }),
  (error: unknown) => {
    throw error
  },
)
