/** Finds the dialect of a line. */
import { syslogLine } from '../../shared/syslog'
import type { HttpRequest } from '../request'
import { commonLine } from './common'
import type { LineDialect, LineOptions } from './dialect'
import { envoyLine } from './envoy'
import { applicationLine, classicLine } from './loadBalancer'
import { s3Line } from './s3'

/** Each refuses by the first characters what is not its own, so their order costs little. */
const dialects: readonly LineDialect[] = [envoyLine, applicationLine, classicLine, s3Line, commonLine]

/** One line of any dialect, with or without a syslog header. No dialect begins as such a header does. */
export function requestOfLine(line: string, options: LineOptions): HttpRequest | undefined {
  const text = syslogLine(line)?.message ?? line
  for (const dialect of dialects) {
    const request = dialect(text, options)
    if (request !== undefined) return request
  }
  return undefined
}
