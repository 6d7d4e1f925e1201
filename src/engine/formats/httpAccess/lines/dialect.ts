import type { WallClock } from '../../../../common/time'
import type { HttpRequest } from '../request'

export interface LineOptions {
  readonly wallClock: WallClock
}

/** Reads one line, or gives undefined where the line is not of this dialect. Never throws. */
export type LineDialect = (line: string, options: LineOptions) => HttpRequest | undefined
