export const usage = `npm start [-- PATH…] [--web | --desktop] [--port N] [--no-open] [--sample]

  PATH        case folders or evidence to open; without any, the shipped sample
  --web       the browser, without looking for the application
  --desktop   the application, or fail
  --port N    port of the web host on 127.0.0.1
  --no-open   print the link, open no browser`

/**
 * @typedef {{ paths: string[], web: boolean, desktop: boolean, open: boolean, sample: boolean, port: number }} StartOptions
 */

/**
 * @param {readonly string[]} args
 * @returns {StartOptions | undefined} undefined where the arguments mean nothing
 */
export function parseStartArguments(args) {
  /** @type {StartOptions} */
  const options = { paths: [], web: false, desktop: false, open: true, sample: false, port: 0 }
  const rest = [...args]
  for (let arg = rest.shift(); arg !== undefined; arg = rest.shift()) {
    if (arg === '--web') options.web = true
    else if (arg === '--desktop') options.desktop = true
    else if (arg === '--no-open') options.open = false
    else if (arg === '--sample') options.sample = true
    else if (arg === '--port' || arg.startsWith('--port=')) {
      const text = arg === '--port' ? (rest.shift() ?? '') : arg.slice('--port='.length)
      if (!/^\d{1,5}$/.test(text) || Number(text) > 65_535) return undefined
      options.port = Number(text)
    } else if (arg === '--') options.paths.push(...rest.splice(0))
    else if (arg.startsWith('-')) return undefined
    else options.paths.push(arg)
  }
  if (options.web && options.desktop) return undefined
  if (options.paths.length === 0) options.sample = true
  return options
}
