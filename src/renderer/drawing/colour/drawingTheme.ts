/**
 * The colours that canvases draw with: read from the CSS variables once per theme change, since reading a computed
 * style on every frame would force layout.
 */
import { outcomes } from '../../../contract/shared'
import { outcomeStyles } from '../../theme/outcomes'
import { paletteIndex } from './stableHash'

export interface DrawingTheme {
  readonly surface: string
  readonly raised: string
  readonly text: string
  readonly dim: string
  readonly line: string
  readonly lineStrong: string
  readonly accent: string
  readonly lit: string
  readonly selected: string
  readonly danger: string
  readonly font: string
  readonly series: readonly string[]
  /** Lightness of generated fills, as OKLCH counts it. */
  readonly seriesLightness: string
  /** Outcomes and span states by name; unknown names get the colour of `unknown`. */
  readonly states: ReadonlyMap<string, string>
}

export const SERIES_COUNT = 12

/** `read` gives the value of a CSS variable; in the window it is `getComputedStyle(root).getPropertyValue`. */
export function readDrawingTheme(read: (variable: string) => string): DrawingTheme {
  const value = (variable: string, fallback: string) => read(variable).trim() || fallback
  const text = value('--ct-text', '#202020')
  const states = new Map<string, string>()
  for (const outcome of outcomes) states.set(outcome, value(outcomeStyles[outcome].cssVar, text))
  const denied = states.get('denied') ?? text
  states.set('error', denied)
  states.set('ok', value('--ct-series-0', text))
  states.set('unset', value('--ct-series-0', text))
  return {
    surface: value('--ct-surface-0', '#ffffff'),
    raised: value('--ct-surface-1', '#f4f4f4'),
    text,
    dim: value('--ct-text-dim', text),
    line: value('--ct-line', '#d0d0d0'),
    lineStrong: value('--ct-line-strong', '#a0a0a0'),
    accent: value('--ct-accent', text),
    lit: value('--ct-lit', text),
    selected: value('--ct-surface-selected', '#dddddd'),
    danger: denied,
    font: value('--ct-font', 'sans-serif'),
    seriesLightness: value('--ct-series-lightness', '0.52'),
    series: Array.from({ length: SERIES_COUNT }, (_, at) => value(`--ct-series-${at}`, text)),
    states,
  }
}

export function stateColour(theme: DrawingTheme, state: string): string {
  return theme.states.get(state) ?? theme.states.get('unknown') ?? theme.dim
}

/** The colour that a service or another name has in every view. */
export function nameColour(theme: DrawingTheme, name: string): string {
  return theme.series[paletteIndex(name, theme.series.length)] ?? theme.dim
}

/** The same as a CSS value, for elements that are not canvases. */
export function nameCssColour(name: string): string {
  return `var(--ct-series-${paletteIndex(name, SERIES_COUNT)})`
}

/** A fill by its place among colours that differ (`colourSlots`). Beyond the palette, hues are a golden angle apart. */
export function slotColour(theme: DrawingTheme, slot: number): string {
  return theme.series[slot] ?? generated(theme.seriesLightness, slot)
}

export function slotCssColour(slot: number): string {
  return slot < SERIES_COUNT ? `var(--ct-series-${slot})` : generated('var(--ct-series-lightness)', slot)
}

function generated(lightness: string, slot: number): string {
  const step = slot - SERIES_COUNT
  const chroma = [0.13, 0.08, 0.17][step % 3] ?? 0.13
  return `oklch(${lightness} ${chroma} ${((step * 137.508 + 15) % 360).toFixed(2)})`
}
