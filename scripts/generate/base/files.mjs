/** Files that are written from beginning to end. Written at once, since the workload waits for nothing else. */
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { dirname, join } from 'node:path'

const bufferChars = 1 << 18

/**
 * @typedef {{ readonly file: string, readonly record: number }} Place records are counted from 0
 *
 * @typedef {object} TextFile
 * @property {(text: string) => void} write
 * @property {() => void} close
 */

/** @param {string} path @returns {TextFile} */
export function textFile(path) {
  mkdirSync(dirname(path), { recursive: true })
  const handle = openSync(path, 'w')
  /** @type {string[]} */
  let pending = []
  let chars = 0
  const flush = () => {
    const bytes = Buffer.from(pending.join(''))
    for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at)
    pending = []
    chars = 0
  }
  return {
    write: (text) => {
      pending.push(text)
      chars += text.length
      if (chars >= bufferChars) flush()
    },
    close: () => {
      flush()
      closeSync(handle)
    },
  }
}

/**
 * Lines in files that follow each other, as a server rotates its log.
 *
 * @param {object} options
 * @param {string} options.root
 * @param {(index: number, timeUs: number) => string} options.name path below the root; asked when a file begins
 * @param {number} options.maxLines
 * @param {(file: string, lines: number) => void} options.closed
 * @returns {{ write: (text: string, timeUs: number) => Place, room: (lines: number) => void, close: () => void }}
 */
export function rotatedLines({ root, name, maxLines, closed }) {
  /** @type {TextFile | undefined} */
  let file
  let path = ''
  let line = 0
  let index = 0
  const close = () => {
    if (file === undefined) return
    file.close()
    closed(path, line)
    file = undefined
  }
  return {
    write: (text, timeUs) => {
      if (file === undefined) {
        path = name(index++, timeUs)
        file = textFile(join(root, path))
        line = 0
      }
      file.write(`${text}\n`)
      line++
      return { file: path, record: line - 1 }
    },
    /** Begins a new file where so many lines do not fit any more. */
    room: (lines) => {
      if (line + lines > maxLines) close()
    },
    close,
  }
}
