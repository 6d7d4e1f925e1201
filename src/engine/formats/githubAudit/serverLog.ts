import type { JsonObject } from '../../../common/json'
import { objectIn } from '../shared/embeddedJson'
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
    const audit = filled.filter((line) => entryIn(line) !== undefined).length
    const share = filled.length === 0 ? 0 : audit / filled.length
    return share < 0.05 ? 0 : 0.55 + 0.4 * share
  },
  begins: () => (line) => line.trim() !== '',
  open(options) {
    return {
      record(text, at) {
        const entry = entryIn(text)
        if (entry !== undefined) options.sink.emit(at, [emitted(entry, options, 'whole')])
        else if (tag.test(text.slice(0, 400))) options.sink.reject(at, 'A line of the audit log without a whole entry.')
        else options.sink.skip(at, 'A line of another log of the server.')
      },
      end() {},
    }
  },
}

function entryIn(line: string): JsonObject | undefined {
  const head = line.slice(0, 400)
  const found = tag.exec(head)
  if (found === null) return undefined
  const brace = line.indexOf('{', found.index)
  if (brace < 0) return undefined
  const entry = objectIn(line.slice(brace).trimEnd())
  return isEntry(entry) ? entry : undefined
}
