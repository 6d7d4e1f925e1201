import { importSources } from '../../../src/engine/import/import'
import { computeLinks } from '../../../src/engine/links/handlers'
import { type TempCase, tempCase } from '../../support/tempCase'

/** A case with everything of a folder and its links. Open it before the tests, close it after. */
export function importedFolder(folder: string) {
  let temp: TempCase | undefined
  return {
    async open() {
      temp = await tempCase()
      await importSources(temp.session, { paths: [folder] })
      await computeLinks(temp.session.db)
    },
    async close() {
      await temp?.remove()
    },
    asking() {
      if (temp === undefined) throw new Error('The case is not open yet.')
      return { db: temp.session.db, now: new Date(0) }
    },
  }
}
