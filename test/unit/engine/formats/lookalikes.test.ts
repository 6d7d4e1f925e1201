import { readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../../../src/common/json'
import { formats } from '../../../../src/engine/formats/registry'
import { recordsOf } from '../../../support/formatDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../support/sharedData'

/** A word in the paths of the files that a format may claim. */
const own: readonly (readonly [id: string, word: string])[] = [
  ['okta', '/okta'],
  ['github-audit', '/github'],
  ['slack-audit', '/slack'],
  ['onepassword', 'password'],
  ['ocsf', '/ocsf'],
]

/** Root values and elements of root arrays, and what stands at the layouts of any format. */
function recordsIn(path: string): readonly JsonValue[] {
  const text = readFileSync(path, 'utf8')
  try {
    return formats.flatMap((format) => recordsOf(format, text))
  } catch {
    return []
  }
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = `${folder}/${name}`
    return statSync(path).isDirectory() ? filesBelow(path) : [path]
  })
}

describe.skipIf(!hasSharedData)(`exports of many sources${sharedDataNotice}`, () => {
  it('are claimed by their own format only', { timeout: 60_000 }, () => {
    const root = sharedData()
    const files = filesBelow(root).filter(
      (path) => /\.(?:jsonl?|log|ndjson|txt)$/.test(path) && !/expected|\.tests\.|sigma-rules/.test(path),
    )
    expect(files.length).toBeGreaterThan(100)
    const wrong = files.flatMap((path) => {
      const label = path.slice(root.length)
      const records = recordsIn(path)
      return own
        .filter(([, word]) => !label.includes(word))
        .map(([id]) => formats.find((format) => format.id === id))
        .filter((format) => records.some((record) => (format?.json?.match(record, undefined) ?? 0) >= 0.5))
        .map((format) => `${label}: ${format?.id}`)
    })
    expect(wrong).toEqual([])
  })
})
