/**
 * Finished files that wait for the person to take them away. Writer: the engine, through `HostServices.offerDownload`.
 * Readers: the web host's download route, the application's save dialog.
 */
import { randomBytes } from 'node:crypto'
import { stat } from 'node:fs/promises'
import type { Download } from '../../contract/shared'

export interface OfferedFile {
  readonly path: string
  readonly fileName: string
  readonly mediaType: string
}

/** Handles that stay valid; the oldest go first. The files themselves are the engine's. */
const maxKept = 1_000

export class DownloadRegistry {
  readonly #files = new Map<string, OfferedFile>()

  async offer(file: OfferedFile): Promise<Download> {
    const { size } = await stat(file.path)
    const ref = `download-${randomBytes(16).toString('hex')}`
    this.#files.set(ref, file)
    for (const oldest of this.#files.keys()) {
      if (this.#files.size <= maxKept) break
      this.#files.delete(oldest)
    }
    return { ref, fileName: file.fileName, mediaType: file.mediaType, sizeBytes: size }
  }

  get(ref: string): OfferedFile | undefined {
    return this.#files.get(ref)
  }
}
