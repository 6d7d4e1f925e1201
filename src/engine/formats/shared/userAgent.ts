import { memo } from './memo'

/** Browsers by the token that tells them apart; the order matters, since newer ones carry the tokens of older ones. */
const browsers: readonly (readonly [RegExp, string])[] = [
  [/\b(?:Edg|EdgA|EdgiOS|Edge)\//, 'Edge'],
  [/\b(?:OPR|Opera)\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(?:Firefox|FxiOS)\//, 'Firefox'],
  [/\b(?:HeadlessChrome)\//, 'Headless Chrome'],
  [/\b(?:Chrome|CriOS|Chromium)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
  [/\b(?:MSIE |Trident\/)/, 'Internet Explorer'],
]

/** Products that stand behind another first token. */
const inside: readonly (readonly [RegExp, string])[] = [
  [/\bTerraform\//, 'Terraform'],
  [/\bPulumi\//i, 'Pulumi'],
  [/\bansible\b/i, 'Ansible'],
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
    for (const [token, name] of browsers) if (token.test(text)) return name
    return 'Mozilla'
  }
  const product = (text.split(/[/,(;]/, 1)[0] ?? text)
    .trim()
    .replace(/[_-][0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i, '')
    .replace(/[ _-]v?\d+(?:\.\d+)*$/, '')
  return (product === '' ? text : product).slice(0, MAX_FAMILY)
})
