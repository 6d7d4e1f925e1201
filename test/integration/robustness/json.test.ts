import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importSources } from '../../../src/engine/import/import'
import { hasSharedData, sharedData, sharedDataNotice } from '../../support/sharedData'
import { call, type Robust, robust } from './rig'

const folder = sharedData('hostile', 'JSONTestSuite', 'test_parsing')
const names = hasSharedData ? readdirSync(folder).sort() : []

/** Inside one line of JSON lines a line end ends the record, so a text that holds one cannot be put there. */
const bytesOf = (name: string) => readFileSync(`${folder}/${name}`)
const fitsLine = (bytes: Buffer) => !bytes.includes(0x0a) && !bytes.includes(0x0d)

describe.skipIf(!hasSharedData)(`JSON that is right, wrong or disputed${sharedDataNotice}`, () => {
  let own: Robust
  beforeAll(async () => {
    own = await robust()
  })
  afterAll(() => own.remove())

  it('never stops an import of all the files, and none of them becomes an event', async () => {
    const { files, totals } = await importSources(own.temp.session, { paths: [folder] })
    expect(files).toHaveLength(names.length)
    expect(totals.access_event + totals.span + totals.log_record).toBe(0)
    for (const { status, rejects } of files) if (status === 'refused') expect(rejects).not.toEqual([])
    expect(files.filter(({ status }) => status === 'imported').map(({ name }) => name)).toEqual([])
  })

  it('is told apart inside a field of a record: y_ is kept, n_ is rejected, i_ never stops the rest', async () => {
    const good = JSON.stringify(call())
    const open = good.slice(0, -1)
    const chosen = names.filter((name) => fitsLine(bytesOf(name)) && bytesOf(name).length < 1e5)
    expect(chosen.length).toBeGreaterThan(250)
    const inside = join(own.folder, 'inside')
    await mkdir(inside)
    for (const name of chosen) {
      const before = `${JSON.stringify(call({ requestID: `before ${name}` }))}\n`
      const after = `\n${JSON.stringify(call({ requestID: `after ${name}` }))}\n`
      const id = JSON.stringify(call().eventID)
      const record = `${open.replace(/"eventID":"[^"]*"/, `"eventID":${id}`)},"requestParameters":{"x":`
      const text = [Buffer.from(before + record), bytesOf(name), Buffer.from(`}}${after}`)]
      await writeFile(join(inside, `${name}l`), Buffer.concat(text))
    }
    const { files } = await importSources(own.temp.session, { paths: [inside] })
    expect(files.map(({ name }) => name)).toEqual(chosen.map((name) => `${name}l`))
    const wrong = files.flatMap(({ name, records }) => {
      const kept = records.kept + records.duplicate
      const { rejected } = records
      const adds = kept + records.skipped + rejected === records.read
      // `{}}` closes the record itself: what stands before its last brace is whole, and that brace is the reject.
      const closesRecord = name === 'n_structure_object_followed_by_closing_object.jsonl'
      const fits = closesRecord
        ? kept === 3 && rejected === 1
        : name.startsWith('y_')
          ? kept === 3 && rejected === 0
          : name.startsWith('n_')
            ? kept === 2 && rejected >= 1
            : kept >= 2
      return fits && adds ? [] : [`${name}: ${kept} kept, ${rejected} rejected`]
    })
    expect(wrong).toEqual([])
  })

  it('is refused where it opens a hundred thousand arrays', async () => {
    const account = await own.load('deep.json', bytesOf('n_structure_100000_opening_arrays.json').subarray(1))
    expect(account).toMatchObject({ status: 'refused' })
  })
})
