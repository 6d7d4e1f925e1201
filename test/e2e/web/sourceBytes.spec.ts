import { readFile } from 'node:fs/promises'
import AxeBuilder from '@axe-core/playwright'
import { expect, test } from '../support/webHost'
import { dropFiles, enter, settled, showView } from '../support/window'

const call = (n: number) =>
  JSON.stringify({
    eventVersion: '1.08',
    eventTime: '2026-01-02T03:04:05Z',
    eventSource: 's3.amazonaws.com',
    eventName: 'GetObject',
    awsRegion: 'eu-central-1',
    sourceIPAddress: '192.0.2.7',
    userAgent: 'ünï ☂',
    eventID: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
    requestID: `R${n}`,
    eventType: 'AwsApiCall',
    recipientAccountId: '111122223333',
    userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/alice', userName: 'alice' },
  })

/** Broken lines between good records; some of them would like to be something else. */
const broken = (n: number) =>
  n % 3 === 0
    ? `=cmd|' /C calc'!A0 ${n}`
    : n % 3 === 1
      ? `{"cut": "\u202e\u0007${n}`
      : `<img src=x onerror=alert(${n})>`
const lines = Array.from({ length: 600 }, (_, n) => `${n % 15 === 0 ? `${call(n)}\n` : ''}${broken(n)}`)
const good = Array.from({ length: 9 }, (_, n) => call(10_000 + n)).join('\n')
const text = `${good}\n${lines.join('\n')}\n`

test.use({ hostArgs: ['package.json'] })

test('rejects are listed, shown in their bytes and taken away', async ({ page, host, observed }) => {
  test.setTimeout(60_000)
  await enter(page, host)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await dropFiles(page, [{ name: 'calls.jsonl', text }])
  await showView(page, 'Evidence')
  await settled(page)
  await page.getByRole('button', { name: 'Details of calls.jsonl' }).press('Enter')
  const list = page.getByRole('region', { name: 'Rejects' })
  await expect(page.getByText('600 rejects')).toBeVisible()
  await expect(list.getByRole('row')).not.toHaveCount(601)

  await list.focus()
  await page.keyboard.press('End')
  await expect(list.getByRole('button', { name: 'Show the bytes of reject 600', exact: true })).toBeVisible()
  await list.getByRole('button', { name: 'Show the bytes of reject 600', exact: true }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Bytes of a reject' })
  await expect(dialog.locator('mark')).toHaveText('<img src=x onerror=alert(599)>')
  await expect(dialog).toContainText('hash checked')
  await dialog.getByRole('button', { name: 'Hex' }).click()
  await expect(dialog.locator('mark').first()).toContainText('3c')
  await dialog.getByRole('button', { name: 'Before' }).click()
  await expect(dialog.locator('mark')).toHaveCount(0)
  await dialog.getByRole('textbox', { name: 'Go to byte' }).fill('0')
  await page.keyboard.press('Enter')
  await expect(dialog.getByLabel('Bytes in hexadecimal')).toContainText('00000000  7b 22 65 76')
  await dialog.getByRole('button', { name: 'To the record' }).click()
  await dialog.getByRole('button', { name: 'Text' }).click()
  await expect(dialog.locator('mark')).toHaveCount(1)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await settled(page)
    const { violations } = await new AxeBuilder({ page }).include('.ct-bytes').analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  }
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)

  await list.focus()
  await page.keyboard.press('Home')
  await list.getByRole('button', { name: 'Show the bytes of reject 2', exact: true }).click()
  await expect(dialog.locator('mark')).toContainText('[U+202E][U+0007]')
  await dialog.getByRole('button', { name: 'Close' }).click()

  const [csv] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'CSV', exact: true }).click(),
  ])
  const rows = (await readFile(await csv.path(), 'utf8')).trimEnd().split('\r\n')
  expect(rows).toHaveLength(601)
  expect(rows[0]).toBe('"file","sha256","member","line","offset","length","reason"')
  expect(rows.filter((row) => /(^|,)"[=+\-@]/.test(row))).toEqual([])
  const [json] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'JSON', exact: true }).click(),
  ])
  expect(JSON.parse(await readFile(await json.path(), 'utf8'))).toHaveLength(600)
  expect(observed.consoleErrors).toEqual([])
  expect(observed.policyViolations).toEqual([])
})

test('an event shows its source bytes, marked where it stands', async ({ page, host, observed }) => {
  test.setTimeout(60_000)
  await enter(page, host)
  await dropFiles(page, [{ name: 'calls.jsonl', text }])
  await showView(page, 'Events')
  await page.getByRole('row').filter({ hasText: 'GetObject' }).nth(3).click()
  const inspector = page.getByRole('tabpanel', { name: 'Inspector' })
  await inspector.getByRole('button', { name: 'Show source bytes' }).click()
  const mark = inspector.locator('mark')
  await expect(mark).toContainText('"userAgent":"ünï ☂"')
  expect(text.split('\n')).toContain(await mark.textContent())
  const { violations } = await new AxeBuilder({ page }).include('.ct-bytes').analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  expect(observed.consoleErrors).toEqual([])
})
