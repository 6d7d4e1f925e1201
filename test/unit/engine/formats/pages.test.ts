import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { formats } from '../../../../src/engine/formats/registry'

const root = new URL('../../../../', import.meta.url)
const pages = readdirSync(new URL('docs/formats', root)).sort()

describe('what is said of formats', () => {
  it('has one page for each format that is read, and no page of any other', () => {
    expect(pages).toEqual([...formats.map(({ id }) => `${id}.md`)].sort())
  })

  it('names the id of the format in the title of its page', () => {
    for (const { id } of formats) {
      const [title] = readFileSync(new URL(`docs/formats/${id}.md`, root), 'utf8').split('\n')
      expect(title).toContain(`\`${id}\``)
    }
  })

  it('lists every page in the table of the readme', () => {
    const readme = readFileSync(new URL('README.md', root), 'utf8')
    const listed = [...readme.matchAll(/^\| .+ \| \[docs\/formats\/([a-z0-9-]+\.md)\]/gm)].map(([, page]) => page)
    expect(listed.sort()).toEqual(pages)
  })

  it('says in the list of formats what wraps each of them', () => {
    expect(formats.filter(({ containers }) => containers.length === 0)).toEqual([])
  })
})
