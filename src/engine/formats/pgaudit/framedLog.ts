/**
 * Server logs of which each physical line has a frame of another program: syslog (with the server's `[3-2]`, sequence
 * and part) or a container runtime (`<time> stderr F `). Long and broken entries come as several framed lines, and
 * those of several processes may alternate.
 */
import { parseInstant } from '../../../common/time'
import { syslogLine } from '../shared/syslog'
import type { TextReader } from '../types'
import { PlainAssembler, processKey } from './assembler'
import { followUps } from './entry'
import { type EnvelopeFacts, plainEntry } from './plainLine'
import { matchFirst, rankTemplates, type TemplateSet } from './templates'

interface FramedLine {
  readonly line: string
  readonly facts: EnvelopeFacts
  /** The process that goes on, where the frame states one. */
  readonly key: string | undefined
  /** This line goes on with the one before: after a line break or in the middle of a line. */
  readonly goesOn: '\n' | '' | undefined
  /** The frame does not say that another program wrote the line. */
  readonly ours: boolean
  /** Only a prefix with a time shows that the server wrote the line: the frame does not name the program. */
  readonly timed: boolean
}

export function framedLog(set: TemplateSet): TextReader {
  const explains = ({ ours, timed, line }: FramedLine) =>
    ours && matchFirst(timed ? set.line : set.payload, line) !== undefined
  return {
    match(lines) {
      const unframe = unframer()
      const written = lines.filter((line) => line.trim() !== '')
      const framed = written.flatMap((line) => unframe(line) ?? [])
      const explained = framed.filter(explains).length
      if (explained === 0) return 0
      const goingOn = framed.filter((line) => line.ours && line.goesOn !== undefined && !explains(line)).length
      return Math.max(0.5, 0.95 * ((explained + goingOn) / written.length))
    },
    begins() {
      return (line) => line.trim() !== ''
    },
    open(options, sample) {
      const unframe = unframer()
      const lines = sample.flatMap((line) => unframer()(line)?.line ?? [])
      const templates = rankTemplates(set.payload, lines, set.given)
      const assembler = new PlainAssembler(options.sink)
      return {
        record(text, at) {
          const framed = unframe(text)
          if (framed === undefined) {
            options.sink.reject(at, 'The line has no header of syslog or of a container runtime, as those before have.')
            return
          }
          const entry = framed.ours ? plainEntry(templates, framed.line, at, options, framed.facts) : undefined
          // Inside an entry only its own DETAIL, STATEMENT, … begin anew; other words are text.
          const begun = entry !== undefined && (framed.goesOn === undefined || followUps.has(entry.severity))
          if (begun) assembler.entry(entry)
          else if (!framed.ours) options.sink.skip(at, 'A line of another program.')
          else if (framed.goesOn === undefined || !assembler.continue(framed.line, at, framed.goesOn, framed.key))
            options.sink.reject(at, 'The line has no log_line_prefix that is known, or no severity.')
        },
        end: () => assembler.end(),
      }
    },
  }
}

/** Takes the frame off. Remembers whether a container runtime cut the line before. */
function unframer(): (line: string) => FramedLine | undefined {
  let cut = false
  return (line) => {
    const runtime = runtimeLine(line)
    if (runtime === undefined) return fromSyslog(line)
    const goesOn = cut ? '' : /^\t/.test(runtime.line) ? '\n' : undefined
    cut = runtime.partial
    const text = goesOn === '\n' ? runtime.line.slice(1) : runtime.line
    return { line: text, facts: { seen: runtime.seen }, key: undefined, goesOn, ours: true, timed: true }
  }
}

function runtimeLine(line: string) {
  const match =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) (?:stdout|stderr) ([FP])(?::\S{0,40})? /.exec(
      line.slice(0, 120),
    )
  if (match === null) return undefined
  return { line: line.slice(match[0].length), partial: match[2] === 'P', seen: parseInstant(match[1] ?? '') }
}

const server = /^(?:postgres|postgresql|pgsql|pg)(?:[-@_.]?\d[\w.@-]{0,60})?$/i

/** Part 1 of an entry has the prefix. A part after a line break begins with the server's tab, escaped by some daemons. */
function fromSyslog(line: string): FramedLine | undefined {
  const syslog = syslogLine(line)
  if (syslog === undefined) return undefined
  // The blank at which a long line was cut is the first of the next part, behind the one that ends the number.
  const part = /^\[\d{1,10}-(\d{1,6})\] ?/.exec(syslog.message)
  const body = part === null ? syslog.message : syslog.message.slice(part[0].length)
  const broken = /^(?:\t|#011)/.exec(body)
  return {
    line: broken === null ? body : body.slice(broken[0].length),
    timed: false,
    facts: {
      cluster: syslog.host,
      server: syslog.host,
      pid: syslog.pid,
      seen: syslog.time === undefined ? undefined : parseInstant(syslog.time),
    },
    key: syslog.pid === undefined ? undefined : processKey(syslog.host, syslog.pid),
    goesOn: broken !== null ? '\n' : Number(part?.[1] ?? 1) > 1 ? '' : undefined,
    ours: part !== null || server.test(syslog.program),
  }
}
