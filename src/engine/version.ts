import manifest from '../../package.json?raw'
import { textAt } from '../common/json'

// No schema library here: what only prints the version starts without it.
export const version: string = textAt(JSON.parse(manifest), 'version') ?? 'unknown'

/** As it stands in journals and case files. */
export const toolVersion = `crosstrail/${version}`
