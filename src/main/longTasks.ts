/** Which long tasks run now, so that closing the window can ask first. */
import { type Handlers, isMethodName, methods } from '../contract'

const titles: Readonly<Record<string, string>> = {
  'import.start': 'An import',
  'import.zones': 'A look into files',
  'report.create': 'A report',
  'links.compute': 'Linking',
  'case.verify': 'A verification',
  'case.rebuild': 'A rebuild',
  'case.openSample': 'Opening the sample',
}

export interface LongTasks {
  readonly handlers: Handlers
  /** A name for people, or undefined where nothing long runs. */
  running(): string | undefined
}

/** The same handlers; those whose method reports progress are counted while they run. */
export function trackLongTasks(handlers: Handlers): LongTasks {
  const running = new Map<symbol, string>()
  const tracked = Object.entries(handlers).map(([name, handler]) => {
    if (!isMethodName(name) || methods[name].progress === undefined) return [name, handler]
    const call: (...args: Parameters<typeof handler>) => Promise<unknown> = async (...args) => {
      const key = Symbol(name)
      running.set(key, titles[name] ?? 'Something')
      try {
        // One handler's own parameters, passed on as they came.
        return await (handler as (...passed: unknown[]) => Promise<unknown>)(...args)
      } finally {
        running.delete(key)
      }
    }
    return [name, call]
  })
  return {
    // The keys and shapes are those of `handlers`.
    handlers: Object.fromEntries(tracked) as unknown as Handlers,
    running: () => running.values().next().value,
  }
}
