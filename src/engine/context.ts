/**
 * What the engine's parts are given. Hosts supply `HostServices`; the engine keeps at most one open case and hands it
 * to handlers as a `CaseSession`.
 */
import type { Change } from '../contract'
import type { Download } from '../contract/shared'
import type { Journal } from './case/journal'
import type { Database } from './db/database'

export interface CaseMeta {
  readonly format: 1
  readonly id: string
  readonly title: string
  readonly created: string
  readonly tool: string
}

export interface CaseSession {
  /** Absolute path of the case folder. Never goes into a message, the journal or a report. */
  readonly folder: string
  readonly meta: CaseMeta
  readonly db: Database
  readonly journal: Journal
  /** Label of who works, as it stands in the journal. */
  readonly actor: string
  /** Plain sentences about what was repaired at open. */
  readonly notices: readonly string[]
}

/** What differs between hosts. Everything here is wiring: no rule of the product. */
export interface HostServices {
  readonly host: 'electron' | 'web' | 'cli' | 'test'
  readonly nativeDialogs: boolean
  readonly actor: string
  /** Folder for new cases, recent list and settings of this person on this machine. */
  readonly dataFolder: string
  /** The folder that holds `sample/` and the report's fonts. */
  readonly resourcesFolder: string
  /** Turns a handle into an absolute path; undefined where the host never gave it out. */
  resolveSource(ref: string): string | undefined
  /** Files and folders that the person named when starting the host. */
  readonly offered: readonly { readonly ref: string; readonly name: string }[]
  /** Uploaded files must be kept with the case, since their originals are not on this machine. */
  readonly uploads: boolean
  /** Makes a finished file in a temporary place available to the person. */
  offerDownload(file: {
    readonly path: string
    readonly fileName: string
    readonly mediaType: string
  }): Promise<Download>
  now(): Date
}

export interface EngineContext {
  readonly host: HostServices
  /** The open case; throws `case.closed`. */
  session(): CaseSession
  changed(change: Change): void
}
