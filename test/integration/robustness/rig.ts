/** An engine on a case in a temporary folder, and small exports made from whatever text a test has. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FileAccount } from '../../../src/contract/import'
import { importSources } from '../../../src/engine/import/import'
import { type TempCase, tempCase } from '../../support/tempCase'

export interface Robust {
  readonly temp: TempCase
  readonly folder: string
  /** Writes a file, imports it, checks that its account adds up. */
  load(name: string, content: string | Uint8Array): Promise<FileAccount>
  remove(): Promise<void>
}

export async function robust(): Promise<Robust> {
  const temp = await tempCase()
  const folder = await mkdtemp(join(tmpdir(), 'crosstrail-robust-'))
  return {
    temp,
    folder,
    async load(name, content) {
      const path = join(folder, name)
      await writeFile(path, content)
      const { files } = await importSources(temp.session, { paths: [path] })
      const [account] = files
      if (account === undefined) throw new Error(`no account of ${name}`)
      const { read, kept, duplicate, skipped, rejected } = account.records
      if (kept + duplicate + skipped + rejected !== read) throw new Error(`the account of ${name} does not add up`)
      return account
    },
    async remove() {
      await temp.remove()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

let made = 0
/** A call that CloudTrail would write, with fields of the test's own. */
export function call(more: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  made++
  return {
    eventVersion: '1.08',
    eventTime: '2026-01-02T03:04:05Z',
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    awsRegion: 'eu-central-1',
    sourceIPAddress: '192.0.2.7',
    userAgent: 'tests',
    eventID: `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`,
    requestID: `R${made}`,
    eventType: 'AwsApiCall',
    recipientAccountId: '111122223333',
    userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/u', userName: 'u' },
    ...more,
  }
}
