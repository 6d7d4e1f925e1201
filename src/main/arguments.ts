/** What the command line or the system asks the application to open. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'

export interface OpenRequest {
  readonly cases: readonly string[]
  readonly evidence: readonly string[]
  readonly sample: boolean
}

/**
 * `args` without the executable and the application's own folder. Switches are Chromium's or ours; what is not there
 * is left out, since the system also passes things that mean nothing to us.
 */
export function openRequest(args: readonly string[], workingFolder: string): OpenRequest {
  const paths = args.filter((arg) => !arg.startsWith('-')).map((arg) => resolve(workingFolder, arg))
  const present = paths.filter((path) => existsSync(path))
  return {
    cases: present.filter(isCase),
    evidence: present.filter((path) => !isCase(path)),
    sample: args.includes('--sample'),
  }
}

/** Packaged: `[executable, …]`; otherwise `[electron, application, …]`, with switches in any place. */
export function ownArguments(argv: readonly string[], isPackaged: boolean): readonly string[] {
  const rest = argv.slice(1)
  if (isPackaged) return rest
  const application = rest.findIndex((arg) => !arg.startsWith('-'))
  return rest.filter((_, index) => index !== application)
}

export function isCase(path: string): boolean {
  return existsSync(join(path, 'case.json'))
}
