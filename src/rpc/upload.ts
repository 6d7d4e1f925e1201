/** The page's side of `POST /upload`: one request a file, a few at a time; relative paths travel as labels only. */
import { z } from 'zod'
import { AppError, cancelled } from '../common/errors'
import type { NamedSource } from './bridge'

export interface LabelledFile {
  readonly file: File
  /** Path below what was dropped, with `/`; for people. */
  readonly path: string
}

export interface UploadProgress {
  readonly filesDone: number
  readonly filesTotal: number
  readonly bytesSent: number
  readonly bytesTotal: number
}

export interface UploadOptions {
  readonly signal?: AbortSignal
  readonly onProgress?: (progress: UploadProgress) => void
}

const parallelUploads = 4

const Uploaded = z.strictObject({ ref: z.string(), name: z.string() })
const Refused = z.object({ error: z.object({ message: z.string() }) })

/** Errors: `cancelled`, `transport`, `source.limit`, `io.failed`. The first failure stops the rest. */
export async function uploadFiles(
  files: readonly LabelledFile[],
  { signal, onProgress }: UploadOptions = {},
): Promise<readonly NamedSource[]> {
  const bytesTotal = files.reduce((sum, { file }) => sum + file.size, 0)
  const uploaded: NamedSource[] = new Array(files.length)
  let next = 0
  let filesDone = 0
  let bytesSent = 0
  const stop = new AbortController()
  const either = signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal])
  const report = () => onProgress?.({ filesDone, filesTotal: files.length, bytesSent, bytesTotal })

  const work = async () => {
    for (let index = next++; index < files.length; index = next++) {
      const item = files[index]
      if (item === undefined) return
      let own = 0
      const count = (bytes: number) => {
        bytesSent += bytes - own
        own = bytes
        report()
      }
      uploaded[index] = await uploadOne(item, either, count)
      filesDone++
      count(item.file.size)
    }
  }
  try {
    await Promise.all(Array.from({ length: parallelUploads }, work))
  } catch (error) {
    stop.abort()
    throw error
  }
  return uploaded
}

/** XMLHttpRequest, since `fetch` does not tell how far an upload is. */
function uploadOne(
  { file, path }: LabelledFile,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<NamedSource> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(cancelled())
      return
    }
    const request = new XMLHttpRequest()
    const abort = () => request.abort()
    signal.addEventListener('abort', abort, { once: true })
    request.upload.onprogress = ({ loaded }) => onBytes(loaded)
    request.onabort = () => reject(cancelled())
    request.onerror = () =>
      reject(new AppError('transport', 'The upload broke off. Is Crosstrail still running?', { file: path }))
    request.onload = () => {
      const answer = parseJson(request.responseText)
      const uploaded = Uploaded.safeParse(answer)
      if (request.status === 200 && uploaded.success) resolve(uploaded.data)
      else reject(refusal(request.status, answer, path))
    }
    request.onloadend = () => signal.removeEventListener('abort', abort)
    request.open('POST', '/upload')
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.setRequestHeader('x-crosstrail-name', encodeURIComponent(path.toWellFormed()))
    request.send(file)
  })
}

function refusal(status: number, answer: unknown, path: string): AppError {
  const parsed = Refused.safeParse(answer)
  const message = parsed.success ? parsed.data.error.message : 'The upload was refused.'
  const code = status === 413 ? 'source.limit' : status === 507 || status === 500 ? 'io.failed' : 'transport'
  return new AppError(code, message, { file: path })
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** All files of a drop, folders walked. Reads the drop's entries at once, before the browser forgets them. */
export async function droppedFiles(drop: DataTransfer): Promise<readonly LabelledFile[]> {
  const found: LabelledFile[] = []
  const entries: FileSystemEntry[] = []
  for (const item of drop.items) {
    const entry = item.webkitGetAsEntry()
    // What lies in no file system (a picture of another page) has no entry, but may have bytes.
    const file = entry === null ? item.getAsFile() : null
    if (entry !== null) entries.push(entry)
    else if (file !== null) found.push({ file, path: file.name })
  }
  const walk = async (entry: FileSystemEntry, path: string): Promise<void> => {
    if (isFileEntry(entry)) {
      found.push({ file: await new Promise<File>((resolve, reject) => entry.file(resolve, reject)), path })
    } else if (isDirectoryEntry(entry)) {
      const reader = entry.createReader()
      // A reader gives at most 100 entries at a time and an empty list at the end.
      for (let batch = await readBatch(reader); batch.length > 0; batch = await readBatch(reader)) {
        for (const child of batch) await walk(child, `${path}/${child.name}`)
      }
    }
  }
  for (const entry of entries) await walk(entry, entry.name)
  return found
}

function readBatch(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject))
}

function isFileEntry(entry: FileSystemEntry): entry is FileSystemFileEntry {
  return entry.isFile
}

function isDirectoryEntry(entry: FileSystemEntry): entry is FileSystemDirectoryEntry {
  return entry.isDirectory
}
