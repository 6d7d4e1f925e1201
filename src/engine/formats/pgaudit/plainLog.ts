/** Reads the plain server log: a prefix by template, a severity, a message, and lines that continue it. */
import type { TextReader, TextSession } from '../types'
import { PlainAssembler } from './assembler'
import { clientOutput } from './clientOutput'
import { framedLog } from './framedLog'
import { plainEntry } from './plainLine'
import { matchFirst, rankTemplates, type TemplateSet } from './templates'

/** The server's own file, or what syslog, a container runtime or a client made of it. */
export function plainLog(set: TemplateSet): TextReader {
  const plain = serverFile(set)
  const framed = framedLog(set)
  const client = clientOutput()
  const kindOf = (sample: readonly string[]): TextReader =>
    [plain, framed, client].reduce((best, reader) => (reader.match(sample) > best.match(sample) ? reader : best))
  return {
    match: (lines) => kindOf(lines).match(lines),
    begins: (sample) => kindOf(sample).begins(sample),
    open: (options, sample) => kindOf(sample).open(options, sample),
  }
}

function serverFile(set: TemplateSet): TextReader {
  return {
    match(lines) {
      const written = lines.filter((line) => line.trim() !== '' && !/^[\t ]/.test(line))
      const explained = written.filter((line) => matchFirst(set.line, line) !== undefined).length
      if (explained === 0) return 0
      return Math.max(0.5, 0.95 * (explained / written.length))
    },
    begins(sample) {
      const templates = rankTemplates(set.line, sample, set.given)
      return (line) => matchFirst(templates, line) !== undefined
    },
    open(options, sample): TextSession {
      const templates = rankTemplates(set.line, sample, set.given)
      const assembler = new PlainAssembler(options.sink)
      return {
        record(text, at) {
          const entry = plainEntry(templates, text, at, options)
          if (entry === undefined)
            options.sink.reject(at, 'The line has no log_line_prefix that is known, or no severity.')
          else assembler.entry(entry)
        },
        end: () => assembler.end(),
      }
    },
  }
}
