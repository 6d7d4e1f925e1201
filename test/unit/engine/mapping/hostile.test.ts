import { readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { MappingFile } from '../../../../src/contract/mappingFile'
import { mappingFormats } from '../../../../src/engine/formats/generic'
import { sampleOf } from '../../../../src/engine/mapping/sample'
import { suggestMapping } from '../../../../src/engine/mapping/suggest'
import { driveJson } from '../../../support/formatDriver'
import { hasSharedData, sharedData, sharedDataNotice } from '../../../support/sharedData'

const roots = ['hostile', 'panther-tests', 'traces'] as const

describe.skipIf(!hasSharedData)(`proposals for files of third parties${sharedDataNotice}`, () => {
  it.each(roots)('never throw, and are whole mappings where nothing is missing: %s', (root) => {
    const files = readdirSync(sharedData(root), { recursive: true })
      .map((name) => sharedData(root, String(name)))
      .filter((path) => statSync(path).isFile())
    let sampled = 0
    for (const path of files) {
      const sample = sampleOf(readFileSync(path).subarray(0, 4 * 2 ** 20), true, null, 200)
      if (sample === undefined) continue
      sampled++
      const { draft, warnings, preview, fields } = suggestMapping(sample, 'x')
      for (const { cells } of preview) expect(cells).toHaveLength(fields.length)
      const parsed = MappingFile.safeParse(draft)
      if (!parsed.success) {
        expect(warnings.length).toBeGreaterThan(0)
        continue
      }
      const [format] = mappingFormats(parsed.data)
      if (format?.json === undefined) continue
      const values = sample.records.flatMap(({ view }) => (view.value === undefined ? [] : [view.value]))
      expect([...driveJson(format, values).accounted.values()]).toEqual(values.map(() => 1))
    }
    expect(sampled).toBeGreaterThan(0)
  })
})
