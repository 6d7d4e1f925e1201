import { objectIn } from '../shared/embeddedJson'
import { withExactIntegers } from '../spans/exact'
import type { TextReader } from '../types'
import { emitted } from './emit'
import { isEntry } from './recognise'

const tag = /\bgithub[_-]audit\b/

/**
 * Log lines of a server: the audit log as it stands on its disk, or as it is forwarded together with the server's other
 * logs. In front of the entry stands a syslog header, which repeats less exactly what the entry says.
 */
export const textReader: TextReader = {
  match(lines) {
    const filled = lines.filter((line) => line.trim() !== '')
    const audit = filled.filter((line) => isEntry(objectIn(jsonIn(line)))).length
    const share = filled.length === 0 ? 0 : audit / filled.length
    return share < 0.05 ? 0 : 0.55 + 0.4 * share
  },
  begins: () => (line) => line.trim() !== '',
  open(options) {
    return {
      record(text, at) {
        const json = jsonIn(text)
        const inner = { ...at, raw: () => json ?? text }
        const whole = withExactIntegers(objectIn(json) ?? null, inner)
        if (isEntry(whole)) options.sink.emit(inner, [emitted(whole, options, 'whole')])
        else if (tag.test(text.slice(0, 400))) options.sink.reject(at, 'A line of the audit log without a whole entry.')
        else options.sink.skip(at, 'A line of another log of the server.')
      },
      end() {},
    }
  },
}

/** The entry's own text behind the header: what `raw` shows, and what makes it the same as the entry elsewhere. */
function jsonIn(line: string): string | undefined {
  const found = tag.exec(line.slice(0, 400))
  const brace = found === null ? -1 : line.indexOf('{', found.index)
  return brace < 0 ? undefined : line.slice(brace).trimEnd()
}
