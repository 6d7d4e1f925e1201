import AxeBuilder from '@axe-core/playwright'
import { mmdbOf } from '../../support/mmdbWriter'
import { expect, test } from '../support/webHost'
import { applyFilter, dropFiles, enter, settled, showView } from '../support/window'

const signIn = (id: number, ipAddress: string) => ({
  uuid: `00000000-0000-0000-0000-00000000000${id}`,
  published: `2026-01-02T03:04:0${id}.000Z`,
  eventType: 'user.session.start',
  version: '0',
  severity: 'INFO',
  displayMessage: 'User login to Okta',
  actor: { id: '00u1', type: 'User', alternateId: 'alice@example.com', displayName: 'alice' },
  client: { ipAddress },
  outcome: { result: 'SUCCESS' },
  target: [],
})
const events = [signIn(1, '10.1.2.3'), signIn(2, '8.8.8.8'), signIn(3, '3.5.140.7')]

const places = {
  name: 'places (city).mmdb',
  mimeType: 'application/octet-stream',
  buffer: mmdbOf([['8.8.8.0/24', { country: { iso_code: 'US' }, city: { names: { en: 'Mountain View' } } }]]),
}
const ranges = {
  name: 'ip-ranges.json',
  mimeType: 'application/json',
  buffer: Buffer.from('{"prefixes":[{"ip_prefix":"3.5.140.0/22","region":"eu-west-1","service":"S3"}]}'),
}

test.use({ hostArgs: ['package.json'] })

test('places and ranges are added from files, and shown with the file that each is from', async ({
  page,
  host,
  observed,
}) => {
  await enter(page, host)
  await page.emulateMedia({ reducedMotion: 'reduce' })
  await dropFiles(page, [{ name: 'okta.json', text: JSON.stringify(events) }])
  await showView(page, 'Evidence')
  await settled(page)
  await page.getByRole('button', { name: 'Add places or ranges…' }).press('Enter')
  const dialog = page.getByRole('dialog', { name: 'Places and ranges' })
  await expect(dialog.getByRole('table', { name: 'Classes of addresses' })).toContainText(/public\s*2\s*2/)
  await expect(dialog).toContainText('No file was given yet.')

  const choose = async (files: (typeof places)[]) => {
    const chooser = page.waitForEvent('filechooser')
    await dialog.getByRole('button', { name: 'Choose files…' }).click()
    await (await chooser).setFiles(files)
  }
  await choose([{ ...places, name: 'cut off.mmdb', buffer: places.buffer.subarray(0, -20) }])
  await expect(dialog.getByRole('alert')).toContainText('“cut off.mmdb”: This MMDB file cannot be used')
  await expect(dialog).toContainText('No file was given yet.')

  await choose([places, ranges])
  await expect(dialog.getByRole('alert')).toHaveCount(0)
  await expect(dialog.getByRole('list', { name: 'Files in use' })).toContainText('places (city).mmdb')
  await expect(dialog.getByRole('list', { name: 'Looked up' })).toContainText('1 of 3 addresses with a country')
  await expect(dialog.getByRole('table', { name: 'Classes of addresses' })).toContainText(/cloud\s*1\s*1/)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    await settled(page)
    const { violations } = await new AxeBuilder({ page }).include('.ct-enrich').analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([])
  }
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)

  await applyFilter(page, 'country:US')
  await showView(page, 'Events')
  await settled(page)
  await page.getByRole('row', { name: /alice/ }).first().click()
  await page.keyboard.press('i')
  const inspector = page.getByRole('tabpanel', { name: 'Inspector' })
  await expect(inspector).toContainText(/ip_class\s*public\s*by the address/)
  await expect(inspector).toContainText(/country\s*US\s*from places \(city\)\.mmdb [0-9a-f]{8}…/)
  await expect(inspector).toContainText(/city\s*Mountain View/)
  await applyFilter(page, 'ip_class:cloud')
  await settled(page)
  await page.getByRole('row', { name: /alice/ }).first().click()
  await expect(inspector).toContainText(/cloud\s*AWS · S3 · eu-west-1\s*from ip-ranges\.json/)
  expect(observed.consoleErrors).toEqual([])
  expect(observed.policyViolations).toEqual([])
})
