/**
 * `POST /upload`: one file a request, streamed to a private folder of this host that goes away with it. The path that
 * the page sends is a label: only its last part is used, cleaned, below a numbered folder of our own.
 */
import { createWriteStream, rmSync } from 'node:fs'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Transform } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { AppError, isAppError } from '../common/errors'
import type { SourceRegistry } from '../engine/host/sources'
import { answerJson, refuse } from './answers'
import type { Limits } from './limits'

export class Uploads {
  readonly #sources: SourceRegistry
  readonly #limits: Limits
  #folder: Promise<string> | undefined
  #folderPath: string | undefined
  #files = 0
  #bytes = 0
  #running = 0

  constructor(sources: SourceRegistry, limits: Limits) {
    this.#sources = sources
    this.#limits = limits
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.headers['content-type'] !== 'application/octet-stream') {
      refuse(request, response, { status: 415, message: 'Send the bytes of one file.' })
      return
    }
    const label = decodeLabel(request.headers['x-crosstrail-name'])
    if (label === undefined) {
      refuse(request, response, { status: 400, message: 'The file has no usable name.' })
      return
    }
    if (this.#running >= this.#limits.maxUploadsAtOnce) {
      refuse(request, response, { status: 429, message: 'Too many uploads at once.' })
      return
    }
    this.#running++
    try {
      const path = await this.#receive(request, label)
      const { ref } = this.#sources.add(path)
      answerJson(response, 200, { ref, name: label })
    } catch (error) {
      refuse(request, response, toRefusal(error))
    } finally {
      this.#running--
    }
  }

  async #receive(request: IncomingMessage, label: string): Promise<string> {
    const announced = Number(request.headers['content-length'] ?? 0)
    if (announced > this.#limits.maxUploadBytes)
      throw new AppError('source.limit', 'The file is larger than an upload may be.')
    if (this.#files >= this.#limits.maxUploadFiles)
      throw new AppError('source.limit', 'Too many files were uploaded in this session.')
    const folder = join(await this.#root(), String(++this.#files))
    await mkdir(folder, { mode: 0o700 })
    const path = join(folder, safeName(label))
    let own = 0
    const counted = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        own += chunk.length
        this.#bytes += chunk.length
        if (own > this.#limits.maxUploadBytes)
          done(new AppError('source.limit', 'The file is larger than an upload may be.'))
        else if (this.#bytes > this.#limits.maxUploadTotalBytes)
          done(new AppError('source.limit', 'More was uploaded in this session than is allowed.'))
        else done(null, chunk)
      },
    })
    try {
      // `wx`: the folder is new, so anything that stands there already is not ours.
      await pipeline(request, counted, createWriteStream(path, { flags: 'wx', mode: 0o600 }))
    } catch (error) {
      this.#bytes -= own
      await rm(folder, { recursive: true, force: true })
      throw error
    }
    return path
  }

  #root(): Promise<string> {
    this.#folder ??= mkdtemp(join(tmpdir(), 'crosstrail-upload-')).then((path) => {
      this.#folderPath = path
      return path
    })
    return this.#folder
  }

  /** Also fit for the process's `exit` event, which cannot wait. */
  removeSync(): void {
    if (this.#folderPath !== undefined) rmSync(this.#folderPath, { recursive: true, force: true })
    this.#folder = undefined
    this.#folderPath = undefined
  }
}

function toRefusal(error: unknown): { status: number; message: string } {
  if (isAppError(error)) return { status: 413, message: error.message }
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOSPC' || code === 'EDQUOT') return { status: 507, message: 'The disk for uploads is full.' }
  return { status: 500, message: 'The upload could not be kept.' }
}

/** The label of the header, or undefined where it is missing, broken or too long. */
export function decodeLabel(header: string | string[] | undefined): string | undefined {
  if (typeof header !== 'string' || header === '' || header.length > 12_000) return undefined
  try {
    const label = decodeURIComponent(header)
    return label.length > 4_000 ? undefined : label
  } catch {
    return undefined
  }
}

/** The last part of a label as a file name: no separators, control characters, leading points, reserved or long names. */
export function safeName(label: string): string {
  const last = label.split(/[/\\]/).at(-1) ?? ''
  const plain = last
    .toWellFormed()
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"|?*]/gu, '_')
    .replace(/^\.+/, '_')
    .replace(/[. ]+$/, '_')
  const named = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i.test(plain) ? `_${plain}` : plain
  return shorten(named === '' ? 'file' : named).replace(/^\.+/, '_')
}

/** At most 200 bytes, the end kept: extensions tell people what a file is. */
function shorten(name: string): string {
  const characters = [...name]
  while (Buffer.byteLength(characters.join('')) > 200) characters.splice(0, 1)
  return characters.join('')
}
