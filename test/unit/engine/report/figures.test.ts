import { describe, expect, it } from 'vitest'
import type { Result } from '../../../../src/contract'
import { checked, graphFigure, timelineFigure } from '../../../../src/engine/report/figures'

const lanes: Result<'timeline.lanes'> = {
  startUs: 1_767_323_045_000_000,
  widthUs: 1_000_000,
  buckets: 60,
  lanes: [
    { kind: 'events', key: 'aws \u202ehttp://evil.example.com', total: 4, cells: [[0, 'success', 4]] },
    { kind: 'spans', key: 'gateway', total: 1, cells: [[0, 'ok', 1]] },
  ],
  folded: 0,
}

describe('figures of a report', () => {
  it('give the drawing inert labels and say in words what it shows', () => {
    const figure = timelineFigure(
      lanes,
      (data) => `<svg xmlns="http://www.w3.org/2000/svg"><text>${data.lanes[0]?.key}</text></svg>`,
    )
    expect(figure?.svg).toContain('aws [U+202E]hxxp://evil[.]example[.]com')
    expect(figure?.alt).toBe('Timeline. aws [U+202E]hxxp://evil[.]example[.]com: 4 events; gateway: 1 span.')
    expect(figure?.caption).toContain('4 events and 1 span from 2026-01-02T03:04:05Z to 2026-01-02T03:05:05Z')
  })

  it('are left out where there is nothing to draw', () => {
    const never = () => {
      throw new Error('must not be drawn')
    }
    expect(timelineFigure({ ...lanes, lanes: [] }, never)).toBeNull()
    expect(graphFigure({ nodes: [], edges: [], truncated: false }, never)).toBeNull()
  })

  it('say when the graph is cut and that denied steps are marked', () => {
    const figure = graphFigure(
      {
        nodes: [
          { id: 'actor:a', kind: 'actor', label: 'x'.repeat(100), count: 1 },
          { id: 'service:s3', kind: 'service', label: 's3', count: 1 },
        ],
        edges: [{ source: 'actor:a', target: 'service:s3', count: 1, denied: 1, firstTs: '', lastTs: '' }],
        truncated: true,
      },
      (data) => `<svg xmlns="http://www.w3.org/2000/svg"><text>${data.nodes[0]?.label}</text></svg>`,
    )
    expect(figure?.caption).toBe(
      'Who reached what: 1 actor, 1 service. Steps that were denied are marked; the smallest nodes are drawn together.',
    )
    expect(figure?.svg).toContain(`>${'x'.repeat(60)}…<`)
  })

  it.each([
    '<svg><script>1</script></svg>',
    '<svg onload="x()"/>',
    '<svg><image href="http://a/b.png"/></svg>',
    '<svg><a href="javascript:x"><text>t</text></a></svg>',
    '<svg><use href="other.svg#x"/></svg>',
    '<svg><rect fill="url(http://a/b)"/></svg>',
    '<svg><foreignObject/></svg>',
    '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg/>',
  ])('are refused when they can do more than be looked at: %s', (svg) => {
    expect(() => checked(svg)).toThrowError(expect.objectContaining({ code: 'report.failed' }))
  })

  it('may use their own parts, and any words as text', () => {
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" aria-label="url(x) onload=1"><use href="#a"/><rect fill="url(#p)"/><text>onload= url(x) &lt;script&gt;</text></svg>'
    expect(checked(svg)).toBe(svg)
  })
})
