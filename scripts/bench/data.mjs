/** Generated logs, kept between runs: a set counts as complete once its last file, the list, is written. */
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeCloudtrail } from './cloudtrail.mjs'

/** Raised when the generator changes, so that no old set is taken for a new one. */
const generation = 2

/**
 * @typedef {{ events: number, folder: string, files: readonly string[], gzBytes: number, jsonBytes: number }} DataSet
 */

/**
 * @param {string} root
 * @param {number} events
 * @returns {Promise<DataSet>}
 */
export async function dataSet(root, events) {
  const folder = join(root, `cloudtrail-${generation}-${events}`)
  const list = `${folder}.json`
  if (!existsSync(list)) {
    console.log(`Generating ${events} events of CloudTrail in ${folder}.`)
    rmSync(folder, { recursive: true, force: true })
    const { jsonBytes } = await writeCloudtrail(folder, events)
    writeFileSync(list, JSON.stringify({ jsonBytes }))
  }
  /** @type {{ jsonBytes: number }} */
  const { jsonBytes } = JSON.parse(readFileSync(list, 'utf8'))
  const files = readdirSync(folder)
    .sort()
    .map((name) => join(folder, name))
  return { events, folder, files, gzBytes: sizeOf(folder), jsonBytes }
}

/**
 * @param {string} folder
 * @returns {number} bytes of all files below it
 */
export function sizeOf(folder) {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => statSync(join(folder, name)))
    .reduce((sum, facts) => sum + (facts.isFile() ? facts.size : 0), 0)
}
