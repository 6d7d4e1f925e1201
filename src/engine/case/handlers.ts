import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { AppError } from '../../common/errors'
import type { Handlers } from '../../contract'
import type { EngineContext } from '../context'
import { isCaseFolder } from './folder'
import { caseInfo, describeOpenCase } from './info'
import { record } from './open'
import { rebuildCase } from './rebuild'
import { listRecent, rememberRecent, resolveRecent } from './recent'
import type { CaseSlot } from './slot'
import type { KnownCases } from './trust'
import { verifyCase } from './verify'

type CaseHandlers = Pick<
  Handlers,
  | 'app.info'
  | 'case.recent'
  | 'case.current'
  | 'case.create'
  | 'case.open'
  | 'case.close'
  | 'case.info'
  | 'case.openSample'
  | 'case.verify'
  | 'case.rebuild'
  | 'case.accept'
>

export function sampleFolder(resourcesFolder: string): string {
  return join(resourcesFolder, 'sample')
}

/** A file name from a title: letters, digits, dash and underscore of any script; never a path. */
function folderName(title: string): string {
  const name = title
    .normalize('NFC')
    .replace(/[^\p{L}\p{N} _-]+/gu, '')
    .trim()
    .replace(/\s+/g, '-')
    .slice(0, 60)
  return name === '' ? 'case' : name
}

export function caseHandlers(context: EngineContext, slot: CaseSlot, version: string, known: KnownCases): CaseHandlers {
  const { host } = context

  const opened = async () => {
    const session = slot.require()
    await rememberRecent(host.dataFolder, session.folder, session.meta.title, host.now())
    context.changed({ kind: 'case' })
    return describeOpenCase(session)
  }

  const placeOf = async (ref: string): Promise<string> => {
    const folder = host.resolveSource(ref) ?? (await resolveRecent(host.dataFolder, ref))
    if (folder === undefined) throw new AppError('usage', 'This place is not known to the program any more.')
    if (!(await isCaseFolder(folder))) throw new AppError('case.missing', 'There is no case at this place.')
    return folder
  }

  const freeFolder = (title: string): string => {
    const base = join(host.dataFolder, 'cases', folderName(title))
    for (let number = 1; ; number++) {
      const folder = `${base}${number === 1 ? '' : `-${number}`}.case`
      if (!existsSync(folder)) return folder
    }
  }

  return {
    async 'app.info'() {
      return {
        version,
        host: host.host,
        nativeDialogs: host.nativeDialogs,
        hasSample: existsSync(sampleFolder(host.resourcesFolder)),
        offered: [...host.offered],
      }
    },
    async 'case.recent'() {
      return listRecent(host.dataFolder)
    },
    async 'case.current'() {
      const session = slot.current()
      return session === undefined ? null : describeOpenCase(session)
    },
    async 'case.create'({ title, ref }) {
      const folder = ref === undefined ? freeFolder(title) : host.resolveSource(ref)
      if (folder === undefined) throw new AppError('usage', 'This place is not known to the program any more.')
      await slot.create(folder, title)
      return opened()
    },
    async 'case.open'({ ref }) {
      await slot.open(await placeOf(ref))
      return opened()
    },
    async 'case.close'() {
      await slot.close()
      context.changed({ kind: 'case' })
      return {}
    },
    async 'case.info'() {
      return caseInfo(slot.require())
    },
    async 'case.openSample'(_params, { signal, report }) {
      const folder = sampleFolder(host.resourcesFolder)
      if (!existsSync(folder)) throw new AppError('not-found', 'The sample is not part of this installation.')
      await slot.create(freeFolder('Sample incident'), 'Sample incident')
      await slot.importPaths([folder], {
        signal,
        onProgress: (progress) => report({ step: 'import', done: progress.bytesRead, total: progress.bytesTotal }),
      })
      return opened()
    },
    async 'case.verify'({ head, evidence, seal, publicKey, exact }, { signal, report }) {
      const folder = evidence === undefined ? undefined : host.resolveSource(evidence)
      return verifyCase(slot.require(), {
        ...(head === undefined ? {} : { head }),
        exact: exact === true,
        ...(folder === undefined ? {} : { evidenceFolder: folder }),
        ...(seal === undefined ? {} : { seal: { text: seal, publicPem: publicKey } }),
        signal,
        onStep: report,
      })
    },
    async 'case.accept'() {
      const session = slot.require()
      await known.add(session.meta.id)
      if (session.journal.readOnly) {
        session.journal.refuseAppends(undefined)
        await record(session, 'case.accept', {})
      }
      return opened()
    },
    async 'case.rebuild'({ ref, evidence }, { signal, report }) {
      const folder = ref === undefined ? undefined : await placeOf(ref)
      if (folder !== undefined) await slot.openForRebuild(folder)
      const evidenceFolder = evidence === undefined ? undefined : host.resolveSource(evidence)
      await rebuildCase(slot, { signal, onStep: report, ...(evidenceFolder === undefined ? {} : { evidenceFolder }) })
      return opened()
    },
  }
}
