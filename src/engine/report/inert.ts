/**
 * Text from evidence and notes as a report prints it: controls and direction marks drawn as `[U+202E]`, addresses and
 * domains defanged (`hxxp`, `[.]`), so that no reader turns them into a link. Both printed forms go through here;
 * the JSON twin keeps the true text.
 */

/** A line break survives as a line break when `lines` is set (notes, raw records), else it is drawn like the others. */
export interface InertOptions {
  readonly lines?: boolean
}

export function inert(text: string, options: InertOptions = {}): string {
  return defang(visible(text, options))
}

const pictographic = /\p{Extended_Pictographic}/u
const hidden = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\p{Cn}\p{Default_Ignorable_Code_Point}\u2800]/u

/** Every code point that would not be seen becomes a mark that names it. */
export function visible(text: string, options: InertOptions = {}): string {
  const source = options.lines ? text.replaceAll('\r\n', '\n').replaceAll('\t', '    ') : text
  if (!hidden.test(source)) return source
  const points = [...source]
  return points
    .map((point, index) => {
      if (!hidden.test(point)) return point
      if (point === '\n' && options.lines) return point
      // Emoji are one sign from several code points: a joiner or a presentation mark inside them hides nothing.
      if (point === '\ufe0f' && isPictographic(points[index - 1])) return point
      if (point === '\u200d' && joins(points, index)) return point
      return mark(point)
    })
    .join('')
}

function joins(points: readonly string[], index: number): boolean {
  const before = points[index - 1] === '\ufe0f' ? points[index - 2] : points[index - 1]
  return isPictographic(before) && isPictographic(points[index + 1])
}

function isPictographic(point: string | undefined): boolean {
  return point !== undefined && point > '\u00ff' && pictographic.test(point)
}

/** `[U+000A]`: the mark of one code point. */
export function mark(point: string): string {
  const code = point.codePointAt(0) ?? 0
  return `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`
}

const scheme = /\b([a-z][a-z0-9+.-]{1,20}):\/\//gi
const ipv4 = /(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?!\w|\.\d)/g
// One run of name signs, always taken whole: a pattern that looked for the dots itself would try every start again.
const nameRun = /[\p{L}\p{N}_.-]+/gu

/** Endings that are domains wherever they stand; `user.name` or `t.id` in a statement are not meant by these. */
const wideEndings = new Set(
  `com net org edu gov mil int arpa io dev app cloud info biz xyz top online site shop club live store tech page link
  click icu vip work world today agency email zone local internal lan corp home test example invalid localhost onion
  eu ru cn de uk fr nl jp br au ca ch se no fi dk es pt pl cz at be kr tw hk sg us mx ar cl tr ua ir il za ng ke eg
  vn th my ph nz gr hu ro bg sk lt lv ee ie lu su kz by cc ws tk ml ga cf gq pw`.split(/\s+/),
)

/** Two-letter endings that are no country. */
const fileEndings = new Set(['gz', 'xz', 'bz', 'js', 'ts', 'go', 'db', 'cs', 'kt', 'hs', 'vb'])

/**
 * `http://a.example.com` becomes `hxxp://a[.]example[.]com`, `10.1.2.3` becomes `10[.]1[.]2[.]3`. A dotted name counts
 * as a domain by its last label; a two-letter ending that is not in the list above needs three labels or an `@`.
 */
export function defang(text: string): string {
  return text
    .replace(scheme, (_, name: string) => fanglessScheme(name))
    .replace(ipv4, (address) => address.replaceAll('.', '[.]'))
    .replace(nameRun, (run, at: number, whole: string) => {
      if (!run.includes('.')) return run
      const before = whole.slice(Math.max(0, at - 2), at)
      return run
        .split(/(\.{2,})/)
        .map((name, index) => (index % 2 === 0 && isDomain(trimmed(name), before) ? name.replaceAll('.', '[.]') : name))
        .join('')
    })
}

/** Without the full stop or dash that ends a sentence or begins a list. */
function trimmed(name: string): string {
  let start = 0
  let end = name.length
  while (start < end && '.-'.includes(name.charAt(start))) start++
  while (end > start && '.-'.includes(name.charAt(end - 1))) end--
  return name.slice(start, end)
}

function fanglessScheme(name: string): string {
  const lower = name.toLowerCase()
  if (lower.startsWith('http')) return `hxxp${lower.slice(4)}://`
  if (lower.startsWith('hxxp') || lower.startsWith('fxp')) return `${name}://`
  if (lower.startsWith('ftp')) return `fxp${lower.slice(3)}://`
  return `${name}[:]//`
}

function isDomain(name: string, before: string): boolean {
  if (!name.includes('.')) return false
  if (before.endsWith('@') || before === '//') return true
  const labels = name.toLowerCase().split('.')
  const last = labels.at(-1) ?? ''
  if (/\d$/.test(last) || last.includes('_')) return false
  if (last.startsWith('xn--') || wideEndings.has(last) || labels[0] === 'www') return true
  return last.length === 2 && labels.length >= 3 && !fileEndings.has(last)
}
