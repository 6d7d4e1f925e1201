/**
 * What a client showed of a session with `pgaudit.log_client`: notices among the statements and results. It has no times,
 * users or processes, but every audit record; statements and results are no entries and are skipped.
 */
import type { TextReader } from '../types'
import { PlainAssembler } from './assembler'
import { plainEntry } from './plainLine'
import { compilePrefix } from './prefix'

const begin = /^(?:NOTICE|WARNING|INFO|LOG|ERROR|FATAL|DETAIL|HINT|CONTEXT|STATEMENT|DEBUG[1-5]?): {1,2}/
const audited = /^(?:NOTICE|WARNING|INFO|LOG|DEBUG[1-5]?): {1,2}AUDIT: (?:SESSION|OBJECT),\d{1,18},\d{1,18},[A-Z_]+,/
const templates = [compilePrefix('')]

export function clientOutput(): TextReader {
  return {
    match: (lines) => (lines.some((line) => audited.test(line)) ? 0.9 : 0),
    begins() {
      let open = false
      return (line) => {
        // A statement of several lines is quoted within its audit record.
        const begun = audited.test(line)
        const goesOn = open && !begun
        if (goesOn || begun) open = goesOn !== oddQuotes(line)
        return !goesOn && line.trim() !== ''
      }
    },
    open(options) {
      const assembler = new PlainAssembler(options.sink)
      return {
        record(text, at) {
          const entry = begin.test(text) ? plainEntry(templates, text, at, options) : undefined
          if (entry === undefined) options.sink.skip(at, 'Output of a client, no log entry.')
          else assembler.entry(entry)
        },
        end: () => assembler.end(),
      }
    },
  }
}

function oddQuotes(line: string): boolean {
  let odd = false
  for (let at = line.indexOf('"'); at >= 0; at = line.indexOf('"', at + 1)) odd = !odd
  return odd
}
