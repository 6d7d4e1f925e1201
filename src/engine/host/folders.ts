/** Where a person's cases list, settings and log are kept, by the customs of each system. */
import { isAbsolute, join } from 'node:path'

export interface FolderFacts {
  readonly platform: string
  readonly homeFolder: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** `CROSSTRAIL_DATA` overrides; relative values of XDG variables are ignored, as their specification asks. */
export function defaultDataFolder({ platform, homeFolder, env }: FolderFacts): string {
  const own = env.CROSSTRAIL_DATA
  if (own !== undefined && own !== '') return own
  if (platform === 'darwin') return join(homeFolder, 'Library', 'Application Support', 'crosstrail')
  if (platform === 'win32') return join(env.APPDATA ?? join(homeFolder, 'AppData', 'Roaming'), 'crosstrail')
  const base = env.XDG_DATA_HOME
  return join(base !== undefined && isAbsolute(base) ? base : join(homeFolder, '.local', 'share'), 'crosstrail')
}
