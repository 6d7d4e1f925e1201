import { z } from 'zod'
import manifest from '../../package.json?raw'

export const version: string = z.object({ version: z.string() }).parse(JSON.parse(manifest)).version

/** As it stands in journals and case files. */
export const toolVersion = `crosstrail/${version}`
