/** Bytes in rows of sixteen: offset, hexadecimal, and the printable ASCII among them. */
export interface HexRow {
  readonly offset: number
  /** Two digits a byte. */
  readonly hex: readonly string[]
  /** A dot for every byte that is no printable ASCII. */
  readonly ascii: string
}

export const hexRowBytes = 16
const offsetDigits = 8

export function hexRows(bytes: Uint8Array, offset: number): HexRow[] {
  const rows: HexRow[] = []
  for (let at = 0; at < bytes.length; at += hexRowBytes) {
    const part = [...bytes.subarray(at, at + hexRowBytes)]
    rows.push({
      offset: offset + at,
      hex: part.map((byte) => byte.toString(16).padStart(2, '0')),
      ascii: part.map((byte) => (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.')).join(''),
    })
  }
  return rows
}

/** As `xxd` and `hexdump -C` write it. */
export function hexLine({ offset, hex, ascii }: HexRow): string {
  const digits = hex.map((pair, at) => (at === hexRowBytes / 2 ? ` ${pair}` : pair)).join(' ')
  return `${hexOffset(offset)}  ${digits.padEnd(hexRowBytes * 3)}  |${ascii}|`
}

export const hexOffset = (offset: number): string => offset.toString(16).padStart(offsetDigits, '0')
