import Bowser from 'bowser'
import { memo } from './memo'

/** Names of the library that are longer than what people say. */
const shortNames: Readonly<Record<string, string | undefined>> = {
  'Microsoft Edge': 'Edge',
  'Samsung Internet for Android': 'Samsung Internet',
}

/** What every browser says of itself besides its name. */
const common = new Set(['mozilla', 'applewebkit', 'webkit', 'gecko', 'khtml', 'version', 'mobile', 'safari'])

/** Products that stand behind another first token. */
const inside: readonly (readonly [RegExp, string])[] = [
  [/\bTerraform\//, 'Terraform'],
  [/\bPulumi\//i, 'Pulumi'],
  [/\bansible\b/i, 'Ansible'],
  // A browser that nobody looks at; the library calls it Chrome.
  [/\bHeadlessChrome\//, 'Headless Chrome'],
]

const MAX_LENGTH = 2_000
const MAX_FAMILY = 80

/**
 * Product name without version: the browser for browsers, known tools that hide behind an SDK, else the text before
 * the first version. `[S3Console/0.4, aws-sdk-java/1.12]` gives `S3Console`; a trailing UUID is a version too.
 */
export function uaFamily(userAgent: string | undefined): string | undefined {
  return userAgent === undefined ? undefined : familyOf(userAgent)
}

const familyOf = memo((userAgent): string | undefined => {
  const text = userAgent.slice(0, MAX_LENGTH).trim().replace(/^\[+/, '').replace(/\]+$/, '').trim()
  if (text === '') return undefined
  for (const [token, name] of inside) if (token.test(text)) return name
  if (text.startsWith('Mozilla/') || text.startsWith('Opera/')) {
    const bot = /\b([A-Za-z][A-Za-z0-9_-]*[Bb]ot)\b/.exec(text)
    if (bot?.[1] !== undefined) return bot[1]
    return browserOf(text)
  }
  const product = (text.split(/[/,(;]/, 1)[0] ?? text)
    .trim()
    .replace(/[_-][0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, '')
    .replace(/[ _-]v?\d+(?:\.\d+)*$/, '')
  return (product === '' ? text : product).slice(0, MAX_FAMILY)
})

/** `Mozilla/5.0 (…) WindowsPowerShell/5.1` is no browser: where the library knows none, the last product is named. */
function browserOf(text: string): string {
  const name = Bowser.getParser(text).getBrowserName()
  if (name !== '' && name !== 'Mozilla') return shortNames[name] ?? name.slice(0, MAX_FAMILY)
  const products = [...text.matchAll(/(?:^|[\s;(])([A-Za-z][\w.-]{0,60})\/[\w]/g)].map(([, product = '']) => product)
  return products.findLast((product) => !common.has(product.toLowerCase())) ?? 'Mozilla'
}
