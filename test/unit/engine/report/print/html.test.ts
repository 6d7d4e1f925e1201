import { describe, expect, it } from 'vitest'
import type { Block, ReportDocument } from '../../../../../src/contract/reportBlocks'
import { escapeMarkup, renderHtml } from '../../../../../src/engine/report/print/html'

const hostile = '"><img src=x onerror=alert(1)>\u202e</bdi></style><script>alert(1)</script>http://evil.example.com'

function documentOf(blocks: readonly Block[], words = 'Report'): ReportDocument {
  return {
    title: words,
    language: 'en',
    paper: 'a4',
    words: { contents: words, bodyDigest: words, case: words },
    cover: {
      kind: 'Incident report',
      logo: null,
      classification: words,
      facts: [{ label: words, value: words }],
      tiles: [{ label: words, value: words }],
      digest: 'd',
    },
    running: words,
    caseId: words,
    digest: 'd',
    at: '2026-01-02T03:04:05Z',
    sections: [{ id: 'one', title: words, blocks }],
  }
}

const everyBlock: readonly Block[] = [
  { kind: 'heading', text: hostile },
  { kind: 'paragraph', text: hostile },
  { kind: 'tiles', items: [{ label: hostile, value: hostile }] },
  { kind: 'facts', items: [{ label: hostile, value: hostile, mono: true }] },
  {
    kind: 'table',
    columns: [{ title: hostile, align: 'right', width: 1, mono: true }],
    rows: [[hostile]],
    below: [{ code: hostile, words: hostile }],
    note: hostile,
  },
  {
    kind: 'figure',
    id: 'timeline',
    svg: `<svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>`,
    caption: hostile,
    alt: hostile,
  },
  { kind: 'note', author: hostile, time: hostile, text: hostile, tags: [hostile], target: hostile },
  {
    kind: 'event',
    whole: true,
    number: 1,
    time: hostile,
    headline: hostile,
    outcome: hostile,
    tone: 'bad',
    values: [{ label: hostile, value: hostile }],
    notes: [],
    links: [{ level: hostile, title: hostile, detail: hostile, evidence: [hostile] }],
    linksTitle: hostile,
    linksMore: hostile,
    traceTitle: hostile,
    trace: [{ label: hostile, value: hostile }],
  },
  { kind: 'code', text: hostile, note: hostile },
  { kind: 'moment', label: hostile, time: hostile, text: hostile, ties: true },
  { kind: 'facts', items: [{ label: hostile, value: hostile }], dense: true },
  { kind: 'list', items: [hostile] },
  { kind: 'path', stops: [{ label: hostile, time: hostile, title: hostile, text: hostile, tone: 'bad' }] },
]

describe('the HTML form', () => {
  it('shows hostile text of every block as text', () => {
    const html = renderHtml(documentOf(everyBlock, hostile))
    const tags = new Set([...html.matchAll(/<\/?([a-z0-9]+)/g)].map((match) => match[1]))
    expect(
      [...tags].filter((tag) => ['script', 'object', 'iframe', 'svg', 'link', 'form', 'base'].includes(tag ?? '')),
    ).toEqual([])
    expect(html.match(/<img /g)).toHaveLength(1)
    expect(html.match(/<style>/g)).toHaveLength(1)
    expect(html.replace(/="[^"]*"/g, '=""')).not.toMatch(/<[^>]*\son\w+=/)
    expect(html).not.toContain('\u202e')
    expect(html).not.toContain('evil.example.com')
    expect(html).toContain('hxxp://evil[.]example[.]com')
    expect(html).toContain('[U+202E]')
  })

  it('forbids everything but its own style and figures', () => {
    const html = renderHtml(documentOf([]))
    expect(html).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:;`)
    expect(html.match(/(?:href|src)="(?!#|data:)/g)).toBeNull()
    expect(html).not.toMatch(/url\(|@import|https?:/)
  })

  it('embeds a figure as data, where nothing in it runs', () => {
    const html = renderHtml(documentOf(everyBlock))
    const data = /src="data:image\/svg\+xml;base64,([^"]+)"/.exec(html)?.[1] ?? ''
    expect(Buffer.from(data, 'base64').toString('utf8')).toContain('<svg')
  })

  it('keeps the lines of a note', () => {
    const note: Block = { kind: 'note', author: 'a', time: 't', text: 'one\ntwo', tags: [] }
    expect(renderHtml(documentOf([note]))).toContain('one\ntwo')
  })

  it('escapes what ends a text or an attribute', () => {
    expect(escapeMarkup(`<a href="x" title='y'>&`)).toBe('&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;')
  })
})
