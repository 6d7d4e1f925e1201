import { resolve } from 'node:path'
import { asIoError, writeFileAtomic } from '../engine/io'

/** Errors: `not-found`, `io.*`. */
export async function writePicture(path: string, svg: string): Promise<void> {
  await writeFileAtomic(resolve(path), svg).catch((error: unknown) => {
    throw asIoError(error, 'The picture cannot be written there.')
  })
}
