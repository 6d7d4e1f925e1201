import { cloudtrail } from './cloudtrail'
import type { Format } from './types'

/** Every format, in the order in which ties are broken. To add one: write its folder, add its line. */
export const formats: readonly Format[] = [cloudtrail]
