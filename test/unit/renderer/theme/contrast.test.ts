import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { outcomes } from '../../../../src/contract/shared'
import { asOutcome, outcomeStyles, shapePath } from '../../../../src/renderer/theme/outcomes'

const css = readFileSync(resolve(import.meta.dirname, '../../../../src/renderer/theme/tokens.css'), 'utf8')

function tokens(selector: string): ReadonlyMap<string, string> {
  const start = css.indexOf(`${selector} {`)
  expect(start).toBeGreaterThanOrEqual(0)
  const block = css.slice(start, css.indexOf('}', start))
  return new Map([...block.matchAll(/(--[\w-]+):\s*(#[0-9a-f]{6})/g)].map((match) => [match[1] ?? '', match[2] ?? '']))
}

/** Relative luminance by WCAG 2.1. */
function luminance(hex: string): number {
  const part = (from: number) => {
    const value = Number.parseInt(hex.slice(from, from + 2), 16) / 255
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

describe.each([
  ['light', ':root'],
  ['dark', ':root[data-theme="dark"]'],
])('the %s theme', (_name, selector) => {
  const theme = tokens(selector)
  const surfaces = ['--ct-surface-0', '--ct-surface-1', '--ct-surface-2', '--ct-surface-selected']
  const inks = ['--ct-text', '--ct-text-dim', ...outcomes.map((outcome) => outcomeStyles[outcome].cssVar)]

  it.each(inks.flatMap((ink) => surfaces.map((surface) => [ink, surface] as const)))(
    'shows %s on %s at 4.5:1 or more',
    (ink, surface) => {
      expect(contrast(theme.get(ink) ?? '', theme.get(surface) ?? '')).toBeGreaterThanOrEqual(4.5)
    },
  )

  it('shows the accent and what lies on it at 4.5:1 or more', () => {
    expect(contrast(theme.get('--ct-accent') ?? '', theme.get('--ct-surface-1') ?? '')).toBeGreaterThanOrEqual(4.5)
    expect(contrast(theme.get('--ct-accent') ?? '', theme.get('--ct-on-accent') ?? '')).toBeGreaterThanOrEqual(4.5)
    expect(contrast(theme.get('--ct-text') ?? '', theme.get('--ct-lit-surface') ?? '')).toBeGreaterThanOrEqual(4.5)
  })
})

describe('outcomes', () => {
  it('differ in shape, letter and word, not only in colour', () => {
    const styles = outcomes.map((outcome) => outcomeStyles[outcome])
    for (const key of ['shape', 'letter', 'label', 'cssVar'] as const) {
      expect(new Set(styles.map((style) => style[key])).size).toBe(outcomes.length)
    }
    expect(new Set(styles.map((style) => shapePath[style.shape])).size).toBe(outcomes.length)
  })

  it('count anything unheard of as unknown', () => {
    for (const value of ['__proto__', 'constructor', '', null, 7, {}]) expect(asOutcome(value)).toBe('unknown')
    expect(asOutcome('denied')).toBe('denied')
  })
})
