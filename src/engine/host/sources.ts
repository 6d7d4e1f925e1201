/**
 * The files and folders that a host has shown to this session, by handle. Writers: the host, for what the person
 * named, picked, dropped or uploaded. Reader: the engine, through `HostServices.resolveSource`.
 */
import { randomBytes } from 'node:crypto'
import { basename, resolve } from 'node:path'

export interface NamedPath {
  readonly ref: string
  readonly name: string
}

export class SourceRegistry {
  readonly #byRef = new Map<string, string>()
  readonly #byPath = new Map<string, string>()

  /** The same path gets the same handle. Handles cannot be guessed and mean nothing in another session. */
  add(path: string): NamedPath {
    const absolute = resolve(path)
    const name = basename(absolute) || absolute
    const known = this.#byPath.get(absolute)
    if (known !== undefined) return { ref: known, name }
    const ref = `source-${randomBytes(16).toString('hex')}`
    this.#byRef.set(ref, absolute)
    this.#byPath.set(absolute, ref)
    return { ref, name }
  }

  resolve(ref: string): string | undefined {
    return this.#byRef.get(ref)
  }
}
