import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Handlers } from '../../contract'
import type { EngineContext } from '../context'
import { asIoError } from '../io'
import { shareCase } from './share'

export function shareHandlers(context: EngineContext): Pick<Handlers, 'case.share'> {
  return {
    async 'case.share'({ kinds, list }, { signal, report }) {
      const folder = await mkdtemp(join(tmpdir(), 'crosstrail-package-')).catch((error: unknown) => {
        throw asIoError(error, 'There is no room for temporary files.')
      })
      const fileName = 'redacted-case.zip'
      const path = join(folder, fileName)
      try {
        const summary = await shareCase(context.session(), {
          path,
          kinds,
          list,
          now: context.host.now(),
          signal,
          onStep: (step, done, total) => report({ step, done, total }),
        })
        const download = await context.host.offerDownload({ path, fileName, mediaType: 'application/zip' })
        return { ...summary, download }
      } catch (error) {
        await rm(folder, { recursive: true, force: true })
        throw error
      }
    },
  }
}
