/** What the page asks of the application itself: native dialogs and handles for dropped files. */
import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { copyFile, rename, rm } from 'node:fs/promises'
import { isAbsolute } from 'node:path'
import { type BrowserWindow, dialog, type OpenDialogOptions } from 'electron'
import { z } from 'zod'
import { AppError } from '../common/errors'
import type { DownloadRegistry } from '../engine/host/downloads'
import type { SourceRegistry } from '../engine/host/sources'
import { asIoError } from '../engine/io'
import type { Answer, ChooseKind, NamedSource } from '../rpc/bridge'
import { type Failure, toWireError } from '../rpc/server'

const Ask = z.discriminatedUnion('ask', [
  z.strictObject({ ask: z.literal('register'), paths: z.array(z.string().max(40_000)).max(10_000) }),
  z.strictObject({ ask: z.literal('choose'), kind: z.enum(['files', 'folder', 'case', 'newCase']) }),
  z.strictObject({ ask: z.literal('save'), ref: z.string().max(200) }),
])

export interface AskServices {
  readonly window: BrowserWindow
  readonly sources: SourceRegistry
  readonly downloads: DownloadRegistry
  readonly log: (failure: Failure) => void
}

/** Never throws: what goes wrong is part of the answer. */
export async function answerAsk(
  request: unknown,
  services: AskServices,
): Promise<Answer<readonly NamedSource[] | boolean>> {
  try {
    const parsed = Ask.safeParse(request)
    if (!parsed.success) throw new AppError('usage', 'The application does not know this request.')
    const ask = parsed.data
    switch (ask.ask) {
      case 'register':
        return { value: register(ask.paths, services.sources) }
      case 'choose':
        return { value: (await choosePaths(ask.kind, services.window)).map((path) => services.sources.add(path)) }
      case 'save':
        return { value: await save(ask.ref, services) }
    }
  } catch (error) {
    const ref = randomUUID().slice(0, 8)
    services.log({ ref, method: 'application', error })
    return { error: toWireError(error, ref) }
  }
}

/** A File that comes from no file (dragged text, a picture of a page) has an empty path and is left out. */
function register(paths: readonly string[], sources: SourceRegistry): NamedSource[] {
  return paths.filter((path) => isAbsolute(path) && existsSync(path)).map((path) => sources.add(path))
}

const openDialogs: Readonly<Record<Exclude<ChooseKind, 'newCase'>, OpenDialogOptions>> = {
  files: { title: 'Import files', properties: ['openFile', 'multiSelections'] },
  folder: { title: 'Import a folder', properties: ['openDirectory', 'multiSelections'] },
  case: { title: 'Open a case', properties: ['openDirectory'] },
}

async function choosePaths(kind: ChooseKind, window: BrowserWindow): Promise<readonly string[]> {
  if (kind === 'newCase') {
    const { filePath } = await dialog.showSaveDialog(window, { title: 'New case', defaultPath: 'untitled.case' })
    return filePath === '' ? [] : [filePath]
  }
  const { filePaths } = await dialog.showOpenDialog(window, openDialogs[kind])
  return filePaths
}

async function save(ref: string, { window, downloads }: AskServices): Promise<boolean> {
  const file = downloads.get(ref)
  if (file === undefined) throw new AppError('not-found', 'This download is gone. Create it again.')
  const { filePath } = await dialog.showSaveDialog(window, { title: 'Save', defaultPath: file.fileName })
  if (filePath === '') return false
  const part = `${filePath}.${process.pid}.part`
  try {
    await copyFile(file.path, part)
    await rename(part, filePath)
    return true
  } catch (error) {
    await rm(part, { force: true })
    throw asIoError(error, 'The file could not be saved there.')
  }
}
