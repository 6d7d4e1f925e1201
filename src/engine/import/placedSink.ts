/** A sink whose records stand in a text that was decoded: it turns their places into those of the member's own bytes. */
import type { RecordAt } from '../formats/types'
import type { MemberSink } from './recordSink'
import type { Places } from './utf'

export function placedSink(sink: MemberSink, places: Places): MemberSink {
  const place = <T extends { readonly offset: number; readonly length: number }>(at: T): T => {
    const offset = places.source(at.offset)
    return { ...at, offset, length: places.source(at.offset + at.length) - offset }
  }
  return {
    nextRecordNo: () => sink.nextRecordNo(),
    emit: (at: RecordAt, rows) => sink.emit(place(at), rows),
    skip: (at, reason) => sink.skip(place(at), reason),
    reject: (at, reason) => sink.reject(place(at), reason),
    foreign: (fault) => sink.foreign(place(fault)),
    end: () => sink.end(),
    get accounted() {
      return sink.accounted
    },
  }
}
