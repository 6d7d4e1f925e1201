/** Reads access logs line by line: each line is a record, of whichever dialect it is. */
import { anyClock } from '../../../common/time'
import type { TextReader } from '../types'
import { requestOfLine } from './lines'
import { httpRow } from './row'
import { type W3cColumns, w3cColumns, w3cRequest } from './w3c'

export const textReader: TextReader = {
  match(lines) {
    const written = lines.filter((line) => line.trim() !== '')
    if (written.some((line) => w3cColumns(withoutMark(line)) !== undefined)) return 0.96
    const read = written.filter((line) => requestOfLine(line, { wallClock: anyClock }) !== undefined).length
    if (read === 0) return 0
    const share = read / written.length
    // Containers mix other lines in; a few requests in another program's log do not make it an access log.
    return share >= 0.2 ? Math.max(0.5, 0.95 * share) : 0.95 * share
  },
  begins() {
    return (line) => line.trim() !== ''
  },
  open(options) {
    let columns: W3cColumns | undefined
    return {
      record(text, at) {
        const line = withoutMark(text)
        if (line.startsWith('#')) {
          if (line.startsWith('#Fields:')) columns = w3cColumns(line)
          options.sink.skip(at, 'A directive of the log, no request.')
          return
        }
        const request = requestOfLine(line, options) ?? (columns === undefined ? undefined : w3cRequest(columns, line))
        if (request === undefined) options.sink.reject(at, 'The line is no request of a known access log.')
        else if (typeof request === 'string') options.sink.reject(at, request)
        else options.sink.emit(at, [{ table: 'access_event', row: httpRow(request) }])
      },
      end() {},
    }
  },
}

/** The first line may carry a byte order mark. */
function withoutMark(line: string): string {
  return line.startsWith('\uFEFF') ? line.slice(1) : line
}
