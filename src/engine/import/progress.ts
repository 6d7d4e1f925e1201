import type { ImportProgress } from '../../contract/import'
import type { FoundFile } from './enumerate'

const reportEveryMs = 100

/** Adds up what the parsing threads report and tells it at a calm rate. */
export class ProgressMeter {
  readonly #files: readonly FoundFile[]
  readonly #tell: ((progress: ImportProgress) => void) | undefined
  readonly #bytes = new Map<number, number>()
  readonly #records = new Map<number, number>()
  readonly #bytesTotal: number
  readonly #startedAt = performance.now()
  #filesDone = 0
  #lastAt = 0

  constructor(files: readonly FoundFile[], tell: ((progress: ImportProgress) => void) | undefined) {
    this.#files = files
    this.#tell = tell
    this.#bytesTotal = files.reduce((sum, file) => sum + file.sizeBytes, 0)
  }

  file(fileNo: number, bytesRead: number, records: number): void {
    this.#bytes.set(fileNo, bytesRead)
    this.#records.set(fileNo, records)
    this.#report(fileNo, false)
  }

  fileDone(fileNo: number): void {
    this.#filesDone++
    this.#bytes.set(fileNo, this.#files[fileNo]?.sizeBytes ?? 0)
    this.#report(fileNo, this.#filesDone === this.#files.length)
  }

  #report(fileNo: number, always: boolean): void {
    const now = performance.now()
    if (this.#tell === undefined || (!always && now - this.#lastAt < reportEveryMs)) return
    this.#lastAt = now
    const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0)
    const bytesRead = sum(this.#bytes.values())
    const records = sum(this.#records.values())
    const seconds = Math.max(0.001, (now - this.#startedAt) / 1000)
    const bytesPerSecond = bytesRead / seconds
    this.#tell({
      phase: 'reading',
      fileName: this.#files[fileNo]?.name ?? '',
      filesDone: this.#filesDone,
      filesTotal: this.#files.length,
      bytesRead,
      bytesTotal: this.#bytesTotal,
      records,
      recordsPerSecond: Math.round(records / seconds),
      bytesPerSecond: Math.round(bytesPerSecond),
      etaMs: bytesRead === 0 ? null : Math.round(((this.#bytesTotal - bytesRead) / bytesPerSecond) * 1000),
    })
  }
}
