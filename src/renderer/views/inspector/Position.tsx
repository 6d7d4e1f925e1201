import type { SourcePosition } from '../../../contract/events'
import { Evidence } from '../../text/Evidence'
import { formatCount } from '../../text/numbers'
import { ShortHash } from '../../ui/CopyButton'

/** Where the record stands in the evidence, so that it can be found again in the original. */
export function Position({ position }: { readonly position: SourcePosition }) {
  return (
    <dl className="ct-position">
      <dt>file</dt>
      <dd>
        <Evidence text={position.file} />
      </dd>
      <dt>SHA-256</dt>
      <dd>
        <ShortHash hash={position.sha256} />
      </dd>
      {position.member === null ? null : (
        <>
          <dt>member</dt>
          <dd>
            <Evidence text={position.member} />
          </dd>
        </>
      )}
      <dt>record</dt>
      <dd className="ct-num">
        {formatCount(position.recordNo)}, line {formatCount(position.line)}, byte {formatCount(position.offset)},{' '}
        {formatCount(position.length)} bytes long
      </dd>
    </dl>
  )
}
