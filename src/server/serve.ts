/** `crosstrail serve`: an engine of its own behind the web host, until the person stops it. */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { AppError } from '../common/errors'
import { createEngine } from '../engine'
import type { HostServices } from '../engine/context'
import { DownloadRegistry } from '../engine/host/downloads'
import { defaultDataFolder } from '../engine/host/folders'
import { openLog } from '../engine/host/logFile'
import { SourceRegistry } from '../engine/host/sources'
import { inProcessClient } from '../rpc/inProcess'
import { startServer } from './startServer'

export interface ServeOptions {
  /** Case folders and evidence, as the person typed them. The first case is opened; evidence is offered in the page. */
  readonly paths?: readonly string[]
  /** Make a fresh case of the shipped sample where no case was named. */
  readonly sample?: boolean
  /** 0 or left out: any free port. */
  readonly port?: number
  /** Label in the journal. */
  readonly actor?: string
  readonly dataFolder?: string
  /** Lines for the person: notices while starting. */
  readonly print?: (line: string) => void
}

export interface Serving {
  readonly port: number
  /** The first link; it works once and for five minutes. */
  readonly url: string
  newLink(): string
  /** Cancels what runs, closes the case and the port, removes uploads. */
  close(): Promise<void>
}

/** Errors: `usage` (a path that is not there, a busy port), and what opening the case throws. */
export async function serve(options: ServeOptions = {}): Promise<Serving> {
  const print = options.print ?? (() => undefined)
  const paths = (options.paths ?? []).map((path) => {
    if (!existsSync(path)) throw new AppError('usage', `There is no file or folder ${path}.`)
    return resolve(path)
  })
  const sources = new SourceRegistry()
  const downloads = new DownloadRegistry()
  const cases = paths.filter(isCase)
  const dataFolder =
    options.dataFolder ?? defaultDataFolder({ platform: process.platform, homeFolder: homedir(), env: process.env })
  const host: HostServices = {
    host: 'web',
    nativeDialogs: false,
    actor: options.actor ?? process.env.CROSSTRAIL_ACTOR ?? 'analyst',
    dataFolder,
    resourcesFolder: resolve(import.meta.dirname, '../../resources'),
    resolveSource: (ref) => sources.resolve(ref),
    offered: paths.filter((path) => !cases.includes(path)).map((path) => sources.add(path)),
    uploads: true,
    offerDownload: (file) => downloads.offer(file),
    now: () => new Date(),
  }
  const engine = createEngine(host)
  try {
    const log = openLog(dataFolder, host.now)
    const client = inProcessClient(engine, { log })
    const [first] = cases
    if (first !== undefined) await client.call('case.open', { ref: sources.add(first).ref })
    else if (options.sample === true) {
      print('Opening the sample…')
      // A broken sample is no reason to show nothing: the page begins with the welcome view then.
      await client.call('case.openSample', {}).catch((error: unknown) => {
        print(`The sample could not be opened: ${error instanceof Error ? error.message : 'unknown reason'}`)
      })
    }
    client.close()
    const server = await startServer({
      service: engine,
      sources,
      downloads,
      rendererFolder: resolve(import.meta.dirname, '../renderer'),
      log,
      ...(options.port === undefined ? {} : { port: options.port }),
    }).catch((error: unknown) => {
      throw portError(error, options.port)
    })
    return {
      port: server.port,
      url: server.newLink(),
      newLink: server.newLink,
      close: async () => {
        await server.close()
        await engine.close()
      },
    }
  } catch (error) {
    await engine.close()
    throw error
  }
}

function isCase(path: string): boolean {
  return existsSync(join(path, 'case.json'))
}

function portError(error: unknown, port: number | undefined): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'EADDRINUSE') return new AppError('usage', `Port ${port} is in use. Choose another with --port.`)
  if (code === 'EACCES') return new AppError('usage', `Port ${port} needs special rights. Choose one above 1023.`)
  return error
}
