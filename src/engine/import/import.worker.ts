/** Entry of a parsing thread: one file at a time, as the main thread asks. */
import { parentPort } from 'node:worker_threads'
import { cancelled, isAppError } from '../../common/errors'
import { formats } from '../formats/registry'
import { transferList } from './columns'
import { parseFile } from './parseFile'
import type { FileTask, FromWorker, ParsePort, ToWorker } from './protocol'

const maxInFlight = 2

const port = parentPort
if (port === null) throw new Error('This file runs in a worker thread.')

let isCancelled = false
let inFlight = 0
const waiting: (() => void)[] = []
let verdict: ((go: boolean) => void) | undefined

function post(message: FromWorker, transfer: ArrayBuffer[] = []): void {
  port?.postMessage(message, transfer)
}

function parsePort(task: FileTask): ParsePort {
  const { fileNo } = task
  return {
    get cancelled() {
      return isCancelled
    },
    hashed: (sha256, sizeBytes) =>
      new Promise((resolve) => {
        verdict = resolve
        post({ kind: 'hashed', fileNo, sha256, sizeBytes })
      }),
    async batch(batch) {
      while (inFlight >= maxInFlight && !isCancelled) await new Promise<void>((resolve) => waiting.push(resolve))
      if (isCancelled) throw cancelled()
      inFlight++
      post({ kind: 'batch', fileNo, batch }, Object.values(batch.tables).flatMap(transferList))
    },
    progress: (bytesRead, records) => post({ kind: 'progress', fileNo, bytesRead, records }),
  }
}

async function run(task: FileTask): Promise<void> {
  try {
    const outcome = await parseFile(task, formats, parsePort(task))
    if (outcome === undefined) post({ kind: 'left', fileNo: task.fileNo })
    else post({ kind: 'done', fileNo: task.fileNo, outcome })
  } catch (error) {
    const reason = isAppError(error) ? error.message : 'The reader of the file failed; this is a fault of the program.'
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error)
    post({ kind: 'failed', fileNo: task.fileNo, reason, cancelled: isCancelled, detail })
  }
}

port.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'parse':
      isCancelled = false
      void run(message.task)
      return
    case 'verdict':
      verdict?.(message.go)
      return
    case 'ack':
      inFlight--
      waiting.shift()?.()
      return
    case 'cancel':
      isCancelled = true
      for (const resume of waiting.splice(0)) resume()
      verdict?.(false)
      return
  }
})
