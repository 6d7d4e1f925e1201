import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Composition } from '../../../../src/contract/report'
import { keepComposition, keptComposition } from '../../../../src/engine/report/composition'
import { emptyCase, type ReportCase } from '../../../support/reportCase'

describe('kept choices of a report', () => {
  let made: ReportCase
  beforeAll(async () => {
    made = await emptyCase()
  })
  afterAll(() => made.close())
  const records = () => made.session.journal.records()
  const choose = (author: string) =>
    Composition.parse({
      author,
      sections: ['story', 'evidence'],
      language: 'de',
      paper: 'letter',
      timeZone: 'Asia/Tokyo',
    })

  it('has none in a new case', () => {
    expect(keptComposition(records(), '')).toBeNull()
    expect(keptComposition(records(), undefined)).toBeNull()
  })

  it('keeps those of each incident apart, and gives the last ones where none is named', async () => {
    await keepComposition(made.session, '', choose('of the case'))
    await keepComposition(made.session, 'incident-1', choose('of the incident'))
    expect(keptComposition(records(), '')).toMatchObject({ author: 'analyst', options: choose('of the case') })
    expect(keptComposition(records(), 'incident-1')?.options.author).toBe('of the incident')
    expect(keptComposition(records(), 'incident-2')).toBeNull()
    expect(keptComposition(records(), undefined)?.incident).toBe('incident-1')
  })

  it('does not write the same choices twice, and takes the last ones', async () => {
    const before = records().length
    await keepComposition(made.session, '', choose('of the case'))
    expect(records().length).toBe(before)
    await keepComposition(made.session, '', choose('changed'))
    expect(keptComposition(records(), '')?.options.author).toBe('changed')
  })

  it('passes over a record that it cannot understand', async () => {
    await made.session.journal.append('report.compose', { incident: '', options: { paper: 'papyrus' } })
    expect(keptComposition(records(), '')?.options.author).toBe('changed')
  })
})
