/** SVG text for figures that stand alone: everything escaped, no script, no reference to anything outside. */
export type SvgAttributes = Readonly<Record<string, string | number | undefined>>

/** An element as text. `children` are markup from this module, or text that went through `escapeXml`. */
export function element(name: string, attributes: SvgAttributes, children: readonly string[] = []): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${typeof value === 'number' ? round(value) : escapeXml(String(value))}"`)
    .join('')
  return children.length === 0 ? `<${name}${written}/>` : `<${name}${written}>${children.join('')}</${name}>`
}

export function text(content: string, attributes: SvgAttributes): string {
  return element('text', attributes, [escapeXml(content)])
}

/** A whole figure with its title and description for readers who cannot see it. */
export function svgDocument(
  size: { width: number; height: number },
  title: string,
  description: string,
  body: readonly string[],
): string {
  const { width, height } = size
  return `${element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width,
      height,
      viewBox: `0 0 ${round(width)} ${round(height)}`,
      role: 'img',
      'font-family': 'Noto Sans, sans-serif',
      'font-size': 11,
      fill: '#1c2127',
    },
    [
      element('title', {}, [escapeXml(title)]),
      element('desc', {}, [escapeXml(description)]),
      element('rect', { width, height, fill: '#ffffff' }),
      ...body,
    ],
  )}\n`
}

/**
 * Text for XML: the five special characters as entities; characters that XML forbids, lone surrogates, and controls
 * that change the direction of writing as visible marks such as `[U+202E]`.
 */
export function escapeXml(value: string): string {
  let out = ''
  for (const char of value) {
    const code = char.codePointAt(0) ?? 0
    if (char === '&') out += '&amp;'
    else if (char === '<') out += '&lt;'
    else if (char === '>') out += '&gt;'
    else if (char === '"') out += '&quot;'
    else if (char === "'") out += '&#39;'
    else if (isHidden(code)) out += `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`
    else out += char
  }
  return out
}

function isHidden(code: number): boolean {
  return (
    code < 0x20 ||
    (code >= 0x7f && code <= 0x9f) ||
    (code >= 0x200b && code <= 0x200f) ||
    (code >= 0x2028 && code <= 0x202e) ||
    (code >= 0x2060 && code <= 0x206f) ||
    (code >= 0xd800 && code <= 0xdfff) ||
    code === 0xfeff ||
    code === 0xfffe ||
    code === 0xffff ||
    (code >= 0xe0000 && code <= 0xe007f)
  )
}

/** Cuts to `most` characters, the middle left out, since both ends of a key tell more than its middle. */
export function shorten(value: string, most: number): string {
  const chars = [...value]
  if (chars.length <= most) return value
  const head = Math.ceil((most - 1) / 2)
  return `${chars.slice(0, head).join('')}…${chars.slice(chars.length - (most - 1 - head)).join('')}`
}

export function round(value: number): string {
  return String(Math.round(value * 100) / 100)
}

export interface SeriesStyle {
  readonly label: string
  readonly fill: string
  /** Lines drawn over the colour, so that series differ without it: degrees, or none. */
  readonly hatch: number | undefined
}

/** Colours and hatching of outcomes and span states. */
export const seriesStyles: ReadonlyMap<string, SeriesStyle> = new Map([
  ['success', { label: 'success', fill: '#4c90f0', hatch: undefined }],
  ['ok', { label: 'span', fill: '#8f99a8', hatch: undefined }],
  ['denied', { label: 'denied', fill: '#cd4246', hatch: 45 }],
  ['auth_failed', { label: 'authentication failed', fill: '#d9822b', hatch: 135 }],
  ['throttled', { label: 'throttled', fill: '#9d3f9d', hatch: 0 }],
  ['failed', { label: 'failed', fill: '#bf7326', hatch: 90 }],
  ['error', { label: 'span with error', fill: '#8e292c', hatch: 45 }],
  ['interrupted', { label: 'interrupted', fill: '#634dbf', hatch: 20 }],
  ['unknown', { label: 'unknown', fill: '#c5cbd3', hatch: 160 }],
])

export const plainStyle: SeriesStyle = { label: 'other', fill: '#738091', hatch: 70 }

export function styleOf(series: string): SeriesStyle {
  return seriesStyles.get(series) ?? { ...plainStyle, label: series }
}

/** Pattern definitions for the hatched series that a figure uses. */
export function hatchDefs(used: readonly string[]): string {
  const patterns = used.flatMap((series, index) => {
    const { fill, hatch } = styleOf(series)
    if (hatch === undefined) return []
    const size = { width: 5, height: 5 }
    return [
      element(
        'pattern',
        { id: `hatch${index}`, patternUnits: 'userSpaceOnUse', ...size, patternTransform: `rotate(${hatch})` },
        [
          element('rect', { ...size, fill }),
          element('line', { x1: 0, y1: 0, x2: 0, y2: 5, stroke: '#ffffff', 'stroke-width': 1.4 }),
        ],
      ),
    ]
  })
  return element('defs', {}, patterns.length === 0 ? [' '] : patterns)
}

/** The fill of a series in a figure whose `hatchDefs` were given the same list. */
export function fillOf(series: string, used: readonly string[]): string {
  const { fill, hatch } = styleOf(series)
  return hatch === undefined ? fill : `url(#hatch${used.indexOf(series)})`
}
