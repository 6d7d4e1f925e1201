/**
 * The parsing threads. Files are handed out in order; what they give back is taken in order of the files, while later
 * files are parsed ahead within a bound. When the engine runs from source there is no built worker: the same parser
 * then runs in this thread.
 */
import { Worker } from 'node:worker_threads'
import { cancelled, isAppError } from '../../common/errors'
import { formats } from '../formats/registry'
import { hasWorker, workerUrl } from '../workers'
import { parseFile } from './parseFile'
import type { Batch, FileOutcome, FileTask, FromWorker, ToWorker } from './protocol'

/** What the consumer of one file sees, in this order. */
export type FileMessage =
  | { readonly kind: 'batch'; readonly batch: Batch; readonly ack: () => void }
  | { readonly kind: 'done'; readonly outcome: FileOutcome }
  | { readonly kind: 'left' }
  | { readonly kind: 'failed'; readonly reason: string; readonly cancelled: boolean }

export interface LaneEvents {
  /** Says whether the file is new; called once a file, not necessarily in file order. */
  readonly isNew: (fileNo: number, sha256: string, sizeBytes: number) => boolean
  readonly onProgress: (fileNo: number, bytesRead: number, records: number) => void
  readonly onLog: (text: string) => void
}

export interface Lanes {
  /** The messages of one file; files are consumed in the order of their numbers. */
  messages(fileNo: number): AsyncGenerator<FileMessage>
  cancel(): void
  close(): Promise<void>
}

const threads = 2
/** Heap of one parsing thread; beyond it the thread dies and the process lives. */
const usualHeapMb = 1024

/** `CROSSTRAIL_PARSER_HEAP_MB` sets another one, for machines with little memory. */
function heapMb(): number {
  const set = Number(process.env.CROSSTRAIL_PARSER_HEAP_MB)
  return Number.isInteger(set) && set >= 16 && set <= 65_536 ? set : usualHeapMb
}

class Channel {
  readonly #items: FileMessage[] = []
  #wake: (() => void) | undefined

  push(item: FileMessage): void {
    this.#items.push(item)
    this.#wake?.()
  }

  async *read(): AsyncGenerator<FileMessage> {
    for (;;) {
      const item = this.#items.shift()
      if (item === undefined) {
        await new Promise<void>((resolve) => {
          this.#wake = resolve
        })
        continue
      }
      yield item
      if (item.kind !== 'batch') return
    }
  }
}

export function openLanes(tasks: readonly FileTask[], events: LaneEvents): Lanes {
  return hasWorker('import') ? threadLanes(tasks, events) : inlineLanes(tasks, events)
}

function threadLanes(tasks: readonly FileTask[], events: LaneEvents): Lanes {
  const channels = tasks.map(() => new Channel())
  const workers = new Set<Worker>()
  let next = 0
  let stopped = false

  const start = () => {
    const worker = new Worker(workerUrl('import'), { resourceLimits: { maxOldGenerationSizeMb: heapMb() } })
    workers.add(worker)
    let current: number | undefined
    const send = (message: ToWorker) => worker.postMessage(message)
    const takeNext = () => {
      const task = stopped ? undefined : tasks[next++]
      current = task?.fileNo
      if (task !== undefined) send({ kind: 'parse', task })
    }
    const finish = (fileNo: number, message: FileMessage) => {
      channels[fileNo]?.push(message)
      takeNext()
    }
    worker.on('message', (message: FromWorker) => {
      switch (message.kind) {
        case 'hashed':
          send({
            kind: 'verdict',
            fileNo: message.fileNo,
            go: events.isNew(message.fileNo, message.sha256, message.sizeBytes),
          })
          return
        case 'batch':
          channels[message.fileNo]?.push({
            kind: 'batch',
            batch: message.batch,
            ack: () => send({ kind: 'ack', fileNo: message.fileNo }),
          })
          return
        case 'progress':
          events.onProgress(message.fileNo, message.bytesRead, message.records)
          return
        case 'done':
          return finish(message.fileNo, { kind: 'done', outcome: message.outcome })
        case 'left':
          return finish(message.fileNo, { kind: 'left' })
        case 'failed':
          events.onLog(message.detail)
          return finish(message.fileNo, { kind: 'failed', reason: message.reason, cancelled: message.cancelled })
      }
    })
    let death = 'crashed'
    worker.on('error', (error) => {
      if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')
        death = `needs more than the ${heapMb()} MB of memory that it may have`
      events.onLog(error.stack ?? error.message)
    })
    worker.on('exit', () => {
      workers.delete(worker)
      if (current === undefined || stopped) return
      const reason = `The reader of the file ${death}. The other files are not affected.`
      channels[current]?.push({ kind: 'failed', reason, cancelled: false })
      current = undefined
      start()
    })
    takeNext()
  }

  for (let index = 0; index < Math.min(threads, tasks.length); index++) start()
  return {
    messages: (fileNo) => (channels[fileNo] ?? new Channel()).read(),
    cancel() {
      stopped = true
      for (const worker of workers) worker.postMessage({ kind: 'cancel' } satisfies ToWorker)
      // Files that no thread has taken will never speak: their readers must not wait.
      for (let fileNo = next; fileNo < tasks.length; fileNo++)
        channels[fileNo]?.push({ kind: 'failed', reason: 'Cancelled.', cancelled: true })
    },
    async close() {
      stopped = true
      await Promise.all([...workers].map((worker) => worker.terminate()))
    },
  }
}

function inlineLanes(tasks: readonly FileTask[], events: LaneEvents): Lanes {
  let isCancelled = false
  let release: (() => void) | undefined
  return {
    async *messages(fileNo) {
      const task = tasks[fileNo]
      if (task === undefined) return
      const channel = new Channel()
      void parseFile(task, formats, {
        get cancelled() {
          return isCancelled
        },
        hashed: async (sha256, sizeBytes) => events.isNew(fileNo, sha256, sizeBytes),
        batch: (batch) =>
          new Promise<void>((resolve, reject) => {
            if (isCancelled) return reject(cancelled())
            release = () => reject(cancelled())
            channel.push({ kind: 'batch', batch, ack: resolve })
          }),
        progress: (bytesRead, records) => events.onProgress(fileNo, bytesRead, records),
      })
        .then((outcome) => channel.push(outcome === undefined ? { kind: 'left' } : { kind: 'done', outcome }))
        .catch((error: unknown) => {
          events.onLog(error instanceof Error ? (error.stack ?? error.message) : String(error))
          const reason = isAppError(error)
            ? error.message
            : 'The reader of the file failed; this is a fault of the program.'
          channel.push({ kind: 'failed', reason, cancelled: isCancelled })
        })
      yield* channel.read()
    },
    cancel() {
      isCancelled = true
      release?.()
    },
    async close() {
      isCancelled = true
      release?.()
    },
  }
}
