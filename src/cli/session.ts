/** An engine for one command: opened, used, closed. */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { AppError } from '../common/errors'
import type { Client } from '../contract'
import { createEngine } from '../engine'
import type { CaseSession, HostServices } from '../engine/context'
import { DownloadRegistry } from '../engine/host/downloads'
import { defaultDataFolder } from '../engine/host/folders'
import { inProcessClient } from '../rpc/inProcess'
import { debugLog, note } from './output'

export interface CliSession {
  readonly client: Client
  /** The open case, for what streams. Throws `case.closed`. */
  session(): CaseSession
  readonly resourcesFolder: string
}

export interface SessionOptions {
  readonly actor?: string | undefined
  /** Make the case when there is none. */
  readonly create?: boolean
}

/** Runs `use` with an engine, without a case. */
export async function withEngine<T>(use: (session: CliSession) => Promise<T>, actor?: string): Promise<T> {
  const downloads = new DownloadRegistry()
  const resourcesFolder = resolve(import.meta.dirname, '../../resources')
  const host: HostServices = {
    host: 'cli',
    nativeDialogs: false,
    actor: actor ?? process.env.CROSSTRAIL_ACTOR ?? 'analyst',
    dataFolder: defaultDataFolder({ platform: process.platform, homeFolder: homedir(), env: process.env }),
    resourcesFolder,
    // The words of a command line are paths already.
    resolveSource: (ref) => ref,
    offered: [],
    uploads: false,
    offerDownload: (file) => downloads.offer(file),
    now: () => new Date(),
  }
  const engine = createEngine(host)
  const client = inProcessClient(engine, { log: ({ error }) => debugLog(error) })
  try {
    return await use({ client, session: () => engine.context.session(), resourcesFolder })
  } finally {
    client.close()
    await engine.close()
  }
}

/** Runs `use` with the case open. Errors: `case.missing`, `case.in-use`, `case.invalid`. */
export async function withCase<T>(
  path: string,
  use: (session: CliSession) => Promise<T>,
  options: SessionOptions = {},
): Promise<T> {
  const folder = resolve(path)
  return withEngine(async (session) => {
    if (options.create === true && !existsSync(join(folder, 'case.json')))
      await session.client.call('case.create', {
        title: basename(folder).replace(/\.case$/i, '') || 'case',
        ref: folder,
      })
    else if (!existsSync(folder)) throw new AppError('case.missing', `There is no case ${path}.`)
    else await session.client.call('case.open', { ref: folder })
    if (session.session().journal.readOnly) note('This case was made elsewhere; it is open for reading.')
    return use(session)
  }, options.actor)
}
