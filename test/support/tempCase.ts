import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCase, type OpenedCase, openCase } from '../../src/engine/case/open'

export interface TempCase {
  readonly folder: string
  readonly session: OpenedCase
  /** Closes and opens the case again. */
  reopen(): Promise<OpenedCase>
  remove(): Promise<void>
}

/** A real case in a temporary folder. Remove it after the test. */
export async function tempCase(): Promise<TempCase> {
  const root = await mkdtemp(join(tmpdir(), 'crosstrail-test-'))
  const folder = join(root, 'test.case')
  const options = { folder, actor: 'tester', tool: 'crosstrail/test', now: () => new Date(), recordSession: false }
  let session = await createCase({ ...options, title: 'Test' })
  return {
    folder,
    get session() {
      return session
    },
    async reopen() {
      await session.close()
      session = await openCase(options)
      return session
    },
    async remove() {
      await session.close()
      await rm(root, { recursive: true, force: true })
    },
  }
}
